import Calculation
import Domain
import Eligibility
import ExactMoney
import Feeds

/// What a row is checked against; parts are missing where `check` has no workspace.
struct RowRules {
  let registry: Registry?
  let plans: Plans?
  let pricer: RowPricer?
  let assessor: EligibilityAssessor?
  /// Rows of later days are not due yet.
  let lastDay: Day

  /// What is done with the rows of a feed before they are assessed.
  ///
  /// - Parameter only: The rows that are looked at, counted from 0; nil for all.
  func preparation(of feed: FeedFile, only: Set<UInt32>? = nil) -> RowPreparation {
    RowPreparation(feed: feed, registry: registry, plans: plans, pricer: pricer, only: only)
  }
}

extension PricingFault {
  var code: FindingCode {
    switch self {
    case .noRate: .R213
    case .amountDisagrees, .rateDisagrees: .R209
    case .nothingGiven: .R201
    }
  }

  var field: EarningField? {
    switch self {
    case .noRate: nil
    case .amountDisagrees, .nothingGiven: .earningAmount
    case .rateDisagrees: .earningRate
    }
  }

  func message(_ plan: Plan?) -> String {
    let file = plan?.file ?? "the plan"
    switch self {
    case .noRate:
      return "no entry of the lever's rates in \(file) covers the transaction date and values"
    case .amountDisagrees(let computed):
      return "earningAmount: the rate gives \(computed.text(decimals: 2))"
    case .rateDisagrees(let rate):
      return "earningRate: \(file) says \(rate.text)"
    case .nothingGiven:
      return "earningAmount is required and missing: the lever pays what the feed gives, and there"
        + " is no earningRate either"
    }
  }
}
