import Glibc

/// Where something stands in a document.
struct XMLPlace {
  var line: UInt32
  /// In bytes of the document.
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
  /// Where the characters are in the document; nil if the text is that of the document.
  private var map: XMLSourceMap?
  /// Where the line begins in the document, if the text was converted.
  private var lineSource = 0

  /// Starts the first line at an offset, after a byte order mark.
  mutating func begin(at offset: Int) {
    lineStart = offset
  }

  /// Tells that the text was converted, and where in the document it begins.
  mutating func expectConverted(from start: Int) {
    map = XMLSourceMap(start: start)
    lineSource = start
  }

  /// Notes what converted text took in the document, before it is appended.
  mutating func note(_ runs: [XMLRun]) {
    for run in runs { map?.append(run) }
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
  @inline(__always)
  mutating func advance(to offset: Int) {
    let start = lineStart
    while next < lineFeeds.count, lineFeeds[next] < offset {
      line += 1
      lineStart = lineFeeds[next] + 1
      next += 1
    }
    if lineStart != start, let source = map?.source(of: lineStart) { lineSource = source }
  }

  /// Forgets what no place is asked for any more.
  mutating func forget(before offset: Int) {
    advance(to: offset)
    map?.forget(before: offset)
  }

  /// The place of an offset that is not before the line of the last one asked for.
  @inline(__always)
  mutating func place(_ offset: Int) -> XMLPlace {
    advance(to: offset)
    guard map == nil else { return sourcePlace(offset) }
    return XMLPlace(
      line: UInt32(truncatingIfNeeded: line),
      column: UInt32(truncatingIfNeeded: max(offset - lineStart, 0) + 1),
      byteOffset: UInt64(truncatingIfNeeded: max(offset, 0)))
  }

  private mutating func sourcePlace(_ offset: Int) -> XMLPlace {
    let source = map?.source(of: offset) ?? offset
    return XMLPlace(
      line: UInt32(truncatingIfNeeded: line),
      column: UInt32(truncatingIfNeeded: source - lineSource + 1),
      byteOffset: UInt64(truncatingIfNeeded: source))
  }
}
