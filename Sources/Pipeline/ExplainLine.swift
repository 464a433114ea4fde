import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// Tells how an accepted row became its part of a balance: lever and rate or tiers, cap, subtotal,
/// exchange rate, split.
struct ExplainLine {
  let drawn: ExplainedPartner
  let row: DeliveredRow
  let decoded: DecodedRow
  let line: EarningLine
  let settlement: Settlement

  private var plan: Plan { drawn.plans[settlement.program] }
  private var lever: Lever { plan.levers[Int(line.record.lever)] }
  private var traced: CalculationTrace.Row { .init(line.record) }

  func sections() -> [Explanation.Section] {
    var sections = [earned()]
    if let cap = cap() { sections.append(cap) }
    sections.append(subtotal())
    return sections
  }

  // MARK: Lever and rate

  private func earned() -> Explanation.Section {
    var section = Explanation.Section("earned", "What it earns")
    let record = line.record
    section.facts = [
      .init("program", "program", plan.program, note: plan.file),
      .init("lever", "lever", lever.name, note: record.earningType.name),
      .init("period", "belongs to", line.period.text, note: "transaction date \(record.day.text)"),
    ]
    let isGiven = drawn.pricer.isGiven(
      program: settlement.program, lever: Int(record.lever), type: record.earningType)
    if isGiven {
      section.facts.append(given())
    } else if case .rates(let rates) = lever.rule {
      section.facts += rateFacts(rates)
      section.facts.append(amountTimesRate())
    } else if case .tiers = lever.rule {
      section.facts += tierFacts()
    }
    return section
  }

  private func given() -> Explanation.Fact {
    let terms = decoded.terms
    if let amount = terms.earningAmount {
      return .init(
        "given", "given by the feed", text(beforeCap, line.earnedCurrency),
        note: "round(\(amount.text(decimals: 2)), 6)")
    }
    let rate = terms.earningRate ?? .zero
    return .init(
      "given", "given by the feed as a rate", text(beforeCap, line.earnedCurrency),
      note: Formula.product(amount, rate, decimals: 6))
  }

  private var amount: String {
    line.record.amount.text(decimals: line.record.currency.minorDigits)
  }

  private func amountTimesRate() -> Explanation.Fact {
    let rate = line.rate ?? .zero
    return .init(
      "earned", "earned", text(beforeCap, line.earnedCurrency),
      note: Formula.product(amount, rate, decimals: 6))
  }

  /// What the line earned before the cap.
  private var beforeCap: ExactAmount? {
    drawn.trace.caps[traced]?.earned ?? line.earned
  }

  private func rateFacts(_ rates: [RateEntry]) -> [Explanation.Fact] {
    let day = drawn.followedDay(of: row.key) ?? line.record.day
    var isFound = false
    return rates.enumerated().map { number, entry in
      let matches = decoded.terms.entries.contains(UInt16(number))
      var verdict = "other values"
      if matches {
        verdict = entry.covers(day) ? "matches, but a rate before counts" : "other dates"
      }
      if matches, entry.covers(day), !isFound {
        isFound = true
        verdict = "counts on \(day.text)"
      }
      return .init(
        "rate", "rate \(number + 1)", Formula.percent(entry.rate),
        note: "\(verdict): \(entry.text)")
    }
  }

  private func tierFacts() -> [Explanation.Fact] {
    guard let step = drawn.trace.tiers[traced] else {
      return [.init("tiers", "tiers", "waits", note: "an exchange rate of its month is missing")]
    }
    let currency = step.currency
    var facts: [Explanation.Fact] = [
      .init(
        "basis", "part of the basis", text(step.converted, currency),
        note: line.record.currency == currency
          ? nil : Formula.product(amount, step.exchangeRate, decimals: 6)),
      .init("basisBefore", "basis before the line", text(step.basisBefore, currency)),
      .init("basisAfter", "basis after it", text(step.basisAfter, currency)),
    ]
    facts += step.crossed.map { crossed in
      .init(
        "step", "step \(crossed.number)", Formula.percent(crossed.step.rate),
        note: "\(crossed.step.upTo.map { "up to \($0.text(decimals: 2))" } ?? "beyond"),"
          + " \(step.tiers.mode.rawValue)")
    }
    facts.append(
      .init(
        "earned", "earned", text(beforeCap, currency),
        note: "f(after) - f(before) = \(step.earnedAfter.text(decimals: 6))"
          + " - \(step.earnedBefore.text(decimals: 6))"))
    if line.record.currency != currency {
      facts.append(drawn.rateFact(line.period, line.record.currency, currency))
    }
    return facts
  }

