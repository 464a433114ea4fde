/// What the scanner noticed about a value.
@usableFromInline
package struct CSVFieldFlags: OptionSet, Hashable, Sendable {
  /// One bit per flag.
  @usableFromInline package let rawValue: UInt8

  /// Makes a set from its bits.
  @inlinable
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The range is what stands between two quotes.
  @inlinable package static var quoted: CSVFieldFlags { CSVFieldFlags(rawValue: 1) }
  /// The value must be unescaped before use.
  @inlinable package static var hasDoubledQuote: CSVFieldFlags { CSVFieldFlags(rawValue: 2) }
  /// A quote inside an unquoted value, or text after a closing quote; the range is the raw value.
  @inlinable package static var misplacedQuote: CSVFieldFlags { CSVFieldFlags(rawValue: 4) }
  /// A carriage return that no line feed follows, anywhere in the value.
  @inlinable package static var loneCarriageReturn: CSVFieldFlags { CSVFieldFlags(rawValue: 8) }
}
