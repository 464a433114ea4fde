/// What the scanner noticed about a value.
package struct CSVFieldFlags: OptionSet, Hashable, Sendable {
  /// One bit per flag.
  package let rawValue: UInt8

  /// Makes a set from its bits.
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The range is what stands between two quotes.
  package static let quoted = CSVFieldFlags(rawValue: 1)
  /// The value must be unescaped before use.
  package static let hasDoubledQuote = CSVFieldFlags(rawValue: 2)
  /// A quote inside an unquoted value, or text after a closing quote; the range is the raw value.
  package static let misplacedQuote = CSVFieldFlags(rawValue: 4)
  /// A carriage return that no line feed follows, anywhere in the value.
  package static let loneCarriageReturn = CSVFieldFlags(rawValue: 8)
}