  // MARK: Cap

  private func cap() -> Explanation.Section? {
    guard let step = drawn.trace.caps[traced] else { return nil }
    var section = Explanation.Section("cap", "Cap of \(lever.name) in \(line.period.text)")
    let currency = step.currency
    section.facts = [
      .init("cap", "cap", text(step.cap, currency)),
      .init("sumBefore", "earned before the line", text(step.sumBefore, currency)),
      .init(
        "converted", "the line", text(step.converted, currency),
        note: line.earnedCurrency == currency
          ? nil : Formula.product(step.earned.text(decimals: 6), step.exchangeRate, decimals: 6)),
      .init(
        "payable", "payable", text(step.payable, currency),
        note: "min(cap, \(step.sumAfter.text(decimals: 6)))"
          + " - min(cap, \(step.sumBefore.text(decimals: 6)))"),
    ]
    guard !line.capped.isZero else {
      section.facts.append(.init("whole", "capped", "nothing: the line is whole"))
      return section
    }
    let formula =
      "round(\(step.earned.text(decimals: 6)) × \(step.payable.text(decimals: 6))"
      + " ÷ \(step.converted.text(decimals: 6)), 6)"
    section.facts.append(
      .init("kept", "earned", text(line.earned, line.earnedCurrency), note: formula))
    section.facts.append(.init("capped", "capped", text(line.capped, line.earnedCurrency)))
    return section
  }

  // MARK: Subtotal and split

  private func subtotal() -> Explanation.Section {
    var section = Explanation.Section("subtotal", "Its subtotal")
    guard let subtotal = settlement.subtotals.first(where: { line.isOf($0) }) else {
      return section
    }
    let balance = ExplainBalance(drawn: drawn, settlement: settlement)
    let lines = settlement.lines.count { $0.isOf(subtotal) }
    section.facts = [
      .init("line", "this line", text(line.earned, line.earnedCurrency)),
      .init(
        "earned", "all \(lines) lines", text(subtotal.earned, subtotal.earnedCurrency),
        note: balance.name(subtotal)),
      .init(
        "amount", "converted and rounded once",
        "\(subtotal.amount.text) \(settlement.currency.code)",
        note: balance.conversion(subtotal).isEmpty ? nil : balance.conversion(subtotal)),
    ]
    if subtotal.earnedCurrency != settlement.currency {
      section.facts.append(
        drawn.rateFact(drawn.period, subtotal.earnedCurrency, settlement.currency))
    }
    if !subtotal.coop.isZero {
      section.facts.append(
        .init(
          "coop", "of it co-op", "\(subtotal.coop.text) \(settlement.currency.code)",
          note: balance.coopFormula(subtotal)))
    }
    section.facts.append(
      .init("rounding", "rounding", drawn.workspace.configuration.rounding.rawValue))
    return section
  }

  private func text(_ amount: ExactAmount?, _ currency: Currency) -> String {
    guard let amount else { return "waits for an exchange rate" }
    return "\(amount.text(decimals: 6)) \(currency.code)"
  }
}

extension RateEntry {
  /// What the entry asks for, in words.
  fileprivate var text: String {
    var parts: [String] = []
    if let from { parts.append("from \(from.text)") }
    if let to { parts.append("to \(to.text)") }
    parts += conditions.map { "\($0.field.name) = \($0.value)" }
    return parts.isEmpty ? "always" : parts.joined(separator: ", ")
  }
}

extension CalculationTrace.TierStep {
  /// The steps that the basis is in or passes on the way of the line.
  fileprivate var crossed: [(number: Int, step: TierStep)] {
    let low = min(basisBefore, basisAfter)
    let high = max(basisBefore, basisAfter)
    var from = ExactAmount.zero
    var crossed: [(number: Int, step: TierStep)] = []
    for (number, step) in tiers.steps.enumerated() {
      let isFirst = number == 0
      let begins = isFirst || from < high
      let ends = step.upTo.map { low < $0 || low == high && low == $0 } ?? true
      if begins, ends { crossed.append((number + 1, step)) }
      from = step.upTo ?? from
    }
    return crossed
  }
}
