/// Why a document cannot be read on.
package struct XMLFault: Error, Hashable, Sendable {
  /// What it is.
  package enum Kind: Hashable, Sendable {
    /// The rules of XML are broken, or the encoding is one that nobody here can read.
    case notWellFormed(String)
    /// There is a DOCTYPE, whatever it holds.
    case doctype
    /// The root element is not closed, or there is nothing at all (white space and comments do
    /// not count).
    case endsInTheMiddle
    /// Bytes that mean nothing in the encoding of the document.
    case invalidEncoding
    /// The document asks for more than it may.
    case limit(XMLLimits.Exceeded)
  }

  /// What it is.
  package let kind: Kind
  /// Counts from 1.
  package let line: Int
  /// Counts from 1, in bytes of the document.
  package let column: Int
  /// Counts from 0, a byte order mark included.
  package let byteOffset: Int

  init(_ kind: Kind, at place: XMLPlace) {
    self.kind = kind
    line = Int(place.line)
    column = Int(place.column)
    byteOffset = Int(place.byteOffset)
  }
}
