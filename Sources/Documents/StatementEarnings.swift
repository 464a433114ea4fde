package import Domain
package import ExactMoney

/// What one lever earned in one month of transaction dates, in one earning type and currency.
package struct StatementEarnings: Sendable {
  package var lever: String
  /// The month of the transaction dates; another one than the statement's where earnings came late.
  package var month: Period
  package var earningType: EarningType
  package var earnedCurrency: Currency
  package var lineCount: Int
  /// How it was worked out.
  package var basis: Basis
  /// Nil where nothing was capped.
  package var capped: ExactAmount?
  /// The cap of the lever's month, where it has one.
  package var cap: Cap?
  /// In ``earnedCurrency``; nil while an exchange rate is missing.
  package var earned: ExactAmount?
  /// Into the currency of the balance; nil while it is missing.
  package var exchangeRate: ExactRate?
  /// In the currency of the balance, co-op included.
  package var amount: Money
  /// The part of it that is co-op.
  package var coop: Money

  /// How the lines of a lever earned.
  package enum Basis: Sendable {
    /// The plan's rates that applied, ascending.
    case rates([AppliedRate])
    case tiers(AppliedTiers)
    /// The feed brought the amounts; the rates that it brought with them, ascending.
    case given([AppliedRate])
  }

  /// A rate, and what it applied to.
  package struct AppliedRate: Hashable, Sendable {
    package var rate: ExactRate
    package var lineCount: Int
    /// Sum of the transaction amounts, in ``StatementEarnings/earnedCurrency``.
    package var transactions: ExactAmount
    /// Sum of what they earned, after the cap; nil while an exchange rate is missing.
    package var earned: ExactAmount?
  }

  /// The tiers of a lever's month, and how far the month has come in them.
  package struct AppliedTiers: Hashable, Sendable {
    package var mode: TierMode
    /// Of the steps and of `basis`.
    package var currency: Currency
    /// All sales of the lever's month so far, those of earlier statements included.
    package var basis: ExactAmount
    package var steps: [Step]
  }

  /// A step of tiers.
  package struct Step: Hashable, Sendable {
    /// Exclusive; zero in the first.
    package var above: ExactAmount
    /// Inclusive; nil in the last.
    package var upTo: ExactAmount?
    package var rate: ExactRate
    /// The part of the basis that earns at this rate; zero where the step is not reached.
    package var basis: ExactAmount
  }

  /// The cap of a lever's month.
  package struct Cap: Hashable, Sendable {
    package var amount: ExactAmount
    package var currency: Currency
  }
}
