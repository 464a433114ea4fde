import Domain
import ExactMoney

extension SettlementCalculator.Account {
  /// What moves into the payment currency: the balances in others, and those that were zero until a
  /// payment came back.
  func others(than currency: Currency, _ openings: [Opening]) -> [Opening] {
    var others = openings.filter { $0.currency != currency }
    for returned in returns.map(\.currency) where returned != currency {
      guard !others.contains(where: { $0.currency == returned }) else { continue }
      others.append(Opening(balance: .zero(returned), coop: .zero(returned)))
    }
    return others.sorted { $0.currency < $1.currency }
  }
}
