import Glibc

/// Where something stands in a document.
struct XMLPlace {
  var line: UInt32
  /// In bytes; 0 if the bytes are not those of the file.
  var column: UInt32
  var byteOffset: UInt64
}

/// Turns offsets into lines and columns, which libxml2 counts in characters.
///
/// Offsets are asked for in ascending order; the line feeds before the last one are forgotten.
struct XMLLineIndex {
  /// Stands for a place that nobody asks for.
  static let nowhere = XMLPlace(line: 0, column: 0, byteOffset: 0)

  private var lineFeeds: [Int] = []
  /// The first line feed at or after the last offset asked for.
  private var next = 0
  private var line = 1
  private var lineStart = 0

  /// Starts the first line at an offset, after a byte order mark.
  mutating func begin(at offset: Int) {
    lineStart = offset
  }

  /// Notes the line feeds of bytes that begin at `offset`.
  mutating func append(_ bytes: Span<UInt8>, at offset: Int) {
    lineFeeds.removeSubrange(..<next)
    next = 0
    unsafe bytes.withUnsafeBytes { raw in
      guard let base = raw.baseAddress else { return }
      var start = 0
      while start < raw.count,
        let found = unsafe memchr(base + start, 0x0A, raw.count - start)
      {
        let index = unsafe UnsafeRawPointer(found) - base
        lineFeeds.append(offset + index)
        start = index + 1
      }
    }
  }

  /// Goes on to an offset, so that what lies before it can be forgotten.
  mutating func advance(to offset: Int) {
    while next < lineFeeds.count, lineFeeds[next] < offset {
      line += 1
      lineStart = lineFeeds[next] + 1
      next += 1
    }
  }

  /// The place of an offset that is not before the line of the last one asked for.
  @inline(__always)
  mutating func place(_ offset: Int) -> XMLPlace {
    advance(to: offset)
    return XMLPlace(
      line: UInt32(truncatingIfNeeded: line),
      column: UInt32(truncatingIfNeeded: max(offset - lineStart, 0) + 1),
      byteOffset: UInt64(truncatingIfNeeded: max(offset, 0)))
  }
}
