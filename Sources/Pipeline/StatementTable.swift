import Domain
import Feeds
import XMLStream

/// The lines of a statement as `check` reads them, from CSV or XML, each value with its place.
struct StatementTable {
  /// More than any statement has.
  private static let bytesMax = 1 << 30

  private(set) var lines: [StatementLine] = []
  /// What makes the file no statement from some place on.
  private(set) var fault: Finding?

  /// - Parameter feed: A file that ``StatementSyntax/of(_:)`` knows.
  init(_ feed: FeedFile, _ syntax: StatementSyntax) throws(FeedRefusal) {
    let bytes = try StatementTable.read(feed)
    switch syntax {
    case .csv: readCSV(bytes, name: feed.name)
    case .xml:
      var reader = StatementXMLReader(name: feed.name)
      (lines, fault) = reader.read(bytes)
    }
  }

  private static func read(_ feed: FeedFile) throws(FeedRefusal) -> [UInt8] {
    var source = try FeedByteReader(feed)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try source.read(into: &buffer, at: 0, count: buffer.count)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= bytesMax else {
        throw FeedRefusal(
          Finding(
            .F111, feed: feed.name, message: "a limit is exceeded: more than \(bytesMax) bytes"))
      }
    }
  }

  // MARK: CSV

  private mutating func readCSV(_ bytes: [UInt8], name: String) {
    var cursor = LineCursor(bytes)
    do throws(VerifyTable.Fault) {
      var table = try VerifyTable(bytes, columns: StatementColumn.names)
      while let record = try table.next() {
        // A quoted value begins at its quote.
        let places = record.ranges.map { range in
          cursor.place(
            bytes.isQuote(range.lowerBound - 1) ? range.lowerBound - 1 : range.lowerBound)
        }
        lines.append(StatementLine(record: record, places: places, start: places[0]))
      }
    } catch {
      let place = cursor.place(ofRecord: error.record)
      let code: FindingCode =
        error.record == 1 ? .F103 : error.reason.contains("quote") ? .F112 : .R212
      fault = Finding(
        code, feed: name, line: place.line, column: place.column, byteOffset: place.byteOffset,
        message: error.reason, remedy: StatementLine.remedy)
    }
  }
}

/// Turns offsets, which mostly ascend, into places.
private struct LineCursor {
  private let bytes: [UInt8]
  private var line = 1
  private var lineStart = 0
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func place(_ offset: Int) -> StatementPlace {
    if offset < position { (line, lineStart, position) = (1, 0, 0) }
    while position < offset {
      if bytes[position] == 0x0A {
        line += 1
        lineStart = position + 1
      }
      position += 1
    }
    return StatementPlace(line: line, column: offset - lineStart + 1, byteOffset: offset)
  }

  /// Where a record begins, counted from 1; line breaks in quotes do not end one.
  mutating func place(ofRecord number: Int) -> StatementPlace {
    var records = 1
    var offset = 0
    var isQuoted = false
    while offset < bytes.count, records < number {
      if bytes[offset] == 0x22 { isQuoted.toggle() }
      if bytes[offset] == 0x0A, !isQuoted { records += 1 }
      offset += 1
    }
    return place(offset)
  }
}

extension [UInt8] {
  fileprivate func isQuote(_ position: Int) -> Bool {
    indices.contains(position) && self[position] == 0x22
  }
}
