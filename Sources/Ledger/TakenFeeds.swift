package import ByteStreams
package import Domain

/// A feed that was taken in.
package struct TakenFeed: Hashable, Sendable {
  package var period: Period
  /// The name by which it is known: its file in `archive/<period>/`.
  package var name: String
  /// The name under which it was delivered.
  package var deliveredAs: String
  package var digest: SHA256Digest
  package var feedId: String?

  package init(
    period: Period, name: String, deliveredAs: String, digest: SHA256Digest, feedId: String?
  ) {
    self.period = period
    self.name = name
    self.deliveredAs = deliveredAs
    self.digest = digest
    self.feedId = feedId
  }
}

/// The feeds taken in, in the order in which they were: the ledger's own record of them.
package struct TakenFeeds: Sendable {
  package private(set) var feeds: [TakenFeed]

  package init(_ feeds: [TakenFeed] = []) {
    self.feeds = feeds
  }

  package func feed(digest: SHA256Digest) -> TakenFeed? {
    feeds.first { $0.digest == digest }
  }

  package func feed(feedId: String) -> TakenFeed? {
    feeds.first { $0.feedId == feedId }
  }

  /// The name by which a feed with these bytes will be known.
  package func name(for delivered: String, digest: SHA256Digest) -> String {
    guard feeds.contains(where: { $0.name == delivered }) else { return delivered }
    return delivered + "~" + digest.hex.prefix(8)
  }

  package mutating func append(_ feed: TakenFeed) {
    feeds.append(feed)
  }
}
