/// The reasons for which a payment is withheld, as a set; empty = no hold.
package struct HoldReasons: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static let partnerStatus = HoldReasons(rawValue: 1)
  package static let enrollment = HoldReasons(rawValue: 2)
  package static let taxProfile = HoldReasons(rawValue: 4)
  package static let paymentProfile = HoldReasons(rawValue: 8)
  package static let profileHold = HoldReasons(rawValue: 16)
  package static let threshold = HoldReasons(rawValue: 32)
  package static let negativeBalance = HoldReasons(rawValue: 64)
  package static let exchangeRate = HoldReasons(rawValue: 128)
  package static let bankReturn = HoldReasons(rawValue: 256)

  /// How many reasons there are.
  package static let count = 9

  /// The codes, ascending.
  package var codes: [FindingCode] {
    let all: [FindingCode] = [.H501, .H502, .H503, .H504, .H505, .H506, .H507, .H508, .H509]
    return all.enumerated().filter { rawValue & (1 << UInt16($0.offset)) != 0 }.map(\.element)
  }
}
