/// How much a document may ask for; as much is allowed, more is not.
package struct XMLLimits: Hashable, Sendable {
  /// A limit that a document went beyond, with its value.
  package enum Exceeded: Hashable, Sendable, CustomStringConvertible {
    case depth(Int)
    case value(Int)
    case attributes(Int)
    case tag(Int)
    case comment(Int)

    /// In words, such as `more than 32 elements inside each other`.
    package var description: String {
      switch self {
      case .depth(let limit): "more than \(limit) elements inside each other"
      case .value(let limit): "a text or attribute of more than \(limit) bytes"
      case .attributes(let limit): "more than \(limit) attributes of one element"
      case .tag(let limit): "a start tag of more than \(limit) bytes"
      case .comment(let limit):
        "a comment or processing instruction of more than \(limit) bytes"
      }
    }
  }

  /// Elements inside each other.
  package var depth: Int
  /// Bytes of one text or attribute in UTF-8.
  package var value: Int
  /// Attributes and namespace declarations of one element.
  package var attributes: Int
  /// Bytes of one start tag in UTF-8: libxml2 compares each attribute with each other one before
  /// it lets anybody count them, which is noticeable from some ten thousand on.
  package var tag: Int
  /// Bytes of one comment or processing instruction in UTF-8, which libxml2 keeps as a whole.
  package var comment: Int

  /// Makes limits, which are generous where they are not given.
  package init(
    depth: Int, value: Int, attributes: Int = 64, tag: Int = 1 << 17, comment: Int = 1 << 20
  ) {
    self.depth = depth
    self.value = value
    self.attributes = attributes
    self.tag = tag
    self.comment = comment
  }
}
