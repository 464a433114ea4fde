/// What the scanner noticed about a value.
package struct CSVFieldFlags: OptionSet, Hashable, Sendable {
  /// One bit per flag.
  package let rawValue: UInt8

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

  // What the set algebra brings as well; written out, since the generic form of it would be called
  // through tables from other rooms, for every row.

  /// Whether all of `flags` are in it.
  @inlinable
  package func contains(_ flags: CSVFieldFlags) -> Bool {
    rawValue & flags.rawValue == flags.rawValue
  }

  /// Whether there are none.
  @inlinable
  package var isEmpty: Bool { rawValue == 0 }

  /// Adds `flags`.
  @inlinable
  package mutating func insert(_ flags: CSVFieldFlags) {
    self = CSVFieldFlags(rawValue: rawValue | flags.rawValue)
  }
}
