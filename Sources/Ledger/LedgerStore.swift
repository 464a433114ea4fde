import ByteStreams
import Domain

/// The ledger directory of a workspace: the only place where what was taken in is remembered.
///
/// One small file holds the list of feeds; writing it, by one rename, is the commit point of a
/// run. The rows themselves are in the archived feeds, from which every run redraws the period.
package struct LedgerStore: Sendable {
  package let directory: String

  /// What the record says that cannot be: it was edited, or written by a newer version.
  package struct Damaged: Error {
    package let path: String
    package let line: Int
  }

  private static let version = "payout-ledger 1"

  package init(directory: String) {
    self.directory = directory
  }

  private var path: String { directory + "/feeds" }
  private var keyPath: String { directory + "/key" }

  /// Reads the list of feeds; empty where nothing was taken in yet.
  ///
  /// - Throws: ``FileError``; ``Damaged``.
  package func load() throws -> TakenFeeds {
    guard FileSystem.exists(path) else { return TakenFeeds() }
    let text = String(decoding: try FileSystem.readFile(path), as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.first == LedgerStore.version, lines.last == "" else {
      throw Damaged(path: path, line: 1)
    }
    lines.removeFirst()
    lines.removeLast()
    var feeds = TakenFeeds()
    for (number, line) in lines.enumerated() {
      guard let feed = LedgerStore.decode(line) else { throw Damaged(path: path, line: number + 2) }
      feeds.append(feed)
    }
    return feeds
  }

  /// Replaces the list of feeds: the commit point of a run.
  ///
  /// - Throws: ``FileError``.
  package func commit(_ feeds: TakenFeeds) throws {
    let lines = [LedgerStore.version] + feeds.feeds.map(LedgerStore.encode)
    let text = lines.map { $0 + "\n" }.joined()
    try FileSystem.writeFileAtomically(path, Array(text.utf8))
  }

  /// The secret with which ids are digested; made when it is first asked for.
  ///
  /// - Throws: ``FileError``; ``Damaged``.
  package func digestKey() throws -> (UInt64, UInt64) {
    if !FileSystem.exists(keyPath) {
      var generator = SystemRandomNumberGenerator()
      let words = [generator.next(), generator.next()] as [UInt64]
      let text = words.map { String($0, radix: 16) }.joined(separator: " ") + "\n"
      try FileSystem.writeFileAtomically(keyPath, Array(text.utf8))
    }
    let text = String(decoding: try FileSystem.readFile(keyPath), as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).map { UInt64($0, radix: 16) }
    guard words.count == 2, let first = words[0], let second = words[1] else {
      throw Damaged(path: keyPath, line: 1)
    }
    return (first, second)
  }

  private static func encode(_ feed: TakenFeed) -> String {
    [
      feed.period.text, feed.digest.hex, escape(feed.name), escape(feed.deliveredAs),
      feed.feedId.map { "=" + escape($0) } ?? "-",
    ].joined(separator: "\t")
  }

  private static func decode(_ line: String) -> TakenFeed? {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, let period = Period(parts[0]), let digest = SHA256Digest(hex: parts[1]),
      let name = unescape(parts[2]), let delivered = unescape(parts[3])
    else { return nil }
    var feedId: String?
    if parts[4] != "-" {
      guard parts[4].hasPrefix("="), let id = unescape(String(parts[4].dropFirst())) else {
        return nil
      }
      feedId = id
    }
    return TakenFeed(
      period: period, name: name, deliveredAs: delivered, digest: digest, feedId: feedId)
  }

  /// Percent-encodes what would end a line or a column.
  private static func escape(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x25 || byte == 0x7F {
        result += Array("%".utf8) + Array((byte < 16 ? "0" : "").utf8)
        result += Array(String(byte, radix: 16).utf8)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func unescape(_ text: String) -> String? {
    var result: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == 0x25 else {
        result.append(byte)
        continue
      }
      let digits = String(decoding: bytes.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
      result.append(value)
      bytes = bytes.dropFirst(2)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
