import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// Tells why a partner is paid what it is paid in a period, balance by balance.
struct ExplainPartner {
  let drawn: ExplainedPartner

  /// - Throws: ``RunFailure`` with code 65 if a sum does not hold; ``MoneyError``.
  func meaning() throws -> Explanation.Meaning {
    let partner = drawn.registry.partners[drawn.partner]
    let state = drawn.isFinal ? "closed" : "open: a draft, as of \(drawn.asOf.text)"
    var meaning = Explanation.Meaning(
      .partner,
      "Partner \(SafeText.shown(partner.participantId, bytesMax: 200)):"
        + " \(SafeText.shown(partner.name, bytesMax: 200))",
      period: drawn.period.text)
    var section = Explanation.Section(
      "partner", "Partner in \(drawn.period.text), which is \(state)")
    section.facts = [
      .init("role", "role", partner.role.rawValue),
      .init("country", "country", partner.country),
      .init("status", "status", partner.status.rawValue),
      .init("rounding", "rounding", drawn.workspace.configuration.rounding.rawValue),
    ]
    if let from = partner.payableFrom {
      section.facts.append(.init("payableFrom", "payable from", from.text))
    }
    if drawn.settlements.isEmpty {
      section.facts.append(.init("none", "balances", "none: no lines, and all are zero"))
    }
    meaning.sections = [section]
    for settlement in drawn.settlements {
      meaning.sections += try ExplainBalance(drawn: drawn, settlement: settlement).sections()
      if let unpaid = unpaid(settlement) { meaning.sections.append(unpaid) }
    }
    return meaning
  }

  /// What is on the statement and not in the balance.
  private func unpaid(_ settlement: Settlement) -> Explanation.Section? {
    let capped = settlement.lines.filter { !$0.capped.isZero }
    guard !capped.isEmpty || !settlement.ineligible.isEmpty else { return nil }
    var section = Explanation.Section("unpaid", "Not in the balance")
    section.program = drawn.plans[settlement.program].program
    section.currency = settlement.currency.code
    section.facts = capped.map { line in
      .init(
        "capped", id(line), "\(line.capped.text(decimals: 6)) \(line.earnedCurrency.code)",
        note: "the cap took it")
    }
    section.facts += settlement.ineligible.map { line in
      let currency = line.record.currency
      let codes = line.record.reasons.codes.map(\.rawValue).joined(separator: " ")
      return .init(
        "ineligible", id(line),
        "\(line.record.amount.text(decimals: currency.minorDigits)) \(currency.code)",
        note: "transaction of \(line.record.day.text), ineligible: \(codes)")
    }
    return section
  }

  private func id(_ line: EarningLine) -> String {
    let id = drawn.page.text(.earningId, of: line.record, at: line.offset)
    return SafeText.shown(id, bytesMax: 200)
  }
}
