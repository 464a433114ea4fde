/// What is wrong with the structure of a table.
package struct CSVProblem: Hashable, Sendable {
  /// The kinds of structural faults.
  package enum Kind: Hashable, Sendable {
    /// A byte that is not UTF-8.
    case invalidUTF8
    /// A quote inside an unquoted value, or text after a closing quote.
    case misplacedQuote
    /// A quote that is never closed; nothing after it was read.
    case openQuote
    /// A carriage return that no line feed follows.
    case loneCarriageReturn
    /// A row with more or fewer values than the header.
    case fieldCount(expected: Int, found: Int)
    /// There is not even a header.
    case empty
  }

  /// What it is.
  package var kind: Kind
  /// Counts from 1.
  package var line: Int
  /// Counts from 1, in bytes; a byte order mark does not count.
  package var column: Int

  /// Makes a problem at a place.
  package init(kind: Kind, line: Int, column: Int) {
    self.kind = kind
    self.line = line
    self.column = column
  }
}
