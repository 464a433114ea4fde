import Domain
import XMLStream

/// Writes the rejected rows of an XML feed as a feed of the same schema, in UTF-8.
///
/// The feed is parsed again and the elements of the rejected rows are written anew, with what is
/// wrong in a comment before each. The new feed has no feedId and counts its own rows.
struct RejectsXML: ~Copyable {
  private let feed: FeedFile
  private var source: FeedByteReader
  private let parser: XMLStreamReader
  private var events = XMLEvents()
  /// Elements being copied: the end of one does not say its name.
  private var openNames: [String] = []

  private static let names = ["earningsFeed", "earning", "feedId", "period", "rows", "currency"]
  private static let earning: Int32 = 1

  /// - Throws: ``FeedRefusal`` if the feed can no longer be read.
  init(_ feed: FeedFile) throws(FeedRefusal) {
    self.feed = feed
    source = try FeedByteReader(feed)
    parser = XMLStreamReader(
      names: RejectsXML.names + EarningField.allCases.map(\.name),
      namespace: "urn:payout:earnings:1",
      limits: XMLLimits(depth: feed.limits.xmlDepth, value: feed.limits.row))
  }

  /// Writes the document.
  ///
  /// - Throws: ``FeedRefusal``, ``XMLFault``, and what `write` throws.
  mutating func write(
    _ rejections: Rejections, to write: (consuming [UInt8]) throws -> Void
  ) throws {
    var writer = XMLWriter()
    writer.declaration()
    writer.start("earningsFeed", [("xmlns", "urn:payout:earnings:1")])
    writer.newline()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var row = -1
    var depth = 0
    var next = 0
    var copying = false
    var read = 0
    repeat {
      read = try source.read(into: &buffer, at: 0, count: buffer.count)
      try parser.parse(buffer.span.extracting(0..<read), isLast: read == 0, into: &events)
      for event in 0..<events.kinds.count {
        let kind = events.kinds[event]
        let isRow = depth == 1 && events.names[event] == RejectsXML.earning
        if isRow, kind == .open || kind == .leaf {
          row += 1
          copying = next < rejections.count && rejections[next].row == row
          if copying {
            let rejection = rejections[next]
            next += 1
            writer.indent(1)
            writer.comment("line \(rejection.line): \(rejection.codes): \(rejection.message)")
            writer.newline()
            writer.indent(1)
          }
        }
        if copying { copy(event, depth, &writer) }
        if kind == .open { depth += 1 }
        if kind == .close { depth -= 1 }
        if copying, kind == .close ? depth == 1 : isRow && kind == .leaf {
          writer.newline()
          copying = false
        }
      }
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

  private mutating func copy(_ event: Int, _ depth: Int, _ writer: inout XMLWriter) {
    let name = name(of: event)
    let range = Int(events.valueStart[event])..<Int(events.valueEnd[event])
    switch events.kinds[event] {
    case .open:
      writer.start(name, [])
      openNames.append(name)
    case .close: writer.end(openNames.popLast() ?? "")
    case .leaf:
      writer.start(name, [])
      writer.text(events.bytes.span.extracting(range))
      writer.end(name)
    case .text: writer.text(events.bytes.span.extracting(range))
    case .attribute:
      writer.attribute(name, events.bytes.span.extracting(range))
    }
  }

  private func name(of event: Int) -> String {
    let known = Int(events.names[event])
    if known >= 0 {
      return (RejectsXML.names + EarningField.allCases.map(\.name))[known]
    }
    let range = Int(events.nameStart[event])..<Int(events.nameEnd[event])
    return String(decoding: events.bytes[range], as: UTF8.self)
  }
}
