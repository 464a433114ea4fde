package import ByteStreams
import Domain

/// Opens a feed and turns the faults of its bytes into refusals.
package struct FeedByteReader: ~Copyable {
  private var source: ByteSource
  private let feed: FeedFile

  /// - Throws: ``FeedRefusal`` with F101.
  package init(_ feed: FeedFile) throws(FeedRefusal) {
    self.feed = feed
    let limit = ExpansionLimit(
      ratio: feed.limits.expansionRatio, bytes: feed.limits.expansionBytes)
    do throws(ByteSourceFault) {
      source = try ByteSource(path: feed.path, compression: feed.compression, limit: limit)
    } catch {
      throw FeedByteReader.refusal(error, feed)
    }
  }

  /// Fills `buffer` from `start` with up to `count` bytes; 0 only at the end.
  ///
  /// - Throws: ``FeedRefusal`` with F101 or F111.
  package mutating func read(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(FeedRefusal) -> Int {
    do throws(ByteSourceFault) {
      return try source.read(into: &buffer, at: start, count: count)
    } catch {
      throw FeedByteReader.refusal(error, feed)
    }
  }

  /// Goes on to a later offset of the decompressed feed.
  ///
  /// - Throws: ``FeedRefusal`` with F101 or F111.
  package mutating func skip(to offset: Int) throws(FeedRefusal) {
    do throws(ByteSourceFault) {
      try source.skip(to: offset)
    } catch {
      throw FeedByteReader.refusal(error, feed)
    }
  }

  /// The refusal that a fault of a feed's bytes is.
  package static func refusal(_ fault: ByteSourceFault, _ feed: FeedFile) -> FeedRefusal {
    switch fault {
    case .expansionLimit:
      FeedRefusal(
        Finding(
          .F111, feed: feed.name,
          message: "expands to more than \(feed.limits.expansionRatio) times its size, or to more"
            + " than \(feed.limits.expansionBytes) bytes"))
    case .io(let error): FeedRefusal(Finding(.F101, feed: feed.name, message: error.description))
    case .damaged(let what):
      FeedRefusal(
        Finding(.F101, feed: feed.name, message: "the compressed data is damaged: \(what)"))
    case .unsupported(let what):
      FeedRefusal(
        Finding(.F101, feed: feed.name, message: "the compressed data cannot be read: \(what)"))
    case .notARegularFile:
      FeedRefusal(Finding(.F101, feed: feed.name, message: "is not a regular file"))
    }
  }
}
