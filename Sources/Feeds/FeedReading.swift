import CSV
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
    if let profile = feed.profile {
      return try read(feed, profile, identify: identify, body: body)
    }
    return feed.isXML
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

  private static func read(
    _ feed: FeedFile, _ profile: FeedProfile, identify: (String) throws -> Void,
    body: (inout EarningBatch) throws -> Void
  ) throws -> FeedContents {
    var reader = try ProfileFeedReader.open(feed, profile)
    var contents = FeedContents()
    var batch = EarningBatch()
    while try reader.next(&batch) {
      if contents.feedId == nil, let feedId = reader.feedId {
        contents.feedId = feedId
        try identify(feedId)
      }
      try body(&batch)
    }
    contents.notes = reader.notes()
    return contents
  }

  /// Which part of a larger feed a file is; nil where it is whole, or a file of rejects.
  ///
  /// Reads up to the first row.
  ///
  /// - Throws: ``FeedRefusal``.
  package static func part(of feed: FeedFile) throws(FeedRefusal) -> FeedPart? {
    guard let profile = feed.profile, profile.parts != nil else { return nil }
    var records = try ProfileRecords.open(feed, profile)
    guard records.annotations == 0 else { return nil }
    while records.part() == nil, try records.next(limit: 1) {
      for record in 0..<records.records.index.recordCount { _ = records.kind(record) }
    }
    return records.part()
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
