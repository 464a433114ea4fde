/// What the scanner noticed about a value.
package struct CSVFieldFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let quoted = CSVFieldFlags(rawValue: 1)
  /// It must be unescaped before use.
  package static let hasDoubledQuote = CSVFieldFlags(rawValue: 2)
  /// A quote inside an unquoted value, or text after a closing quote; the range is the raw value.
  package static let misplacedQuote = CSVFieldFlags(rawValue: 4)
  /// A carriage return that no line feed follows.
  package static let loneCarriageReturn = CSVFieldFlags(rawValue: 8)
}

/// Where records and values stand in a buffer, as flat columns that are reused.
package struct CSVIndex: Sendable {
  // Per value; inside the quotes of a quoted one.
  package internal(set) var fieldStart: [UInt32] = []
  package internal(set) var fieldEnd: [UInt32] = []
  package internal(set) var fieldFlags: [CSVFieldFlags] = []

  // Per record.
  /// One more entry than records.
  package internal(set) var firstField: [UInt32] = [0]
  package internal(set) var recordStart: [UInt32] = []
  /// Without the line ending.
  package internal(set) var recordEnd: [UInt32] = []
  /// Line feeds before the record, from the beginning of the buffer.
  package internal(set) var recordLine: [UInt32] = []

  package init() {}

  package var recordCount: Int { recordStart.count }

  mutating func removeAll() {
    fieldStart.removeAll(keepingCapacity: true)
    fieldEnd.removeAll(keepingCapacity: true)
    fieldFlags.removeAll(keepingCapacity: true)
    firstField.removeAll(keepingCapacity: true)
    firstField.append(0)
    recordStart.removeAll(keepingCapacity: true)
    recordEnd.removeAll(keepingCapacity: true)
    recordLine.removeAll(keepingCapacity: true)
  }

  /// Forgets the values of a record that turned out to be unfinished.
  mutating func removeUnfinishedFields() {
    let kept = Int(firstField[firstField.count - 1])
    fieldStart.removeLast(fieldStart.count - kept)
    fieldEnd.removeLast(fieldEnd.count - kept)
    fieldFlags.removeLast(fieldFlags.count - kept)
  }
}

/// How far a scan came.
package struct CSVScan: Hashable, Sendable {
  /// Where the first record that is not in the index begins.
  package var consumed: Int
  /// Line feeds before that place.
  package var linesConsumed: Int
  /// Where the quote stands that the end of the file leaves open.
  package var openQuote: Int?
}
