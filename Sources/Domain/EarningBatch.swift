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
@usableFromInline
package struct ValueFlags: OptionSet, Hashable, Sendable {
  @usableFromInline package let rawValue: UInt8

  @inlinable
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// A quote in the wrong place.
  @inlinable package static var misplacedQuote: ValueFlags { ValueFlags(rawValue: 1) }
  /// A carriage return without a line feed.
  @inlinable package static var loneCarriageReturn: ValueFlags { ValueFlags(rawValue: 2) }
  /// It is not written as the profile says, and the text is as it came.
  @inlinable package static var otherwiseWritten: ValueFlags { ValueFlags(rawValue: 4) }
}

/// What is true of one row of a batch.
@usableFromInline
package struct RowFlags: OptionSet, Hashable, Sendable {
  @usableFromInline package let rawValue: UInt8

  @inlinable
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The row's shape is wrong: R212, and nothing else can be said of it.
  @inlinable package static var malformed: RowFlags { RowFlags(rawValue: 1) }
  /// An error finding was made.
  @inlinable package static var rejected: RowFlags { RowFlags(rawValue: 2) }
  /// The amount and the currency could be read.
  @inlinable package static var amountReadable: RowFlags { RowFlags(rawValue: 4) }
  @inlinable package static var hasEarningRate: RowFlags { RowFlags(rawValue: 8) }
  @inlinable package static var hasEarningAmount: RowFlags { RowFlags(rawValue: 16) }
  /// A negative row that names the earning it takes back.
  @inlinable package static var follows: RowFlags { RowFlags(rawValue: 32) }
  /// A value may be long, or hold a control character, a line break or something that a reader
  /// noticed; only then are the texts looked at one by one.
  @inlinable package static var suspicious: RowFlags { RowFlags(rawValue: 64) }
  /// It is not looked at: others of the feed are read again.
  @inlinable package static var passedOver: RowFlags { RowFlags(rawValue: 128) }
}

/// Where the text of one value stands in a batch.
@usableFromInline
package struct ValueText: Hashable, Sendable {
  /// Its first byte.
  @usableFromInline package var start: UInt32
  /// One past its last byte.
  @usableFromInline package var end: UInt32
  /// Where it begins as it was written, at its quote if it has one (CSV only).
  @usableFromInline package var rawStart: UInt32
  /// What the reader noticed about it.
  @usableFromInline package var flags: ValueFlags

  /// Makes a text; by default an empty one without a place.
  @inlinable
  package init(
    start: UInt32 = 0, end: UInt32 = 0, rawStart: UInt32 = 0,
    flags: ValueFlags = ValueFlags(rawValue: 0)
  ) {
    self.start = start
    self.end = end
    self.rawStart = rawStart
    self.flags = flags
  }

  /// Bytes of the text.
  @inlinable package var count: Int { Int(end) &- Int(start) }
}

/// Where a value of an XML feed stands; a ``Place`` of half the size.
package struct ValuePlace: Hashable, Sendable {
  /// Counts from 1; 0 where the element is missing.
  package var line: UInt32
  /// Counts from 1, in bytes; 0 where it is not known, and the offset with it.
  package var column: UInt32
  /// Counts from 0 in the decompressed feed.
  package var byteOffset: UInt64

  /// Makes a place; by default that of a missing element.
  package init(line: UInt32 = 0, column: UInt32 = 0, byteOffset: UInt64 = 0) {
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }

  /// The same place for findings.
  package var place: Place {
    Place(
      line: Int(line), column: Int(column), byteOffset: column == 0 ? nil : Int(byteOffset))
  }
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
@usableFromInline
package struct EarningBatch: Sendable {
  /// Entries of a row in ``texts``; as many as there are fields, a constant for the sake of speed.
  @inlinable package static var fieldCount: Int { 32 }

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

  /// The texts of the values, `fieldCount` entries per row.
  @usableFromInline package var texts: [ValueText] = []
  /// Where the value stands in the feed, `fieldCount` entries per row (XML only; otherwise empty).
  package var valuePlaces: [ValuePlace] = []

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

  /// Faulty values of columns that are not ours, in the order of the rows; nearly always none.
  package var strays: [StrayValue] = []
  /// The errors found in the batch, for the rejects file.
  package var faults: [RowFault] = []

  // What later rooms find out.
  /// What the row earns before tiers and caps, in its transaction currency, six decimals.
  package var earned: [ExactAmount] = []
  /// The rate that made it.
  package var rates: [ExactRate] = []
  package var reasons: [IneligibilityReasons] = []

  package init() {}

  /// Whether the rows are records whose bytes stand in ``bytes``: CSV, not XML.
  package var hasRecords: Bool { count > 0 && recordEnd[0] > recordStart[0] }

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
    texts.removeAll(keepingCapacity: true)
    valuePlaces.removeAll(keepingCapacity: true)
    flags.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
    strays.removeAll(keepingCapacity: true)
  }

  /// Adds a row that has no values yet.
  package mutating func addRow(
    _ place: Place, record: Range<Int>, flags: RowFlags = RowFlags(rawValue: 0)
  ) {
    count += 1
    lines.append(UInt32(place.line))
    columns.append(UInt32(place.column))
    byteOffsets.append(place.byteOffset ?? 0)
    recordStart.append(UInt32(record.lowerBound))
    recordEnd.append(UInt32(record.upperBound))
    self.flags.append(flags)
    texts.append(addingCapacity: EarningBatch.fieldCount) { texts in
      texts.append(repeating: ValueText(), count: EarningBatch.fieldCount)
    }
  }

  /// Takes back the row that was added last.
  ///
  /// - Parameter bytes: How many bytes there were before it.
  package mutating func removeLastRow(bytes count: Int) {
    self.count -= 1
    bytes.removeSubrange(count...)
    lines.removeLast()
    columns.removeLast()
    byteOffsets.removeLast()
    recordStart.removeLast()
    recordEnd.removeLast()
    flags.removeLast()
    texts.removeLast(EarningBatch.fieldCount)
  }

  /// Marks rows that are not looked at.
  ///
  /// - Parameter isPassedOver: Told the number of the row in its feed, from 0.
  package mutating func passOver(_ isPassedOver: (Int) throws -> Bool) rethrows {
    for row in 0..<count where try isPassedOver(firstRow + row) {
      flags[row].insert(.passedOver)
    }
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
    resize(&reasons, IneligibilityReasons(rawValue: 0))
  }

  private func resize<Value>(_ column: inout [Value], _ value: Value) {
    column.removeAll(keepingCapacity: true)
    column.append(contentsOf: repeatElement(value, count: count))
  }

  /// Where a value's text stands in ``bytes``.
  @inlinable
  package func range(_ row: Int, _ field: EarningField) -> Range<Int> {
    let text = texts[row &* EarningBatch.fieldCount &+ field.rawValue]
    return Int(text.start)..<Int(text.end)
  }

  /// Whether a value is missing.
  @inlinable
  package func isEmpty(_ row: Int, _ field: EarningField) -> Bool {
    texts[row &* EarningBatch.fieldCount &+ field.rawValue].count == 0
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
    if !valuePlaces.isEmpty { return valuePlaces[entry].place }
    return place(row, raw: Int(texts[entry].rawStart))
  }

  /// The place of a value of a column that is not ours.
  package func place(_ stray: StrayValue) -> Place {
    stray.place ?? place(Int(stray.row), raw: stray.start)
  }

  /// The place of a byte of a record whose bytes are those of the feed.
  private func place(_ row: Int, raw: Int) -> Place {
    var place = place(row)
    let start = Int(recordStart[row])
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
