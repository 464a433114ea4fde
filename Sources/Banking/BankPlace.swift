/// Where something stands in a file of a bank.
package struct BankPlace: Hashable, Sendable {
  /// Counts from 1.
  package var line: Int
  /// Counts from 1, in bytes; nil where the file is not in UTF-8.
  package var column: Int?
  /// Counts from 0; nil where the file is not in UTF-8.
  package var byteOffset: Int?

  package init(line: Int, column: Int? = nil, byteOffset: Int? = nil) {
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }
}
