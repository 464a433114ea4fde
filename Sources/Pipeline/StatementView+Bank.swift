import Banking
import Domain
import Ledger

extension StatementView {
  /// Takes over what banks have said since the close.
  mutating func take(_ stories: [LedgerPaymentStory]) {
    for index in balances.indices {
      let story = stories.first { $0.payment.paymentId == balances[index].paymentId }
      if let standing = story?.standing { balances[index].status = standing.status.rawValue }
    }
  }
}
