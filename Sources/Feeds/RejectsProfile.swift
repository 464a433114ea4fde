import ByteStreams
import CSV
import Domain

/// Writes the rejected rows of a feed that has a profile, in its own layout and encoding.
///
/// What is wrong stands in front, as in ``RejectsCSV``. Preamble and trailers are left out; records
/// whose values hold for the rejected rows come before them.
struct RejectsProfile: ~Copyable {
  private let feed: FeedFile
  private var records: ProfileRecords
  private let delimiter: [UInt8]
  private var written: [String: [UInt8]] = [:]

  /// - Throws: ``FeedRefusal`` if the feed can no longer be read.
  init(_ feed: FeedFile, _ profile: FeedProfile) throws(FeedRefusal) {
    self.feed = feed
    let records = try ProfileRecords.open(feed, profile)
    delimiter = [records.delimiter]
    self.records = records
  }

  /// Writes the header and every rejected row.
  ///
  /// - Throws: ``FeedRefusal``, and what `write` throws.
  mutating func write(
    _ rejections: Rejections, to write: (consuming [UInt8]) throws -> Void
  ) throws {
    var output = records.hasMark ? records.encoding.encode([0xEF, 0xBB, 0xBF]) : []
    output += records.encoding.encode(header())
    var rest = rejections.makeReader()
    var next = try rest.next()
    while next != nil, try records.next(limit: 256) {
      for record in 0..<records.records.index.recordCount {
        guard let row = next else { break }
        guard case .row = records.kind(record),
          records.place(of: record).byteOffset == row.byteOffset
        else { continue }
        output += records.encoding.encode(context() + line(record, csv(row)))
        next = try rest.next()
      }
      if output.count > 1 << 18 {
        try write(output)
        output = []
      }
    }
    guard next == nil else {
      throw FeedRefusal(Finding(.F101, feed: feed.name, message: "it changed while it was read"))
    }
    try write(output)
  }

  /// The header of the rejects: that of the feed, or the names of the profile where it has none.
  private func header() -> [UInt8] {
    let names =
      records.headerText
      ?? Array(records.layout.names.map { Array($0.utf8) }.joined(separator: delimiter))
    return prefix(["_line", "_codes", "_message"]) + names + records.lineEnding
  }

  private func csv(_ row: Rejections.Row) -> [UInt8] {
    prefix([String(row.line), row.codes, row.message])
  }

  /// Values in front of a record, each with its delimiter.
  private func prefix(_ values: [String]) -> [UInt8] {
    values.flatMap { value in quoted(Array(value.utf8)) + delimiter }
  }

  /// Quoted where it holds a mark of the dialect; without quotes such marks become blanks.
  private func quoted(_ value: [UInt8]) -> [UInt8] {
    let marks: Set<UInt8> = [delimiter[0], 0x0A, 0x0D, records.profile.quote ?? 0x0A]
    guard value.contains(where: marks.contains) else { return value }
    guard let quote = records.profile.quote else {
      return value.map { marks.contains($0) ? 0x20 : $0 }
    }
    return [quote] + value.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  /// The records whose values hold for the next row and were not written yet.
  private mutating func context() -> [UInt8] {
    var text: [UInt8] = []
    for (type, raw) in records.context.sorted(by: { $0.key < $1.key })
    where written[type] != raw.text {
      written[type] = raw.text
      text += prefix(["", "", ""]) + raw.text + records.lineEnding
    }
    return text
  }

  /// A record with new annotations instead of its old ones.
  private func line(_ record: Int, _ prefix: [UInt8]) -> [UInt8] {
    prefix + records.rawText(record) + records.lineEnding
  }
}
