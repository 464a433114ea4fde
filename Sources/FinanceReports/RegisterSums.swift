package import Domain
package import ExactMoney

/// The register added up, by currency.
package struct RegisterSums: Sendable {
  /// All balances in one currency.
  package struct Sum: Sendable {
    package fileprivate(set) var balances = 0
    package fileprivate(set) var payments = 0
    package fileprivate(set) var holds = 0
    /// In the order of ``Settlement/amountNames``.
    package fileprivate(set) var amounts: [Money]
    /// The closings of what is held.
    package fileprivate(set) var held: Money
    /// What all amounts would come to if none were negative, in minor units.
    package fileprivate(set) var magnitude: UInt128 = 0

    /// - Precondition: `name` is one of ``Settlement/amountNames``.
    package func amount(_ name: String) -> Money {
      amounts[Settlement.amountNames.firstIndex(of: name) ?? 0]
    }
  }

  private var sums: [Currency: Sum] = [:]

  package init() {}

  /// Adds a row of the register.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package mutating func add(_ settlement: Settlement) throws(MoneyError) {
    let zero = Money.zero(settlement.currency)
    let amounts = settlement.amounts
    var sum =
      sums[settlement.currency]
      ?? Sum(amounts: amounts.map { _ in zero }, held: zero)
    sum.balances += 1
    if !settlement.paymentId.isEmpty { sum.payments += 1 }
    if settlement.status == .onHold {
      sum.holds += 1
      sum.held = try sum.held.plus(settlement.closing)
    }
    for (position, money) in amounts.enumerated() where !money.isZero {
      sum.amounts[position] = try sum.amounts[position].plus(money)
      sum.magnitude = sum.magnitude &+ money.minorUnits.magnitude
    }
    sums[settlement.currency] = sum
  }

  /// By currency.
  package var all: [(currency: Currency, sum: Sum)] {
    sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  package subscript(currency: Currency) -> Sum? { sums[currency] }

  package var balances: Int { sums.values.reduce(0) { $0 + $1.balances } }
  package var payments: Int { sums.values.reduce(0) { $0 + $1.payments } }
  package var holds: Int { sums.values.reduce(0) { $0 + $1.holds } }
}

extension RegisterSums {
  /// Sums of the register that must come to nothing, by what they say.
  package static let equations: [(text: String, added: [String], taken: [String])] = [
    (
      "opening + earned + adjustments − gross − closing",
      ["opening", "earned", "adjustments"], ["gross", "closing"]
    ),
    (
      "gross + salesTax − withheldTax − totalPayment",
      ["gross", "salesTax"], ["withheldTax", "totalPayment"]
    ),
    ("coopOpening + coop − coopClosing", ["coopOpening", "coop"], ["coopClosing"]),
  ]

  /// What an equation comes to.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package static func difference(
    _ sum: Sum, added: [String], taken: [String]
  ) throws(MoneyError) -> Money {
    var result = Money.zero(sum.held.currency)
    for name in added { result = try result.plus(sum.amount(name)) }
    for name in taken { result = try result.minus(sum.amount(name)) }
    return result
  }
}
