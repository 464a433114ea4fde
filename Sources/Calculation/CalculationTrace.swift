package import Domain
package import ExactMoney

/// Intermediate results of a calculation that stand in no settlement, for people who ask why.
///
/// Whoever only wants the results passes none, and nothing is noted.
package final class CalculationTrace {
  /// A row of a feed.
  package struct Row: Hashable, Sendable {
    package var feed: UInt32
    package var row: UInt32

    package init(_ record: EarningRecord) {
      feed = record.feed
      row = record.row
    }
  }

  /// What a line moves in the tiers of its lever and month; all amounts in the plan's currency.
  package struct TierStep: Sendable {
    package var tiers: Tiers
    package var currency: Currency
    /// From the transaction currency.
    package var exchangeRate: ExactRate
    /// The line's part of the basis.
    package var converted: ExactAmount
    package var basisBefore: ExactAmount
    package var basisAfter: ExactAmount
    /// What the basis earns in all, before and after the line.
    package var earnedBefore: ExactAmount
    package var earnedAfter: ExactAmount
  }

  /// What a line moves under the cap of its lever and month; all amounts in the plan's currency.
  package struct CapStep: Sendable {
    package var cap: ExactAmount
    package var currency: Currency
    /// From the currency in which the line earns.
    package var exchangeRate: ExactRate
    /// What the line earned before the cap, in its own currency.
    package var earned: ExactAmount
    package var converted: ExactAmount
    package var sumBefore: ExactAmount
    package var sumAfter: ExactAmount
    package var payable: ExactAmount
  }

  /// The least amount that is paid out.
  package enum Threshold: Hashable, Sendable {
    /// Of the payment currency itself.
    case own(ExactAmount)
    /// Of the plan's currency, converted and rounded.
    case converted(ExactAmount, from: ExactAmount, at: ExactRate)
    case missingRate
    case none
  }

  package private(set) var tiers: [Row: TierStep] = [:]
  package private(set) var caps: [Row: CapStep] = [:]
  private var thresholds: [Int: [Currency: Threshold]] = [:]

  package init() {}

  /// The threshold of a balance, nil if it was not asked for.
  package func threshold(program: Int, currency: Currency) -> Threshold? {
    thresholds[program]?[currency]
  }

  func note(_ step: TierStep, of record: EarningRecord) { tiers[Row(record)] = step }
  func note(_ step: CapStep, of record: EarningRecord) { caps[Row(record)] = step }

  func note(_ threshold: Threshold, program: Int, currency: Currency) {
    thresholds[program, default: [:]][currency] = threshold
  }
}
