package import ExactMoney

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
