package import Domain

/// What is known of a feed once it has been read.
package struct FeedContents: Sendable {
  package var feedId: String?
  /// Control totals inside the feed (XML); those of a sidecar are not here.
  package var control: ControlTotals?
  package var notes: [Finding] = []
}

/// Reads feeds of either syntax, batch by batch.
package enum FeedReading {
  /// Reads a whole feed.
  ///
  /// - Parameters:
  ///   - identify: Called once, before the first batch, with the feed's own id if it has one.
  ///   - body: Called with each batch, its texts and places filled. The batch is reused.
  /// - Throws: ``FeedRefusal``, and what the two closures throw.
  package static func read(
    _ feed: FeedFile, identify: (String) throws -> Void,
    body: (inout EarningBatch) throws -> Void
  ) throws -> FeedContents {
    feed.isXML
      ? try readXML(feed, identify: identify, body: body) : try readCSV(feed, body: body)
  }

  private static func readCSV(
    _ feed: FeedFile, body: (inout EarningBatch) throws -> Void
  ) throws -> FeedContents {
    var reader = try CSVFeedReader.open(feed)
    var contents = FeedContents()
    if let note = reader.header.unknownColumns(feed) { contents.notes.append(note) }
    var batch = EarningBatch()
    while try reader.next(&batch) {
      try body(&batch)
    }
    return contents
  }

  private static func readXML(
    _ feed: FeedFile, identify: (String) throws -> Void,
    body: (inout EarningBatch) throws -> Void
  ) throws -> FeedContents {
    var reader = try XMLFeedReader(feed)
    var batch = EarningBatch()
    var identified = false
    var more = true
    while more {
      more = try reader.next(&batch)
      if !identified, let feedId = reader.feedId {
        identified = true
        try identify(feedId)
      }
      if more { try body(&batch) }
    }
    return FeedContents(feedId: reader.feedId, control: reader.control)
  }
}
