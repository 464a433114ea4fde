/// The reasons for which an earning is ineligible, as a set; empty = eligible.
@usableFromInline
package struct IneligibilityReasons: OptionSet, Hashable, Sendable {
  @usableFromInline package let rawValue: UInt8

  @inlinable
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let agreement = IneligibilityReasons(rawValue: 1)
  package static let competency = IneligibilityReasons(rawValue: 2)
  package static let enrollment = IneligibilityReasons(rawValue: 4)
  package static let profiles = IneligibilityReasons(rawValue: 8)
  package static let payableFrom = IneligibilityReasons(rawValue: 16)

  /// The codes, ascending.
  package var codes: [FindingCode] {
    let all: [FindingCode] = [.E301, .E302, .E303, .E304, .E305]
    return all.enumerated().filter { rawValue & (1 << UInt8($0.offset)) != 0 }.map(\.element)
  }
}
