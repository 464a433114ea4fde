/// What a document is made of, in order, as flat columns that are reused.
///
/// An element without attributes and child elements is one `leaf` with all its text. Any other
/// element is `open`, its attributes, what is in it, `close`; text in it comes only where it is not
/// all white space. Comments, processing instructions, namespace declarations and
/// hints where a schema is (`xsi:schemaLocation`) do not come.
package struct XMLEvents: Sendable {
  /// What happened.
  package enum Kind: UInt8, Sendable {
    case open, close, leaf, text, attribute
  }

  /// What happened, one entry per event; all other columns but `bytes` have as many.
  package internal(set) var kinds: [Kind] = []
  /// Index into the names that the reader was given; -1 for another name or namespace, and for
  /// text.
  package internal(set) var names: [Int32] = []
  /// The first byte of the text of a leaf, text or attribute, in `bytes`.
  package internal(set) var valueStart: [UInt32] = []
  /// One past the last byte of the text, in `bytes`.
  package internal(set) var valueEnd: [UInt32] = []
  /// The first byte of the local name in `bytes`, only where `names` is -1.
  package internal(set) var nameStart: [UInt32] = []
  /// One past the last byte of the local name in `bytes`; equals `nameStart` where it is known.
  package internal(set) var nameEnd: [UInt32] = []
  /// Counts from 1: of the first byte of a leaf's or text's value, of the `<` of the tag otherwise.
  package internal(set) var line: [UInt32] = []
  /// Counts from 1, in bytes of the document, a byte order mark left out.
  package internal(set) var column: [UInt32] = []
  /// Counts from 0, a byte order mark included.
  package internal(set) var byteOffset: [UInt64] = []
  /// UTF-8 of all values and unknown names.
  package internal(set) var bytes: [UInt8] = []

  /// Makes an empty batch.
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

  mutating func append(
    _ kind: Kind, _ name: XMLEventName, value: Range<Int>, at place: XMLPlace
  ) {
    kinds.append(kind)
    names.append(name.index)
    nameStart.append(name.start)
    nameEnd.append(name.end)
    valueStart.append(UInt32(truncatingIfNeeded: value.lowerBound))
    valueEnd.append(UInt32(truncatingIfNeeded: value.upperBound))
    line.append(place.line)
    column.append(place.column)
    byteOffset.append(place.byteOffset)
  }
}

/// The name of an event: an index, or a range of the batch's bytes.
struct XMLEventName {
  static let none = XMLEventName(index: -1, start: 0, end: 0)

  var index: Int32
  var start: UInt32
  var end: UInt32
}
