import ByteStreams
import Domain
import XMLStream

/// Writes the rejected rows of an XML feed as a feed of the same schema, in UTF-8.
///
/// The feed is parsed again and the elements of the rejected rows are written anew, with what is
/// wrong in a comment before each. The new feed has no feedId and counts its own rows.
struct RejectsXML: ~Copyable {
  private static let chunkBytes = 1 << 18
  private static let earning: Int32 = 0
  private static let names = ["earning"] + EarningField.allCases.map(\.name)

  private var source: FeedByteReader
  private let parser: XMLStreamReader
  private var events = XMLEvents()
  private var writer = XMLWriter()
  /// Elements that are open.
  private var depth = 0
  /// The row being read, counted from 0.
  private var row = -1
  /// The rejections that are to be written, the next one apart.
  private var rejections = Rejections(in: nil).makeReader()
  private var next: Rejections.Row?
  private var isCopying = false

  /// - Throws: ``FeedRefusal`` if the feed can no longer be read.
  init(_ feed: FeedFile) throws(FeedRefusal) {
    source = try FeedByteReader(feed)
    parser = XMLStreamReader(
      names: RejectsXML.names, namespace: "urn:payout:earnings:1",
      limits: XMLLimits(depth: feed.limits.xmlDepth, value: feed.limits.row))
  }

  /// Writes the document.
  ///
  /// - Throws: ``FeedRefusal``, ``XMLFault``, and what `write` throws.
  mutating func write(
    _ rejections: Rejections, to write: (consuming [UInt8]) throws -> Void
  ) throws {
    self.rejections = rejections.makeReader()
    next = try self.rejections.next()
    writer.declaration()
    writer.start("earningsFeed", [("xmlns", "urn:payout:earnings:1")])
    writer.newline()
    var buffer = [UInt8](repeating: 0, count: RejectsXML.chunkBytes)
    var read = 0
    repeat {
      read = try source.read(into: &buffer, at: 0, count: buffer.count)
      try parser.parse(buffer.span.extracting(0..<read), isLast: read == 0, into: &events)
      for event in 0..<events.kinds.count { try take(event) }
      try write(writer.take())
    } while read > 0
    writer.indent(1)
    writer.start("controlTotals", [("rows", String(rejections.count))])
    writer.end("controlTotals")
    writer.newline()
    writer.end("earningsFeed")
    writer.newline()
    try write(writer.take())
  }

  private mutating func take(_ event: Int) throws(FileError) {
    let kind = events.kinds[event]
    let isRow = depth == 1 && events.names[event] == RejectsXML.earning
    if isRow, kind == .open || kind == .leaf { try beginRow() }
    if isCopying { copy(event) }
    if kind == .open { depth += 1 }
    if kind == .close { depth -= 1 }
    let ends = kind == .close ? depth == 1 : isRow && kind == .leaf
    if isCopying, ends {
      writer.newline()
      isCopying = false
    }
  }

  private mutating func beginRow() throws(FileError) {
    row += 1
    guard let rejection = next, rejection.row == row else { return }
    isCopying = true
    next = try rejections.next()
    writer.indent(1)
    writer.comment("line \(rejection.line): \(rejection.codes): \(rejection.message)")
    writer.newline()
    writer.indent(1)
  }

  private mutating func copy(_ event: Int) {
    let bytes = events.bytes
    let value = bytes.span.extracting(
      Int(events.valueStart[event])..<Int(events.valueEnd[event]))
    let name = name(of: event)
    switch events.kinds[event] {
    case .open: writer.start(name)
    case .close: writer.end(name)
    case .leaf: writer.leaf(name, value)
    case .text: writer.text(value)
    case .attribute: writer.attribute(name, value)
    }
  }

  private func name(of event: Int) -> String {
    let known = Int(events.names[event])
    guard known < 0 else { return RejectsXML.names[known] }
    let range = Int(events.nameStart[event])..<Int(events.nameEnd[event])
    return String(decoding: events.bytes[range], as: UTF8.self)
  }
}
