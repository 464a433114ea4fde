import ByteStreams
import Domain
import Feeds

extension PinnedFeeds {
  /// Pins a file that is to be read as a feed or as its control file.
  ///
  /// - Parameters:
  ///   - feed: The name of the feed.
  ///   - code: F101, or F108 of a control file.
  /// - Throws: ``FeedRefusal`` with the code if the file is the reason; ``FileError``.
  func hold(_ name: String, feed: String, _ code: FindingCode) throws {
    // A place that cannot be made is no fault of the feed.
    try makePlace()
    do throws(FileError) {
      try pin(name)
    } catch {
      guard error.isAboutTheFile, !error.path.hasPrefix(paths.archive) else { throw error }
      throw FeedRefusal(Finding(code, feed: feed, message: error.description))
    }
    // Between the look at it and the link it may have become one.
    guard FileSystem.entryKind(path(name)) == .file else {
      throw FeedRefusal(Inbox.notRegular(code, feed: feed))
    }
    // Whatever is added to it later would be added in the archive.
    guard !FileSystem.isOpenForWriting(path(name)) else {
      throw FeedRefusal(Inbox.beingWritten(code, feed: feed))
    }
  }
}
