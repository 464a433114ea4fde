import Domain

/// Puts the lines of a page into the order in which they are settled: by partner, program, lever,
/// transaction date and the bytes of the earningId.
///
/// Small keys are sorted, not the lines: a line is wide, and the order is asked for some twenty
/// times a line.
enum LineSorting {
  private struct Key {
    /// Partner, program and lever, none of which is negative here.
    var account: UInt64
    var day: Int32
    var index: Int32
  }

  static func sorted(_ lines: [EarningLine], _ page: EarningPage) -> [EarningLine] {
    var keys = lines.indices.map { index in
      let record = lines[index].record
      return Key(
        account: UInt64(UInt32(bitPattern: record.partner)) << 32
          | UInt64(UInt16(bitPattern: record.program)) << 16
          | UInt64(UInt16(bitPattern: record.lever)),
        day: record.dayNumber, index: Int32(index))
    }
    keys.sort { left, right in
      if left.account != right.account { return left.account < right.account }
      if left.day != right.day { return left.day < right.day }
      return page.idPrecedes(lines[Int(left.index)], lines[Int(right.index)])
    }
    return keys.map { lines[Int($0.index)] }
  }
}
