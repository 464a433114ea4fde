/// Why a document cannot be read on.
package struct XMLFault: Error, Hashable, Sendable {
  /// What it is.
  package enum Kind: Hashable, Sendable {
    case notWellFormed(String)
    case doctype
    /// The root element is not closed, or there is nothing at all.
    case endsInTheMiddle
    case invalidEncoding
    case limit(String)
  }

  package let kind: Kind
  /// Counts from 1.
  package let line: Int
  /// Counts from 1, in bytes; nil where the document had to be converted.
  package let column: Int?
  package let byteOffset: Int?
}

/// How much a document may ask for.
package struct XMLLimits: Hashable, Sendable {
  /// Elements inside each other.
  package var depth: Int
  /// Bytes of one text or attribute.
  package var value: Int
  /// Attributes of one element.
  package var attributes: Int
  /// Bytes of one start tag.
  package var tag: Int

  package init(depth: Int, value: Int, attributes: Int = 64, tag: Int = 1 << 17) {
    self.depth = depth
    self.value = value
    self.attributes = attributes
    self.tag = tag
  }
}
