/// A 128-bit digest of an id or a content, for tables of many.
@usableFromInline
package struct Hash128: Hashable, Comparable, Sendable, BitwiseCopyable {
  @usableFromInline package let high: UInt64
  @usableFromInline package let low: UInt64

  @inlinable
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  @inlinable
  package static func < (left: Hash128, right: Hash128) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}
