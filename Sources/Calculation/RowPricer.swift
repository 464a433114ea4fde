package import Domain
package import ExactMoney

/// What is wrong with how a row earns.
package enum PricingFault: Hashable, Sendable {
  /// R213: no entry of the lever's rates covers the row.
  case noRate
  /// R209: the feed's earningAmount is not the computed one, within tolerance.
  case amountDisagrees(computed: ExactAmount)
  /// R209: the feed's earningRate is not the plan's.
  case rateDisagrees(plan: ExactRate)
  /// R201: the lever pays what the feed gives, and the feed gives neither amount nor rate.
  case nothingGiven
}

/// What a row earns before tiers and caps.
package struct RowPrice: Hashable, Sendable {
  /// In the transaction currency, six decimals; zero for tiers, which need all lines.
  package var earned: ExactAmount = .zero
  package var rate: ExactRate = .zero
  package var faults: [PricingFault] = []
}

/// Prices rows one by one (docs/rules.md, "What an accepted earning earns").
package struct RowPricer: Sendable {
  /// A `where`: the field, and where its value stands in ``values``.
  private struct Condition {
    var field: EarningField
    var value: Range<Int>
  }

  private struct Entry {
    var rate: ExactRate
    /// Transaction dates, both inclusive.
    var from: Day
    var to: Day
    /// In ``conditions``.
    var conditions: Range<Int>

    func covers(_ day: Day) -> Bool {
      from.number <= day.number && day.number <= to.number
    }
  }

  /// A rule without what belongs to it: asked for with every row and line.
  private enum Kind: UInt8 {
    case rates, tiers, given
  }

  /// A lever's kind, and where its rates are in ``entries``.
  private struct Rule {
    var kind: Kind
    var entries: Range<Int>
  }

  // All in flat columns, which are looked into without counting references per row.
  private let rounding: RoundingMode
  /// By lever, program after program.
  private var rules: [Rule] = []
  /// By program: where its levers begin in ``rules``.
  private var firstRule: [Int] = []
  private var entries: [Entry] = []
  private var conditions: [Condition] = []
  private var values: [UInt8] = []
  /// By program.
  private let tolerances: [ExactAmount]

  /// Makes a pricer of the rules of all plans.
  package init(plans: Plans, rounding: RoundingMode) {
    self.rounding = rounding
    tolerances = plans.plans.map(\.tolerance)
    for plan in plans.plans {
      firstRule.append(rules.count)
      for lever in plan.levers { add(lever.rule) }
    }
  }

  private mutating func add(_ rule: LeverRule) {
    let first = entries.count
    switch rule {
    case .rates(let rates):
      for rate in rates { add(rate) }
      rules.append(Rule(kind: .rates, entries: first..<entries.count))
    case .tiers: rules.append(Rule(kind: .tiers, entries: first..<first))
    case .given: rules.append(Rule(kind: .given, entries: first..<first))
    }
  }

  private mutating func add(_ rate: RateEntry) {
    let first = conditions.count
    for condition in rate.conditions {
      let start = values.count
      values += Array(condition.value.utf8)
      conditions.append(Condition(field: condition.field, value: start..<values.count))
    }
    entries.append(
      Entry(
        rate: rate.rate, from: rate.from ?? Day(number: .min), to: rate.to ?? Day(number: .max),
        conditions: first..<conditions.count))
  }

  private func rule(_ program: Int, _ lever: Int) -> Rule {
    rules[firstRule[program] + lever]
  }

  /// Whether the row's earning is what the feed says, whatever its lever.
  package func isGiven(program: Int, lever: Int, type: EarningType) -> Bool {
    type == .adjustment || rule(program, lever).kind == .given
  }

  /// The rate that a statement shows: the plan's, of a given earning the feed's; none for tiers.
  package func shownRate(of record: EarningRecord) -> ExactRate? {
    let program = Int(record.program)
    let lever = Int(record.lever)
    if isGiven(program: program, lever: lever, type: record.earningType) {
      return record.flags.contains(.hasEarningRate) ? record.rate : nil
    }
    return rule(program, lever).kind == .rates ? record.rate : nil
  }

  /// Prices a row by its own transaction date.
  package func price(_ batch: EarningBatch, _ row: Int) -> RowPrice {
    let program = Int(batch.programs[row])
    let lever = Int(batch.levers[row])
    let flags = batch.flags[row]
    let facts = Facts(
      amount: batch.amounts[row], currency: batch.currencies[row],
      earningRate: flags.contains(.hasEarningRate) ? batch.earningRates[row] : nil,
      earningAmount: flags.contains(.hasEarningAmount) ? batch.earningAmounts[row] : nil)
    if batch.earningTypes[row] == .adjustment { return priceGiven(facts, program) }
    let rule = rule(program, lever)
    switch rule.kind {
    case .given: return priceGiven(facts, program)
    case .tiers: return RowPrice()
    case .rates:
      let day = batch.days[row]
      for entry in rule.entries
      where entries[entry].covers(day) && matches(entries[entry], batch, row) {
        return priceByRate(facts, entries[entry].rate, program)
      }
      return RowPrice(faults: [.noRate])
    }
  }

  /// Which entries of the lever's rates match the row, whatever the date.
  package func terms(_ batch: EarningBatch, _ row: Int) -> PricingTerms {
    let flags = batch.flags[row]
    let own = rule(Int(batch.programs[row]), Int(batch.levers[row])).entries
    let matching = own.filter { matches(entries[$0], batch, row) }
      .map { UInt16($0 - own.lowerBound) }
    return PricingTerms(
      entries: matching,
      earningRate: flags.contains(.hasEarningRate) ? batch.earningRates[row] : nil,
      earningAmount: flags.contains(.hasEarningAmount) ? batch.earningAmounts[row] : nil)
  }

  /// Prices a known earning by the rates of another day, that of the earning it follows.
  package func price(_ record: EarningRecord, _ terms: PricingTerms, on day: Day) -> RowPrice {
    let program = Int(record.program)
    let lever = Int(record.lever)
    let facts = Facts(
      amount: record.amount, currency: record.currency, earningRate: terms.earningRate,
      earningAmount: terms.earningAmount)
    if record.earningType == .adjustment { return priceGiven(facts, program) }
    let rule = rule(program, lever)
    switch rule.kind {
    case .given: return priceGiven(facts, program)
    case .tiers: return RowPrice()
    case .rates:
      let matching = terms.entries.lazy.map { rule.entries.lowerBound + Int($0) }
      let entry = matching.first { rule.entries.contains($0) && entries[$0].covers(day) }
      guard let entry else { return RowPrice(faults: [.noRate]) }
      return priceByRate(facts, entries[entry].rate, program)
    }
  }

  private struct Facts {
    var amount: ExactAmount
    var currency: Currency
    var earningRate: ExactRate?
    var earningAmount: ExactAmount?
  }

  private func priceByRate(_ facts: Facts, _ rate: ExactRate, _ program: Int) -> RowPrice {
    let earned = product(facts.amount, rate)
    var price = RowPrice(earned: earned, rate: rate)
    if let given = facts.earningAmount, !agree(given, earned, facts.currency, program) {
      price.faults.append(.amountDisagrees(computed: earned))
    }
    if let given = facts.earningRate, given != rate {
      price.faults.append(.rateDisagrees(plan: rate))
    }
    return price
  }

  private func priceGiven(_ facts: Facts, _ program: Int) -> RowPrice {
    let computed = facts.earningRate.map { product(facts.amount, $0) }
    guard let given = facts.earningAmount else {
      guard let computed, let rate = facts.earningRate else {
        return RowPrice(faults: [.nothingGiven])
      }
      return RowPrice(earned: computed, rate: rate)
    }
    var price = RowPrice(earned: rounded(given), rate: facts.earningRate ?? .zero)
    if let computed, !agree(given, computed, facts.currency, program) {
      price.faults.append(.amountDisagrees(computed: computed))
    }
    return price
  }

  /// Within the plan's tolerance, or one minor unit where that is more; the bound included.
  private func agree(
    _ left: ExactAmount, _ right: ExactAmount, _ currency: Currency, _ program: Int
  ) -> Bool {
    let minorUnit = Money(minorUnits: 1, currency: currency)
    guard let difference = try? left.minus(right), let unit = try? minorUnit.exact() else {
      return false
    }
    return difference.magnitude <= max(tolerances[program], unit)
  }

  // A rate is at most 1 and an amount has at most 30 digits, so neither can overflow.
  private func product(_ amount: ExactAmount, _ rate: ExactRate) -> ExactAmount {
    (try? amount.times(rate, decimals: 6, rounding)) ?? .zero
  }

  private func rounded(_ amount: ExactAmount) -> ExactAmount {
    (try? amount.rounded(decimals: 6, rounding)) ?? .zero
  }

  private func matches(_ entry: Entry, _ batch: EarningBatch, _ row: Int) -> Bool {
    let text = batch.bytes.span
    let expected = values.span
    for number in entry.conditions {
      let condition = conditions[number]
      let range = batch.range(row, condition.field)
      guard range.count == condition.value.count else { return false }
      for offset in 0..<range.count
      where text[range.lowerBound + offset] != expected[condition.value.lowerBound + offset] {
        return false
      }
    }
    return true
  }
}
