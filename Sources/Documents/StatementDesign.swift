/// How a workspace wants its statements to look and to speak.
package struct StatementDesign: Sendable {
  /// A picture that stands on top of statements.
  package struct Logo: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
      case png, jpeg, svg

      package var mediaType: String {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .svg: "image/svg+xml"
        }
      }
    }

    package var kind: Kind
    package var bytes: [UInt8]

    package init(kind: Kind, bytes: [UInt8]) {
      self.kind = kind
      self.bytes = bytes
    }
  }

  /// A colour as `#1f5fa8`.
  package struct Colour: Hashable, Sendable {
    package let text: String

    /// - Returns: Nil unless the text is `#` and six hex digits.
    package init?(_ text: String) {
      let digits = text.utf8.dropFirst()
      guard text.utf8.first == 0x23, digits.count == 6,
        digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) })
      else { return nil }
      self.text = text.lowercased()
    }
  }

  /// The texts of all languages.
  package private(set) var texts: [StatementLanguage: StatementTexts]
  package var logo: Logo?
  /// Of the line on top, of bars in charts and of the focus; nothing is written in it. Nil = the
  /// program's own.
  package var accent: Colour?
  /// The same on a dark ground.
  package var accentDark: Colour?
  /// The workspace's own page; nil = the program's.
  package var template: String?
  /// Style rules of the workspace, behind those of the program.
  package var style = ""

  package init() {
    texts = Dictionary(
      uniqueKeysWithValues: StatementLanguage.allCases.map { ($0, StatementTexts($0)) })
  }

  package func texts(in language: StatementLanguage) -> StatementTexts {
    texts[language] ?? StatementTexts(language)
  }

  /// Puts another text into the place of a word's own.
  package mutating func replace(
    _ word: StatementWord, in language: StatementLanguage, by phrase: StatementPhrase
  ) {
    texts[language]?.replace(word, by: phrase)
  }
}
