/// Where records and values stand in a buffer, as flat columns that are reused.
///
/// Offsets are bytes from the beginning of the buffer that was scanned.
package struct CSVIndex: Sendable {
  /// Per value: its first byte, inside the quotes for a quoted one.
  package internal(set) var fieldStart: [UInt32] = []
  /// Per value: one past its last byte.
  package internal(set) var fieldEnd: [UInt32] = []
  /// Per value: what was noticed.
  package internal(set) var fieldFlags: [CSVFieldFlags] = []

  /// Per record: its first value; one more entry than records.
  package internal(set) var firstField: [UInt32] = [0]
  /// Per record: its first byte.
  package internal(set) var recordStart: [UInt32] = []
  /// Per record: one past its last byte, without the line ending.
  package internal(set) var recordEnd: [UInt32] = []
  /// Per record: line feeds before it, from the beginning of the buffer.
  package internal(set) var recordLine: [UInt32] = []

  /// Makes an empty index.
  package init() {}

  /// How many records there are.
  package var recordCount: Int { recordStart.count }

  /// Where a value begins as it was written: at its quote, if it is quoted.
  package func rawStart(ofField field: Int) -> Int {
    Int(fieldStart[field]) - (fieldFlags[field].contains(.quoted) ? 1 : 0)
  }

  /// One past the last byte of a value as it was written, after its closing quote.
  package func rawEnd(ofField field: Int) -> Int {
    Int(fieldEnd[field]) + (fieldFlags[field].contains(.quoted) ? 1 : 0)
  }

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

  /// Adds a record whose values end before `fields`.
  mutating func addRecord(_ range: Range<Int>, line: Int, fields: Int) {
    recordStart.append(UInt32(truncatingIfNeeded: range.lowerBound))
    recordEnd.append(UInt32(truncatingIfNeeded: range.upperBound))
    recordLine.append(UInt32(truncatingIfNeeded: line))
    firstField.append(UInt32(truncatingIfNeeded: fields))
  }

  /// Forgets the values of a record that turned out to be unfinished.
  mutating func removeUnfinishedFields() {
    let unfinished = fieldStart.count - Int(firstField[firstField.count - 1])
    fieldStart.removeLast(unfinished)
    fieldEnd.removeLast(unfinished)
    fieldFlags.removeLast(unfinished)
  }
}
