import Domain

/// The bytes of a file by lines, so that a finding can show the line it is about.
struct SourceText {
  /// Bytes shown before and after the place; together with a mark they fit a terminal's width.
  private static let bytesBefore = 60
  private static let bytesAfter = 60

  private let bytes: [UInt8]
  /// Where each line begins; found when the first line is asked for.
  private var lineStarts: [Int] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The line with the place in it, or nil where there is no such place.
  ///
  /// - Parameters:
  ///   - line: Counts from 1.
  ///   - column: Counts from 1, in bytes, after a byte order mark.
  mutating func excerpt(line: Int, column: Int) -> Finding.Excerpt? {
    guard let range = range(ofLine: line) else { return nil }
    let target = min(range.lowerBound + max(column, 1) - 1, range.upperBound)
    var first = max(range.lowerBound, target - SourceText.bytesBefore)
    while first < target, isContinuation(first) { first += 1 }
    var last = min(range.upperBound, target + SourceText.bytesAfter)
    while last > target, last < range.upperBound, isContinuation(last) { last -= 1 }
    let before = (first > range.lowerBound ? "…" : "") + text(first..<target)
    let after = text(target..<last) + (last < range.upperBound ? "…" : "")
    return Finding.Excerpt(text: before + after, caret: before.count)
  }

  /// The text of a line, without its line break.
  mutating func text(ofLine line: Int) -> String? {
    range(ofLine: line).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// How many lines there are.
  mutating func lineCount() -> Int {
    findLines()
    return lineStarts.count
  }

  private mutating func range(ofLine line: Int) -> Range<Int>? {
    findLines()
    guard line >= 1, line <= lineStarts.count else { return nil }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  private mutating func findLines() {
    guard lineStarts.isEmpty else { return }
    lineStarts.append(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    for position in bytes.indices where bytes[position] == 0x0A {
      lineStarts.append(position + 1)
    }
  }

  private func isContinuation(_ position: Int) -> Bool {
    bytes[position] & 0xC0 == 0x80
  }

  private func text(_ range: Range<Int>) -> String {
    SafeText.escaped(String(decoding: bytes[range], as: UTF8.self))
  }
}
