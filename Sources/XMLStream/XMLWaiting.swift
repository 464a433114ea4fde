import Glibc

/// Bytes at the end of a piece of text that the parser would misread without those that follow.
///
/// To the next reader: libxml2 takes `<!-->` for a comment that has its end, begins to read it, and
/// calls it unfinished where the text of the moment ends; in truth the comment goes on to the next
/// `-->`. So one that begins with `>` or `->` is given to it as a whole. A carriage return waits
/// for the line feed that may follow.
enum XMLWaiting {
  private static let opening = Array("<!--".utf8)
  private static let closing = Array("-->".utf8)

  /// How many bytes wait.
  ///
  /// - Parameter most: More than that never wait.
  static func count(_ text: Span<UInt8>, most: Int) -> Int {
    guard !text.isEmpty else { return 0 }
    var waiting = text[text.count - 1] == 0x0D ? 1 : 0
    if let start = unfinishedComment(text) { waiting = max(waiting, text.count - start) }
    return waiting > most ? 0 : waiting
  }

  /// Where a comment begins that the parser would misread.
  private static func unfinishedComment(_ text: Span<UInt8>) -> Int? {
    var position = 0
    while let start = find(opening, text, from: position) {
      position = start + opening.count
      guard isMisread(text, at: position) else { continue }
      guard let end = find(closing, text, from: position) else { return start }
      position = end
    }
    // The opening itself may be cut.
    let tail = max(position, text.count - opening.count + 1)
    return (tail..<text.count).first { start in
      (start..<text.count).allSatisfy { text[$0] == opening[$0 - start] }
    }
  }

  /// Whether a comment begins with `>` or `->`, or may do so.
  private static func isMisread(_ text: Span<UInt8>, at position: Int) -> Bool {
    guard position < text.count else { return true }
    guard text[position] == 0x2D else { return text[position] == 0x3E }
    return position + 1 >= text.count || text[position + 1] == 0x3E
  }

  private static func find(_ wanted: [UInt8], _ text: Span<UInt8>, from start: Int) -> Int? {
    // Both have a byte that texts seldom have: the rest is looked at where that one stands.
    let rare = wanted == opening ? 1 : 2
    var position = start + rare
    while let found = firstIndex(of: wanted[rare], text, from: position) {
      let begin = found - rare
      if begin + wanted.count <= text.count,
        wanted.indices.allSatisfy({ text[begin + $0] == wanted[$0] })
      {
        return begin
      }
      position = found + 1
    }
    return nil
  }

  private static func firstIndex(of byte: UInt8, _ text: Span<UInt8>, from start: Int) -> Int? {
    guard start < text.count else { return nil }
    return unsafe text.extracting(start..<text.count).withUnsafeBytes { raw in
      guard let base = raw.baseAddress,
        let found = unsafe memchr(base, Int32(byte), raw.count)
      else { return nil }
      return unsafe start + base.distance(to: UnsafeRawPointer(found))
    }
  }
}
