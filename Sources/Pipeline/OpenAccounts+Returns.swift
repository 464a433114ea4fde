import Banking
import Domain
import ExactMoney
import Ledger
import Workspace

extension OpenAccounts {
  /// Enters the payments that came back, and which accounts no payment goes to any more.
  ///
  /// - Throws: ``RunFailure`` with code 78 where a partner or program is gone; what the ledger
  ///   throws.
  mutating func addReturns(_ session: PeriodSession) throws {
    for entry in try session.ledger.returns(in: session.period) {
      guard let key = OpenAccounts.key(entry.balance, session.workspace) else {
        throw RunFailure(
          .configuration, "a partner or program with a payment that came back is gone",
          findings: [OpenAccounts.gone(entry)])
      }
      var adjustment = Adjustment(
        adjustmentId: entry.paymentId, partner: key.partner, program: key.program,
        amount: try entry.gross.exact(), currency: entry.balance.currency,
        appliesTo: entry.period,
        reasonCode: OpenAccounts.reasonCode(entry))
      adjustment.isReturn = true
      add(adjustment, entry, key)
    }
    for (payment, event) in try session.ledger.failures(upTo: session.period) {
      guard ReturnReason(event.reason).holdsProfile,
        let key = OpenAccounts.key(payment.balance, session.workspace)
      else { continue }
      let registry = session.workspace.registry
      let now = PaymentDestination.digest(
        registry.partners[key.partner],
        registry.paymentProfile(partner: key.partner, program: key.program))
      if event.destination == now { hold(key) }
    }
  }

  private static func reasonCode(_ entry: LedgerReturn) -> String {
    // What a bank writes instead of a code is not repeated on a statement.
    let isCode =
      (1...4).contains(entry.reason.utf8.count)
      && entry.reason.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
      }
    return Adjustment.paymentReturned + (isCode ? " " + entry.reason : "")
  }

  private static func gone(_ entry: LedgerReturn) -> Finding {
    let id = SafeText.shown(entry.balance.participantId)
    return Finding(
      .X915, feed: "registry/partners.csv", field: "participantId", value: id,
      message: "payment \(entry.paymentId) to partner \(id) in"
        + " \(SafeText.shown(entry.balance.program)) came back, and one of the two is gone")
  }
}
