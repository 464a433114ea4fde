import Domain
import ExactMoney
import Workspace

/// An exchange rate that a balance waits for.
struct MissingRate: Hashable {
  var period: Period
  var from: Currency
  var to: Currency
}

/// Which rates a close would wait for.
struct MissingRates {
  private let workspace: LoadedWorkspace
  /// The one that is drawn.
  private let period: Period
  private(set) var all: Set<MissingRate> = []

  init(_ workspace: LoadedWorkspace, period: Period) {
    self.workspace = workspace
    self.period = period
  }

  /// Notes those of a balance.
  mutating func note(_ settlement: Settlement) {
    guard settlement.holds.contains(.exchangeRate) else { return }
    let plan = workspace.plans[settlement.program]
    for line in settlement.lines where line.isWaiting {
      note(line.period, line.record.currency, plan.currency)
    }
    for subtotal in settlement.subtotals where subtotal.exchangeRate == nil {
      note(period, subtotal.earnedCurrency, settlement.currency)
    }
    for posted in settlement.adjustmentLines where posted.exchangeRate == nil {
      note(period, posted.adjustment.currency, settlement.currency)
    }
    for currency in settlement.coopWaiting { note(period, currency, settlement.currency) }
    if plan.thresholds[settlement.currency] == nil, plan.thresholds[plan.currency] != nil {
      note(period, plan.currency, settlement.currency)
    }
  }

  private mutating func note(_ month: Period, _ from: Currency, _ to: Currency) {
    guard workspace.exchangeRates.rate(month, from: from, to: to) == nil else { return }
    all.insert(MissingRate(period: month, from: from, to: to))
  }
}
