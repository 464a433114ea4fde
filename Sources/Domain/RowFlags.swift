/// What a reader noticed about one value.
@usableFromInline
package struct ValueFlags: OptionSet, Hashable, Sendable {
  @usableFromInline package let rawValue: UInt8

  @inlinable
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// A quote in the wrong place.
  @inlinable package static var misplacedQuote: ValueFlags { ValueFlags(rawValue: 1) }
  /// A carriage return without a line feed.
  @inlinable package static var loneCarriageReturn: ValueFlags { ValueFlags(rawValue: 2) }
  /// It is not written as the profile says, and the text is as it came.
  @inlinable package static var otherwiseWritten: ValueFlags { ValueFlags(rawValue: 4) }
  /// The column that says the sign of an amount says neither.
  @inlinable package static var unknownSign: ValueFlags { ValueFlags(rawValue: 8) }
}

/// What is true of one row of a batch.
@usableFromInline
package struct RowFlags: OptionSet, Hashable, Sendable {
  @usableFromInline package let rawValue: UInt8

  @inlinable
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The row's shape is wrong: R212, and nothing else can be said of it.
  @inlinable package static var malformed: RowFlags { RowFlags(rawValue: 1) }
  /// An error finding was made.
  @inlinable package static var rejected: RowFlags { RowFlags(rawValue: 2) }
  /// The amount and the currency could be read.
  @inlinable package static var amountReadable: RowFlags { RowFlags(rawValue: 4) }
  @inlinable package static var hasEarningRate: RowFlags { RowFlags(rawValue: 8) }
  @inlinable package static var hasEarningAmount: RowFlags { RowFlags(rawValue: 16) }
  /// A negative row that names the earning it takes back.
  @inlinable package static var follows: RowFlags { RowFlags(rawValue: 32) }
  /// A value may be long, or hold a control character, a line break or something that a reader
  /// noticed; only then are the texts looked at one by one.
  @inlinable package static var suspicious: RowFlags { RowFlags(rawValue: 64) }
  /// It is not looked at: others of the feed are read again.
  @inlinable package static var passedOver: RowFlags { RowFlags(rawValue: 128) }
}
