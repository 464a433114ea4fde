/// Turns offsets in converted text into offsets in the document.
///
/// It knows the runs of text that the parser has not left behind.
struct XMLSourceMap {
  private struct Segment {
    /// Of its first byte in the text, and in the document.
    var text: Int
    var source: Int
    var run: XMLRun
  }

  private var segments: [Segment] = []
  /// The segment of the last offset asked for; the next one is near it.
  private var cursor = 0
  private var textEnd = 0
  private var sourceEnd: Int

  /// - Parameter start: Where the text begins in the document, behind a byte order mark.
  init(start: Int) {
    sourceEnd = start
  }

  /// Adds what follows.
  mutating func append(_ run: XMLRun) {
    defer {
      textEnd += run.units * run.count
      sourceEnd += run.width * run.count
    }
    if let last = segments.last?.run, last.units == run.units, last.width == run.width {
      segments[segments.count - 1].run.count += run.count
    } else {
      segments.append(Segment(text: textEnd, source: sourceEnd, run: run))
    }
  }

  /// Forgets what ends at an offset of the text or before it.
  mutating func forget(before offset: Int) {
    let first = segments.firstIndex { $0.text + $0.run.units * $0.run.count > offset }
    segments.removeSubrange(..<(first ?? segments.count))
    cursor = 0
  }

  /// The offset in the document of a character of the text.
  mutating func source(of offset: Int) -> Int {
    guard offset < textEnd, !segments.isEmpty else { return sourceEnd }
    while cursor + 1 < segments.count, segments[cursor + 1].text <= offset { cursor += 1 }
    while cursor > 0, segments[cursor].text > offset { cursor -= 1 }
    let segment = segments[cursor]
    let characters = max(offset - segment.text, 0) / segment.run.units
    return segment.source + characters * segment.run.width
  }
}
