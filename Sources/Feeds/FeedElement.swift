import Domain
import XMLStream

/// Shows an element of an XML feed as it was delivered.
package enum FeedElement {
  /// The element that begins at an offset of the decompressed feed, with its end tag.
  ///
  /// - Returns: In UTF-8; nil where it is longer than a row may be.
  /// - Throws: ``FeedRefusal`` if the feed can no longer be read.
  package static func text(
    of feed: FeedFile, at byteOffset: Int
  ) throws(FeedRefusal) -> String? {
    var head = [UInt8](repeating: 0, count: XMLText.headBytes)
    var opening = try FeedByteReader(feed)
    head.removeLast(head.count - (try opening.read(into: &head, at: 0, count: head.count)))
    var source = try FeedByteReader(feed)
    try source.skip(to: byteOffset)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count < feed.limits.row {
      let count = try source.read(into: &buffer, at: 0, count: buffer.count)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
      guard let text = XMLText.utf8(bytes, head: head) else { return nil }
      guard let end = end(text) else { continue }
      return String(decoding: text[..<end], as: UTF8.self)
    }
    return nil
  }

  /// One past the end tag of the element with which the bytes begin.
  private static func end(_ bytes: [UInt8]) -> Int? {
    let name = bytes.dropFirst().prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x2F }
    guard bytes.first == 0x3C, !name.isEmpty, name.endIndex < bytes.count else { return nil }
    let tag = [0x3C, 0x2F] + Array(name)
    var position = name.endIndex
    while position + tag.count < bytes.count {
      let after = position + tag.count
      // `</earning` begins the tag of `</earningId>` as well.
      if bytes[position] == 0x3C, bytes[position..<after].elementsEqual(tag),
        bytes[after] <= 0x20 || bytes[after] == 0x3E
      {
        return bytes[after...].firstIndex(of: 0x3E).map { $0 + 1 }
      }
      position += 1
    }
    return nil
  }
}
