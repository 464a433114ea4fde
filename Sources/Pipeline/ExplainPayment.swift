import Banking
import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// Tells what a payment settles.
struct ExplainPayment {
  let open: ExplainWorkspace
  let paymentId: String
  let asOf: Day?

  /// - Returns: Nil if there is no such payment, issued or to come.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func meaning() throws -> Explanation.Meaning? {
    if let story = try open.ledger.story(of: paymentId) {
      let payment = story.payment
      var meaning = try meaning(
        payment.balance.participantId, payment.period, standing: story.standing)
      let told = [issued(payment)] + (try ExplainBank(open: open, story: story).sections())
      meaning?.sections.insert(contentsOf: told, at: 0)
      return meaning
    }
    guard let participantId = try upcoming() else { return nil }
    return try meaning(participantId, try open.openPeriod())
  }

  private func issued(_ payment: LedgerPayment) -> Explanation.Section {
    var section = Explanation.Section("issued", "As issued, by the ledger")
    section.facts = [
      .init(
        "amount", "amount", "\(payment.amount.text) \(payment.amount.currency.code)",
        note: "to \(SafeText.shown(payment.balance.participantId, bytesMax: 200))"),
      .init("period", "period", payment.period.text, note: "issued by its close"),
      .init("attempt", "attempt", String(payment.attempt)),
      .init("program", "program", payment.balance.program),
    ]
    return section
  }

  private func meaning(
    _ participantId: String, _ period: Period, standing: PaymentStanding? = nil
  ) throws -> Explanation.Meaning? {
    guard let drawn = try ExplainedPartner.draw(participantId, in: period, asOf: asOf, open),
      let settlement = drawn.settlements.first(where: { $0.paymentId == paymentId })
    else { return nil }
    let state = drawn.isFinal ? "issued" : "to come, in a draft"
    return Explanation.Meaning(
      .payment, "Payment \(paymentId) to \(SafeText.shown(participantId, bytesMax: 200)), \(state)",
      period: period.text,
      sections: try ExplainBalance(drawn: drawn, settlement: settlement, standing: standing)
        .sections())
  }

  /// The partner to whom the open period would pay it: ids are derived, so that they can be
  /// compared without drawing anything.
  private func upcoming() throws -> String? {
    guard paymentId.hasPrefix("PAY-") else { return nil }
    let workspace = open.workspace
    let period = try open.openPeriod()
    let payer = workspace.configuration.payer.identity
    for (number, partner) in workspace.registry.partners.enumerated() {
      for (program, plan) in workspace.plans.plans.enumerated() {
        let profile = workspace.registry.paymentProfile(partner: number, program: program)
        let currency = profile?.currency ?? plan.currency
        let id = PaymentIdentity.id(
          payer: payer, participantId: partner.participantId, program: plan.program,
          currency: currency, period: period)
        if id == paymentId { return partner.participantId }
      }
    }
    return nil
  }
}
