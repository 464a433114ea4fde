import Documents

/// The texts of a language, escaped once.
struct HTMLWords {
  let texts: StatementTexts
  let format: StatementFormat
  /// By ``StatementWord/rawValue``.
  private let escaped: [[UInt8]]

  init(_ texts: StatementTexts) {
    self.texts = texts
    format = StatementFormat(texts.language)
    escaped = StatementWord.allCases.map { word in
      var writer = HTMLWriter()
      writer.text(texts.text(word))
      return writer.bytes
    }
  }

  /// A text without slots.
  subscript(word: StatementWord) -> [UInt8] { escaped[word.rawValue] }
}
