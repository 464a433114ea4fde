import Domain

/// Writes `rejects/<feed>`: the rejected rows, ready to correct and send again.
package enum RejectsFile {
  /// Reads the feed again and writes its rejected rows piece by piece.
  ///
  /// - Throws: ``FeedRefusal`` if the feed can no longer be read, and what `write` throws.
  package static func write(
    _ rejections: Rejections, of feed: FeedFile, to write: (consuming [UInt8]) throws -> Void
  ) throws {
    if let profile = feed.profile {
      var rejects = try RejectsProfile(feed, profile)
      try rejects.write(rejections, to: write)
    } else if feed.isXML {
      var rejects = try RejectsXML(feed)
      try rejects.write(rejections, to: write)
    } else {
      var rejects = try RejectsCSV(feed)
      try rejects.write(rejections, to: write)
    }
  }
}
