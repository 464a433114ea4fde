import Domain

/// Some rejected rows that follow each other, as differences from row to row: about ten bytes each.
struct PackedRejections {
  private static let codes = FindingCode.allCases
  private static let numbers = Dictionary(
    uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })

  private var numbers = PackedNumbers()
  private var last = Place()

  /// Where a row stands.
  private struct Place {
    var row = 0
    var line = 0
    var byteOffset = 0
  }

  var bytes: [UInt8] { numbers.bytes }

  mutating func append(_ row: Rejections.Row) {
    numbers.append(row.row - last.row)
    numbers.append(row.line - last.line)
    numbers.append(row.byteOffset - last.byteOffset)
    numbers.append(row.bytes)
    numbers.append(row.faults.count)
    for fault in row.faults {
      numbers.append(PackedRejections.numbers[fault.code] ?? 0)
      numbers.append(fault.field?.rawValue ?? -1)
    }
    last = Place(row: row.row, line: row.line, byteOffset: row.byteOffset)
  }

  /// Begins anew.
  mutating func removeAll() {
    numbers.bytes.removeAll(keepingCapacity: true)
    last = Place()
  }

  /// Goes through the rows.
  struct Reader {
    private let numbers: PackedNumbers
    private var position = 0
    private var last = Place()

    init(_ bytes: [UInt8]) {
      numbers = PackedNumbers(bytes: bytes)
    }

    mutating func next() -> Rejections.Row? {
      guard position < numbers.bytes.count else { return nil }
      last.row += number()
      last.line += number()
      last.byteOffset += number()
      let bytes = number()
      let faults = (0..<number()).map { _ in
        RowFault(row: 0, code: codes[number()], field: EarningField(rawValue: number()))
      }
      return Rejections.Row(
        row: last.row, line: last.line, byteOffset: last.byteOffset, bytes: bytes, faults: faults)
    }

    private mutating func number() -> Int {
      numbers.number(at: &position)
    }
  }
}
