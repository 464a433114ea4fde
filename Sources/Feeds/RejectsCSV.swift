import CSV
import Domain

/// Writes the rejected rows of a CSV feed in the feed's own layout, ready to correct and send.
///
/// What is wrong stands in front, in columns that begin with `_` and are ignored on the way back;
/// such columns of an earlier round are left out. Nothing else of a row is touched.
struct RejectsCSV: ~Copyable {
  private let feed: FeedFile
  private var source: FeedByteReader
  private var position = 0
  private let annotations: [Int]
  private let headerEnd: Int
  private let scanner = CSVScanner(CSVDialect())
  private var index = CSVIndex()
  private var lineEnding: [UInt8] = [0x0A]
  /// `_codes` and `_message` by what is wrong with a row; many rows have the same faults.
  private var annotated: [[RowFault]: [UInt8]] = [:]
  /// So many are remembered; past them each one is put into words anew.
  private static let annotatedMax = 1000

  /// - Throws: ``FeedRefusal`` if the feed can no longer be read.
  init(_ feed: FeedFile) throws(FeedRefusal) {
    let reader = try CSVFeedReader.open(feed)
    let source = try FeedByteReader(feed)
    self.feed = feed
    annotations = reader.header.annotations
    headerEnd = reader.headerEnd
    self.source = source
  }

  /// Writes the header and every rejected row.
  ///
  /// - Throws: ``FeedRefusal``, and what `write` throws.
  mutating func write(
    _ rejections: Rejections, to write: (consuming [UInt8]) throws -> Void
  ) throws {
    var header = try bytes(at: 0, count: headerEnd + 2)
    if header.count > headerEnd, header[headerEnd] == 0x0D { lineEnding = [0x0D, 0x0A] }
    header.removeLast(max(header.count - headerEnd, 0))
    var output: [UInt8] = []
    if header.starts(with: [0xEF, 0xBB, 0xBF]) {
      output += header.prefix(3)
      header.removeFirst(3)
    }
    // Empty lines before the header are not part of it.
    while header.first == 0x0A || header.first == 0x0D { header.removeFirst() }
    output += Array("_line,_codes,_message,".utf8)
    output += withoutAnnotations(header) + lineEnding
    var rows = rejections.makeReader()
    while let row = try rows.next() {
      output += prefix(row)
      output += withoutAnnotations(try bytes(at: row.byteOffset, count: row.bytes)) + lineEnding
      if output.count > 1 << 18 {
        try write(output)
        output = []
      }
    }
    try write(output)
  }

  private mutating func prefix(_ row: Rejections.Row) -> [UInt8] {
    Array(String(row.line).utf8) + [0x2C] + annotation(row) + [0x2C]
  }

  private mutating func annotation(_ row: Rejections.Row) -> [UInt8] {
    if let known = annotated[row.faults] { return known }
    var csv = CSVWriter()
    csv.plain(row.codes)
    csv.plain(row.message)
    if annotated.count < RejectsCSV.annotatedMax { annotated[row.faults] = csv.bytes }
    return csv.bytes
  }

  private mutating func bytes(at offset: Int, count: Int) throws(FeedRefusal) -> [UInt8] {
    if offset < position {
      source = try FeedByteReader(feed)
      position = 0
    }
    if offset > position { try source.skip(to: offset) }
    var buffer = [UInt8](repeating: 0, count: count)
    let read = try source.read(into: &buffer, at: 0, count: count)
    buffer.removeLast(count - read)
    position = offset + read
    return buffer
  }

  private mutating func withoutAnnotations(_ record: [UInt8]) -> [UInt8] {
    guard !annotations.isEmpty else { return record }
    _ = scanner.scan(record.span, isLast: true, into: &index)
    guard index.recordCount == 1 else { return record }
    var parts: [ArraySlice<UInt8>] = []
    for field in 0..<Int(index.firstField[1]) where !annotations.contains(field) {
      let quoted = index.fieldFlags[field].contains(.quoted)
      let start = Int(index.fieldStart[field]) - (quoted ? 1 : 0)
      let end = Int(index.fieldEnd[field]) + (quoted ? 1 : 0)
      parts.append(record[start..<end])
    }
    return Array(parts.joined(separator: [0x2C]))
  }
}
