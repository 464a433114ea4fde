/// What a document is made of, in order, as flat columns that are reused.
///
/// An element without attributes and child elements is one `leaf` with all its text. Any other
/// element is `open`, its attributes, what is in it, `close`; text in it comes only where it is not
/// all white space. Comments and processing instructions do not come at all.
package struct XMLEvents: Sendable {
  /// What happened.
  package enum Kind: UInt8, Sendable {
    case open, close, leaf, text, attribute
  }

  package internal(set) var kinds: [Kind] = []
  /// Index into the names that the reader was given; -1 for another name or namespace.
  package internal(set) var names: [Int32] = []
  /// The text of a leaf, text or attribute, in `bytes`.
  package internal(set) var valueStart: [UInt32] = []
  package internal(set) var valueEnd: [UInt32] = []
  /// The local name in `bytes`, only where `names` is -1.
  package internal(set) var nameStart: [UInt32] = []
  package internal(set) var nameEnd: [UInt32] = []
  /// Counts from 1: of a leaf's or text's first byte, of the start tag otherwise.
  package internal(set) var line: [UInt32] = []
  /// Counts from 1, in bytes; 0 where the document had to be converted to UTF-8.
  package internal(set) var column: [UInt32] = []
  /// Counts from 0, byte order mark included; meaningless where `column` is 0.
  package internal(set) var byteOffset: [UInt64] = []
  /// UTF-8 of all values.
  package internal(set) var bytes: [UInt8] = []

  package init() {}

  mutating func removeAll() {
    kinds.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    valueStart.removeAll(keepingCapacity: true)
    valueEnd.removeAll(keepingCapacity: true)
    nameStart.removeAll(keepingCapacity: true)
    nameEnd.removeAll(keepingCapacity: true)
    line.removeAll(keepingCapacity: true)
    column.removeAll(keepingCapacity: true)
    byteOffset.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }
}
