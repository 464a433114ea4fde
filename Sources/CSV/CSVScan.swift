/// How far a scan came.
package struct CSVScan: Hashable, Sendable {
  /// Where the first record that is not in the index begins.
  package var consumed: Int
  /// Line feeds before that place.
  package var linesConsumed: Int
  /// Where the quote stands that the end of the file leaves open; nil unless the scan was the last.
  package var openQuote: Int?

  /// Makes the answer of a scan.
  package init(consumed: Int, linesConsumed: Int, openQuote: Int?) {
    self.consumed = consumed
    self.linesConsumed = linesConsumed
    self.openQuote = openQuote
  }
}
