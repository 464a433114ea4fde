import Domain

/// A CSV file of the output directory as `verify` reads it, record by record, by code that shares
/// nothing with what wrote it.
struct VerifyTable {
  /// A record; columns count from 0.
  struct Record {
    let bytes: [UInt8]
    /// Of each value, its quotes left out.
    let ranges: [Range<Int>]
    /// Counts records from 1, the header included.
    let number: Int

    /// The bytes of a value, as they stand in the file.
    func raw(_ column: Int) -> ArraySlice<UInt8> { bytes[ranges[column]] }

    func isEmpty(_ column: Int) -> Bool { ranges[column].isEmpty }

    /// The value, a doubled quote as one.
    func text(_ column: Int) -> String {
      let text = String(decoding: raw(column), as: UTF8.self)
      return raw(column).contains(0x22) ? text.replacing("\"\"", with: "\"") : text
    }

    /// The values of some columns as one key.
    func key(_ columns: [Int]) -> [UInt8] {
      var key: [UInt8] = []
      for column in columns {
        if column != columns.first { key.append(0) }
        key += raw(column)
      }
      return key
    }
  }

  /// The file is no table with the columns that it should have.
  struct Fault: Error {
    var record: Int
    var reason: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private var number = 0
  private let columns: [String]

  /// - Throws: ``Fault`` if the header has other columns.
  init(_ bytes: [UInt8], columns: [String]) throws(Fault) {
    self.bytes = bytes
    self.columns = columns
    guard let header = try read(), (0..<header.ranges.count).map(header.text) == columns else {
      throw Fault(record: 1, reason: "its header is not \(columns.joined(separator: ","))")
    }
  }

  /// The next record, nil at the end.
  ///
  /// - Throws: ``Fault``.
  mutating func next() throws(Fault) -> Record? {
    guard let record = try read() else { return nil }
    guard record.ranges.count == columns.count else {
      throw Fault(
        record: number, reason: "it has \(record.ranges.count) values, not \(columns.count)")
    }
    return record
  }

  private mutating func read() throws(Fault) -> Record? {
    guard position < bytes.count else { return nil }
    number += 1
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(columns.count)
    while true {
      ranges.append(try value())
      let end = position < bytes.count ? bytes[position] : 0
      position += 1
      if end == UInt8(ascii: ",") { continue }
      guard end == 0x0D, position < bytes.count, bytes[position] == 0x0A else {
        throw Fault(record: number, reason: "a record does not end with CR LF")
      }
      position += 1
      return Record(bytes: bytes, ranges: ranges, number: number)
    }
  }

  private mutating func value() throws(Fault) -> Range<Int> {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      let start = position
      while position < bytes.count {
        let byte = bytes[position]
        if byte == 0x2C || byte == 0x0D || byte == 0x0A { break }
        position += 1
      }
      return start..<position
    }
    position += 1
    let start = position
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\"") {
        guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else {
          position += 1
          return start..<(position - 1)
        }
        position += 1
      }
      position += 1
    }
    throw Fault(record: number, reason: "a quote is not closed")
  }
}
