import Domain
import ExactMoney
import FinanceReports
import Ledger

/// The balances of a register that are held, and for how many periods in a row each hold lasts.
struct HeldBalances {
  private struct Held {
    var closing: Money
    var ages: [FindingCode: Int]
  }

  private static let agesMax = 12

  private var balances: [LedgerBalanceName: Held] = [:]

  /// Takes a row of the register.
  mutating func add(_ settlement: Settlement, _ name: LedgerBalanceName) {
    guard settlement.status == .onHold else { return }
    let ages = Dictionary(uniqueKeysWithValues: settlement.holds.codes.map { ($0, 1) })
    balances[name] = Held(closing: settlement.closing, ages: ages)
  }

  /// All of them by reason.
  ///
  /// - Parameter period: The one of the register; the closes before it say how long.
  /// - Throws: ``MoneyError``; what the ledger throws.
  func table(_ ledger: Ledger, before period: Period) throws -> HoldTable {
    var balances = balances
    let earlier = ledger.closes.map(\.period).filter { $0 < period }.sorted(by: >)
    for (back, closed) in earlier.prefix(HeldBalances.agesMax - 1).enumerated() {
      var isLasting = false
      try ledger.forEachHold(of: closed) { name, holds in
        for code in holds.codes where balances[name]?.ages[code] == back + 1 {
          balances[name]?.ages[code] = back + 2
          isLasting = true
        }
      }
      if !isLasting { break }
    }
    var table = HoldTable()
    for held in balances.values {
      for (code, age) in held.ages { try table.add(code, held.closing, age: age) }
    }
    return table
  }
}
