import ByteStreams
import Domain
import Feeds

/// The file `NAME.control.json` beside a feed.
enum ControlFile {
  /// Far more than any real one has.
  private static let bytesMax = 1 << 24

  /// Its bytes; nil where there is none.
  ///
  /// - Parameter name: Of the feed, in findings.
  /// - Throws: ``FeedRefusal`` with F108 where there is one that cannot be read: what it announces
  ///   must not be passed over.
  static func read(beside feed: String, name: String) throws(FeedRefusal) -> [UInt8]? {
    let path = feed + ".control.json"
    do throws(FileError) {
      guard FileSystem.kind(path) != .missing || FileSystem.isLink(path) else { return nil }
      return try FileSystem.readFile(path, limit: bytesMax)
    } catch {
      throw FeedRefusal(
        Finding(.F108, feed: name, message: "the control file cannot be read: \(error)"))
    }
  }
}
