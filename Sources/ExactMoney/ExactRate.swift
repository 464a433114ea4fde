/// An exact factor: a rate of a plan, a tax, or an exchange rate, in 10⁻¹⁴ parts.
///
/// Fourteen decimals hold a percentage as written, with 12 decimals of its own, without loss.
@usableFromInline
package struct ExactRate: Hashable, Comparable, Sendable {
  /// How many decimals a part stands for.
  package static let scale = 14
  @inlinable package static var zero: ExactRate { ExactRate(parts: 0) }
  package static let one = ExactRate(parts: 100_000_000_000_000)

  /// The factor in 10⁻¹⁴ parts.
  @usableFromInline package let parts: Int128

  @inlinable
  package init(parts: Int128) {
    self.parts = parts
  }

  @inlinable
  package static func < (left: ExactRate, right: ExactRate) -> Bool {
    left.parts < right.parts
  }

  /// Whether this rate lies between 0 and 100%, both included.
  package var isShare: Bool { parts >= 0 && parts <= ExactRate.one.parts }
}
