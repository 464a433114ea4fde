import Domain
import ExactMoney

/// A balance by the numbers of its names.
struct LedgerBalanceKey: Hashable {
  var partner: Int64
  var program: Int64
  var currency: Currency
}

/// The balances that a period opens with, each to be taken up by one settlement.
struct LedgerOpenings {
  private var left: [LedgerBalanceKey: LedgerBalance] = [:]

  /// - Throws: ``LedgerFault``.
  init(_ ledger: LedgerDatabase, before period: Period) throws(LedgerFault) {
    let partners = try LedgerNames.partners(ledger.database)
    let programs = try LedgerNames.programs(ledger.database)
    for balance in try ledger.balances(after: Period(number: period.number - 1)) {
      let key = LedgerBalanceKey(
        partner: try partners.number(balance.name.participantId),
        program: try programs.number(balance.name.program), currency: balance.name.currency)
      left[key] = balance
    }
  }

  /// Compares the opening of a settlement with the stored closing.
  ///
  /// - Throws: ``LedgerRefusal/opening(_:stored:coop:)``.
  mutating func take(
    _ key: LedgerBalanceKey, _ settlement: LedgerSettlement
  ) throws(LedgerFault) {
    let zero = Money.zero(key.currency)
    let stored = left.removeValue(forKey: key)
    let (closing, coop) = (stored?.closing ?? zero, stored?.coopClosing ?? zero)
    guard settlement.opening == closing, settlement.coopOpening == coop else {
      throw .refused(.opening(settlement.balance, stored: closing, coop: coop))
    }
  }

  /// - Throws: ``LedgerRefusal/leftOut(_:)`` for the first balance without a settlement.
  func requireNoneLeft() throws(LedgerFault) {
    let first = left.min { $0.key.sortKey < $1.key.sortKey }
    if let first { throw .refused(.leftOut(first.value.name)) }
  }
}

extension LedgerBalanceKey {
  fileprivate var sortKey: (Int64, Int64, UInt8) { (partner, program, currency.index) }
}
