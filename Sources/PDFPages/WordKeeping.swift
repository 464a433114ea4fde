/// Finds what is not to be broken although Unicode would allow it: Korean breaks between words, like
/// Latin does, where there is room for that.
enum WordKeeping {
  /// Longer ones may be wider than a column.
  private static let syllablesMax = 8
  private static let bytesPerSyllable = 3

  /// The Hangul parts of words, as ranges of UTF-8.
  static func words(of text: String) -> [Range<Int>] {
    // Texts without Hangul, the most, are looked at byte by byte and no further.
    guard text.utf8.contains(where: { (0xEA...0xED).contains($0) }) else { return [] }
    var words: [Range<Int>] = []
    var start: Int?
    var place = 0
    for scalar in text.unicodeScalars {
      let isSyllable = (0xAC00...0xD7A3).contains(scalar.value)
      if isSyllable, start == nil { start = place }
      if !isSyllable, let begun = start {
        add(begun..<place, to: &words)
        start = nil
      }
      place += UTF8.width(scalar)
    }
    if let begun = start { add(begun..<place, to: &words) }
    return words
  }

  private static func add(_ word: Range<Int>, to words: inout [Range<Int>]) {
    if (2...syllablesMax).contains(word.count / bytesPerSyllable) { words.append(word) }
  }
}
