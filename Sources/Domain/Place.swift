/// A place in a feed.
package struct Place: Hashable, Sendable {
  /// Counts from 1.
  package var line: Int
  /// Counts from 1, in bytes; 0 where it is not known.
  package var column: Int
  /// Counts from 0 in the decompressed feed; nil where it is not known.
  package var byteOffset: Int?

  package init(line: Int, column: Int, byteOffset: Int?) {
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }
}
