import Calculation
import Domain
import ExactMoney

/// Tells what withholds a payment and what does not, gate by gate, with the figures.
///
/// The verdicts are those of the calculation; only what they looked at is put into words here.
struct ExplainGates {
  let drawn: ExplainedPartner
  let settlement: Settlement

  private var registry: Registry { drawn.registry }
  private var lastDay: Day { drawn.period.lastDay }
  private var available: String { "\(settlement.closing.text) \(settlement.currency.code)" }

  func section() -> Explanation.Section {
    var section = Explanation.Section("gates", "Gates, on \(lastDay.text)")
    guard !settlement.gross.isZero || !settlement.holds.isEmpty else {
      section.facts = [.init("none", "nothing is due", "no gate is asked")]
      return section
    }
    section.facts = [
      fact(.H501, .partnerStatus, status),
      fact(.H502, .enrollment, enrollments),
      fact(.H503, .taxProfile, taxProfile),
      fact(.H504, .paymentProfile, paymentProfile),
      fact(.H505, .profileHold, profileHold),
      fact(.H506, .threshold, threshold),
      fact(.H507, .negativeBalance, "available \(amount)"),
      fact(.H508, .exchangeRate, missingRates),
      fact(.H509, .bankReturn, bankReturn),
    ]
    return section
  }

  private func fact(
    _ code: FindingCode, _ reason: HoldReasons, _ figures: String
  ) -> Explanation.Fact {
    let holds = settlement.holds.contains(reason)
    return .init(
      code.rawValue, "\(code.rawValue) \(code.text.title)", holds ? "holds" : "passed",
      note: figures)
  }

  private var bankReturn: String {
    settlement.holds.contains(.bankReturn)
      ? "a payment came back, and the account is still the same"
      : "no payment came back from the account as it is now"
  }

  private var amount: String {
    let money = settlement.gross.isZero ? settlement.closing : settlement.gross
    return "\(money.text) \(money.currency.code)"
  }

  private var status: String {
    "the partner is \(registry.partners[settlement.partner].status.rawValue)"
  }

  private var enrollments: String {
    let rows = registry.enrollments[settlement.partner].filter {
      $0.program == settlement.program
    }
    guard !rows.isEmpty else { return "no enrollment in the program" }
    return rows.map { row in
      row.status.rawValue + (row.endsOn.map { " until \($0.text)" } ?? "")
    }.joined(separator: ", ")
  }

  private var taxProfile: String {
    let profile = registry.taxProfile(
      partner: settlement.partner, program: settlement.program)
    guard let profile else { return "no tax profile" }
    return profile.status.rawValue + (profile.expiresOn.map { ", expires \($0.text)" } ?? "")
  }

  private var paymentProfile: String {
    let profile = registry.paymentProfile(
      partner: settlement.partner, program: settlement.program)
    guard let profile else { return "no payment profile" }
    var parts = [profile.status.rawValue, profile.method.rawValue, profile.currency.code]
    guard profile.method == .bankTransfer else { return parts.joined(separator: ", ") }
    if profile.iban.isEmpty {
      parts.append(
        profile.accountNumber.isEmpty
          ? "no IBAN and no account" : "account …\(profile.accountNumber.suffix(4))")
    } else {
      parts.append("IBAN …\(profile.iban.suffix(4))")
      if !IBAN.hasValidCheckDigits(profile.iban) { parts.append("its check digits are wrong") }
    }
    return parts.joined(separator: ", ")
  }

  private var profileHold: String {
    let profile = registry.paymentProfile(
      partner: settlement.partner, program: settlement.program)
    return "hold in the payment profile: \(profile?.hold == true ? "yes" : "no")"
  }

  private var threshold: String {
    let digits = settlement.currency.minorDigits
    let plan = drawn.plans[settlement.program]
    switch drawn.trace.threshold(program: settlement.program, currency: settlement.currency) {
    case .own(let least)?:
      return "available \(amount), threshold \(least.text(decimals: digits))"
    case .converted(let least, let from, let rate)?:
      let own = from.text(decimals: plan.currency.minorDigits)
      return "available \(amount), threshold \(least.text(decimals: digits))"
        + " = round(\(own) \(plan.currency.code) × \(rate.text), \(digits))"
    case .missingRate?: return "no rate from \(plan.currency.code) for the threshold"
    case .some(.none): return "the plan has no threshold"
    case nil: return "available \(amount) is not above 0"
    }
  }

  private var missingRates: String {
    var pairs: [String] = []
    for line in settlement.lines where line.isWaiting {
      pairs.append("\(line.record.currency.code) of \(line.period.text)")
    }
    for subtotal in settlement.subtotals where subtotal.exchangeRate == nil {
      pairs.append("\(subtotal.earnedCurrency.code) to \(settlement.currency.code)")
    }
    for posted in settlement.adjustmentLines where posted.exchangeRate == nil {
      pairs.append("\(posted.adjustment.currency.code) to \(settlement.currency.code)")
    }
    let missing = Set(pairs).sorted()
    return missing.isEmpty ? "no exchange rate is missing" : missing.joined(separator: ", ")
  }
}
