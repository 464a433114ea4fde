/// A tag of a template, as far as it can be told from its beginning.
struct TemplateTag {
  enum Kind {
    case value
    /// A section begins, and one ends.
    case opening, closing
    /// A partial template or a block.
    case partial
    /// Other characters are to begin and end tags from here on.
    case delimiters
  }

  var kind: Kind
  /// Where its braces begin.
  var place: String.Index

  /// All of a text, in order.
  static func all(in text: String) -> [TemplateTag] {
    let braces = "{{"
    var tags: [TemplateTag] = []
    var rest = text[...]
    while let open = rest.firstRange(of: braces) {
      let mark = text[open.upperBound...].first { !$0.isWhitespace }
      tags.append(TemplateTag(kind: kind(mark), place: open.lowerBound))
      // A third brace may be the one that counts.
      rest = text[text.index(after: open.lowerBound)...]
    }
    return tags
  }

  private static func kind(_ mark: Character?) -> Kind {
    switch mark {
    case "#", "^": .opening
    case "/": .closing
    case ">", "<", "$": .partial
    case "=": .delimiters
    default: .value
    }
  }
}
