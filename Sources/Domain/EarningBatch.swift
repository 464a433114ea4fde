package import ExactMoney

/// A place in a feed.
package struct Place: Hashable, Sendable {
  /// Counts from 1.
  package var line: Int
  /// Counts from 1, in bytes; 0 where it is not known.
  package var column: Int
  /// Counts from 0 in the decompressed feed; nil where it is not known.
  package var byteOffset: Int?

  package init(line: Int, column: Int, byteOffset: Int?) {
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }
}

/// What a reader noticed about one value.
package struct ValueFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// A quote in the wrong place.
  package static let misplacedQuote = ValueFlags(rawValue: 1)
  /// A carriage return without a line feed.
  package static let loneCarriageReturn = ValueFlags(rawValue: 2)
}

/// What is true of one row of a batch.
package struct RowFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The row's shape is wrong: R212, and nothing else can be said of it.
  package static let malformed = RowFlags(rawValue: 1)
  /// An error finding was made.
  package static let rejected = RowFlags(rawValue: 2)
  /// The amount and the currency could be read.
  package static let amountReadable = RowFlags(rawValue: 4)
  package static let hasEarningRate = RowFlags(rawValue: 8)
  package static let hasEarningAmount = RowFlags(rawValue: 16)
  /// A negative row that names the earning it takes back.
  package static let follows = RowFlags(rawValue: 32)
  /// A control character may stand in it; only then are its values looked at one by one.
  package static let suspicious = RowFlags(rawValue: 64)
  /// It is not looked at: another row of the feed is taken again.
  package static let passedOver = RowFlags(rawValue: 128)
}

/// An error of one row: what, and of which field.
package struct RowFault: Hashable, Sendable {
  package var row: Int32
  package var code: FindingCode
  package var field: EarningField?

  package init(row: Int, code: FindingCode, field: EarningField?) {
    self.row = Int32(row)
    self.code = code
    self.field = field
  }
}

/// Some rows of a feed, by column: what moves between the rooms.
///
/// CSV and XML end in the same columns. A reader fills the texts and places, then the decoder
/// fills the typed columns; a batch is reused for the next rows.
package struct EarningBatch: Sendable {
  package static let fieldCount = EarningField.count

  /// Rows of the feed before this batch.
  package var firstRow = 0
  package var count = 0
  /// The text of all rows; every range below points into it.
  package var bytes: [UInt8] = []

  // Places, one per row: of the record's first byte, in XML of its start tag.
  package var lines: [UInt32] = []
  package var columns: [UInt32] = []
  package var byteOffsets: [Int] = []
  /// The record as it came, in `bytes`; empty where the syntax keeps no copy of it.
  package var recordStart: [UInt32] = []
  package var recordEnd: [UInt32] = []

  // Texts, `fieldCount` entries per row.
  package var textStart: [UInt32] = []
  package var textEnd: [UInt32] = []
  package var valueFlags: [ValueFlags] = []
  /// Where the value stands in `bytes` as written, its quote included (CSV only).
  package var rawStart: [UInt32] = []
  /// Where the value stands in the feed (XML only; otherwise empty).
  package var valuePlaces: [Place] = []

  // Typed columns.
  package var flags: [RowFlags] = []
  /// Index of the partner in the registry, -1 if unknown.
  package var partners: [Int32] = []
  /// Index of the plan, -1 if unknown.
  package var programs: [Int32] = []
  package var levers: [Int32] = []
  package var earningTypes: [EarningType] = []
  package var currencies: [Currency] = []
  /// Transaction dates.
  package var days: [Day] = []
  package var amounts: [ExactAmount] = []
  package var earningRates: [ExactRate] = []
  package var earningAmounts: [ExactAmount] = []
  package var quantities: [ExactAmount] = []

  /// The errors found in the batch, for the rejects file.
  package var faults: [RowFault] = []

  // What later rooms find out.
  /// What the row earns before tiers and caps, in its transaction currency, six decimals.
  package var earned: [ExactAmount] = []
  /// The rate that made it.
  package var rates: [ExactRate] = []
  package var reasons: [IneligibilityReasons] = []

  package init() {}

  /// Forgets all rows, keeps the memory.
  package mutating func removeAll(firstRow: Int) {
    self.firstRow = firstRow
    count = 0
    bytes.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    columns.removeAll(keepingCapacity: true)
    byteOffsets.removeAll(keepingCapacity: true)
    recordStart.removeAll(keepingCapacity: true)
    recordEnd.removeAll(keepingCapacity: true)
    textStart.removeAll(keepingCapacity: true)
    textEnd.removeAll(keepingCapacity: true)
    valueFlags.removeAll(keepingCapacity: true)
    rawStart.removeAll(keepingCapacity: true)
    valuePlaces.removeAll(keepingCapacity: true)
    flags.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
  }

  /// Marks rows that are not looked at.
  ///
  /// - Parameter isPassedOver: Told the number of the row in its feed, from 0.
  package mutating func passOver(_ isPassedOver: (Int) -> Bool) {
    for row in 0..<count where isPassedOver(firstRow + row) { flags[row].insert(.passedOver) }
  }

  /// Gives every typed column one entry per row, before they are filled.
  package mutating func makeTypedColumns(currency: Currency) {
    resize(&partners, -1)
    resize(&programs, -1)
    resize(&levers, -1)
    resize(&earningTypes, .rebate)
    resize(&currencies, currency)
    resize(&days, Day(number: 0))
    resize(&amounts, .zero)
    resize(&earningRates, .zero)
    resize(&earningAmounts, .zero)
    resize(&quantities, .zero)
    resize(&earned, .zero)
    resize(&rates, .zero)
    resize(&reasons, [])
  }

  private func resize<Value>(_ column: inout [Value], _ value: Value) {
    column.removeAll(keepingCapacity: true)
    column.append(contentsOf: repeatElement(value, count: count))
  }

  /// Where a value's text stands in ``bytes``.
  @inline(__always)
  package func range(_ row: Int, _ field: EarningField) -> Range<Int> {
    let entry = row &* EarningBatch.fieldCount &+ field.rawValue
    return Int(textStart[entry])..<Int(textEnd[entry])
  }

  @inline(__always)
  package func isEmpty(_ row: Int, _ field: EarningField) -> Bool {
    let entry = row &* EarningBatch.fieldCount &+ field.rawValue
    return textStart[entry] == textEnd[entry]
  }

  /// A value as a string: for findings and rare rows only.
  package func text(_ row: Int, _ field: EarningField) -> String {
    String(decoding: bytes[range(row, field)], as: UTF8.self)
  }

  /// The record's own place.
  package func place(_ row: Int) -> Place {
    Place(line: Int(lines[row]), column: Int(columns[row]), byteOffset: byteOffsets[row])
  }

  /// The place of a value; that of the record where the value is missing.
  package func place(_ row: Int, _ field: EarningField) -> Place {
    let entry = row * EarningBatch.fieldCount + field.rawValue
    guard !isEmpty(row, field) else { return place(row) }
    if !valuePlaces.isEmpty { return valuePlaces[entry] }
    var place = place(row)
    let start = Int(recordStart[row])
    let raw = Int(rawStart[entry])
    var lineStart = start
    for position in start..<raw where bytes[position] == 0x0A {
      place.line += 1
      lineStart = position + 1
    }
    place.column = raw - lineStart + (lineStart == start ? place.column : 1)
    place.byteOffset = place.byteOffset.map { $0 + raw - start }
    return place
  }
}
