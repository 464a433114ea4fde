import Domain

/// A row of a page that is on a statement, as much of it as puts it into its place: by partner,
/// program, lever, transaction date and the bytes of the earningId.
///
/// Lines are ten times as wide, and made partner by partner when their rows are in order.
struct SettledRow {
  /// Where the record begins in its page.
  let offset: Int
  /// Partner, program and lever, none of which is negative here.
  private let account: UInt64
  private let day: Int32
  private let idBytes: UInt32
  /// On the statement for its amount, or for information.
  let isAccepted: Bool

  init(_ record: EarningRecord, at offset: Int, isAccepted: Bool) {
    self.offset = offset
    self.isAccepted = isAccepted
    account =
      UInt64(UInt32(bitPattern: record.partner)) << 32
      | UInt64(UInt16(bitPattern: record.program)) << 16
      | UInt64(UInt16(bitPattern: record.lever))
    day = record.dayNumber
    idBytes = record.earningIdBytes
  }

  var partner: Int { Int(account >> 32) }

  static func precedes(_ left: SettledRow, _ right: SettledRow, _ page: EarningPage) -> Bool {
    if left.account != right.account { return left.account < right.account }
    if left.day != right.day { return left.day < right.day }
    return page.idPrecedes(left.idRange, right.idRange)
  }

  /// Where the earningId stands in the page: it is the first text behind the record.
  private var idRange: Range<Int> {
    let start = offset + MemoryLayout<EarningRecord>.size
    return start..<(start + Int(idBytes))
  }
}
