/// How values are separated and quoted; both marks are ASCII and neither is a line ending.
package struct CSVDialect: Hashable, Sendable {
  /// The byte between two values.
  package var delimiter: UInt8
  /// The byte around values that hold a delimiter, a quote or a line ending; nil where nothing
  /// is quoted.
  package var quote: UInt8?

  /// Makes a dialect, by default that of RFC 4180.
  package init(delimiter: UInt8 = 0x2C, quote: UInt8? = 0x22) {
    self.delimiter = delimiter
    self.quote = quote
  }
}
