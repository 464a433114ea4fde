/// Where the text of one value stands in a batch.
@usableFromInline
package struct ValueText: Hashable, Sendable {
  /// Its first byte.
  @usableFromInline package var start: UInt32
  /// One past its last byte.
  @usableFromInline package var end: UInt32
  /// Where it begins as it was written, at its quote if it has one (CSV only).
  @usableFromInline package var rawStart: UInt32
  /// What the reader noticed about it.
  @usableFromInline package var flags: ValueFlags

  /// Makes a text; by default an empty one without a place.
  @inlinable
  package init(
    start: UInt32 = 0, end: UInt32 = 0, rawStart: UInt32 = 0,
    flags: ValueFlags = ValueFlags(rawValue: 0)
  ) {
    self.start = start
    self.end = end
    self.rawStart = rawStart
    self.flags = flags
  }

  /// Bytes of the text.
  @inlinable package var count: Int { Int(end) &- Int(start) }
}

/// Where a value of an XML feed stands; a ``Place`` of half the size.
package struct ValuePlace: Hashable, Sendable {
  /// Counts from 1; 0 where the element is missing.
  package var line: UInt32
  /// Counts from 1, in bytes; 0 where it is not known, and the offset with it.
  package var column: UInt32
  /// Counts from 0 in the decompressed feed.
  package var byteOffset: UInt64

  /// Makes a place; by default that of a missing element.
  package init(line: UInt32 = 0, column: UInt32 = 0, byteOffset: UInt64 = 0) {
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }

  /// The same place for findings.
  package var place: Place {
    Place(
      line: Int(line), column: Int(column), byteOffset: column == 0 ? nil : Int(byteOffset))
  }
}
