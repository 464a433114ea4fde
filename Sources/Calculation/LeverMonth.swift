import Domain
import ExactMoney

/// The lines of one partner, program, lever and period of transaction dates, in order: what tiers
/// and the cap look at together (docs/rules.md, "Tiers", "Cap").
struct LeverMonth {
  /// Of tiers and cap.
  let planCurrency: Currency
  let lever: Lever
  let period: Period
  let rates: ExchangeRates
  let rounding: RoundingMode
  /// Told the steps of each line, if anybody wants to know.
  var trace: CalculationTrace?

  /// Works out what each line earns.
  ///
  /// - Parameters:
  ///   - lines: Among others, by transaction date and earningId; their `earned` is what the row alone
  ///     gives.
  ///   - range: Where the lines of the month are.
  ///   - running: Where the month stands with the lines posted earlier; moved on.
  /// - Returns: False if an exchange rate is missing: then all of it waits.
  /// - Throws: ``MoneyError/overflow``.
  func apply(
    to lines: inout [EarningLine], _ range: Range<Int>, after running: inout RunningMonth
  ) throws(MoneyError) -> Bool {
    guard isRunning else { return true }
    guard range.allSatisfy({ canBeConverted(lines[$0]) }) else {
      for line in range {
        lines[line].isWaiting = true
        guard isTiered(lines[line]) else { continue }
        lines[line].earned = nil
        lines[line].earnedCurrency = planCurrency
        lines[line].rate = nil
      }
      return false
    }
    if case .tiers(let tiers) = lever.rule {
      try applyTiers(tiers, to: &lines, range, &running.basis)
    }
    if let cap = lever.cap { try applyCap(cap, to: &lines, range, &running.earned) }
    return true
  }

  /// Whether what was posted earlier counts for the lines to come.
  var isRunning: Bool {
    if case .tiers = lever.rule { return true }
    return lever.cap != nil
  }

  private func isTiered(_ line: EarningLine) -> Bool {
    if case .tiers = lever.rule { return line.record.earningType != .adjustment }
    return false
  }

  private func canBeConverted(_ line: EarningLine) -> Bool {
    let needed = lever.cap != nil || isTiered(line)
    return !needed || rate(line.record.currency) != nil
  }

  private func rate(_ currency: Currency) -> ExactRate? {
    rates.rate(period, from: currency, to: planCurrency)
  }

  private func applyTiers(
    _ tiers: Tiers, to lines: inout [EarningLine], _ range: Range<Int>,
    _ basis: inout ExactAmount
  ) throws(MoneyError) {
    var before = try tiers.earnings(basis: basis, rounding)
    for line in range where isTiered(lines[line]) {
      let record = lines[line].record
      let rate = rate(record.currency) ?? .zero
      let converted = try record.amount.times(rate, decimals: 6, rounding)
      let basisBefore = basis
      basis = try basis.plus(converted)
      let after = try tiers.earnings(basis: basis, rounding)
      trace?.note(
        CalculationTrace.TierStep(
          tiers: tiers, currency: planCurrency, exchangeRate: rate, converted: converted,
          basisBefore: basisBefore, basisAfter: basis, earnedBefore: before,
          earnedAfter: after), of: record)
      lines[line].earned = try after.minus(before)
      lines[line].earnedCurrency = planCurrency
      lines[line].rate = nil
      before = after
    }
  }

  private func applyCap(
    _ cap: ExactAmount, to lines: inout [EarningLine], _ range: Range<Int>,
    _ sum: inout ExactAmount
  ) throws(MoneyError) {
    for line in range {
      guard let earned = lines[line].earned else { continue }
      let rate = rate(lines[line].earnedCurrency) ?? .zero
      let inPlan = try earned.times(rate, decimals: 6, rounding)
      let sumBefore = sum
      sum = try sum.plus(inPlan)
      let payable = try min(cap, sum).minus(min(cap, sumBefore))
      trace?.note(
        CalculationTrace.CapStep(
          cap: cap, currency: planCurrency, exchangeRate: rate, earned: earned,
          converted: inPlan, sumBefore: sumBefore, sumAfter: sum, payable: payable),
        of: lines[line].record)
      guard payable != inPlan else { continue }
      let kept = try earned.times(payable, dividedBy: inPlan, decimals: 6, rounding)
      lines[line].capped = try earned.minus(kept)
      lines[line].earned = kept
    }
  }
}
