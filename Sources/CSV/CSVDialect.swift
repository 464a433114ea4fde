/// How values are separated and quoted.
package struct CSVDialect: Hashable, Sendable {
  package var delimiter: UInt8
  /// Nil where nothing is quoted.
  package var quote: UInt8?

  package init(delimiter: UInt8 = 0x2C, quote: UInt8? = 0x22) {
    self.delimiter = delimiter
    self.quote = quote
  }
}
