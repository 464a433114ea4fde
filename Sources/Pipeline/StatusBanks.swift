import Banking
import Domain
import ExactMoney
import Ledger

/// Where payments by bank transfer stand, once a file of a bank was reconciled.
struct StatusBanks {
  /// By currency and state; only those that there are.
  private(set) var banks: [StatusReport.Bank] = []

  /// - Throws: ``MoneyError``; what the ledger throws.
  init(_ ledger: Ledger) throws {
    guard try !ledger.bankFiles().isEmpty else { return }
    let stories = try ledger.stories().filter { $0.payment.paymentMethod == .bankTransfer }
    let byCurrency = Dictionary(grouping: stories, by: \.payment.amount.currency)
    for (currency, stories) in byCurrency.sorted(by: { $0.key < $1.key }) {
      for state in BankState.allCases {
        let own = stories.filter { $0.state == state }
        guard !own.isEmpty else { continue }
        var sum = Money.zero(currency)
        for story in own { sum = try sum.plus(story.payment.amount) }
        banks.append(
          StatusReport.Bank(
            currency: currency.code, state: state.rawValue, payments: own.count,
            amount: sum.text))
      }
    }
  }
}
