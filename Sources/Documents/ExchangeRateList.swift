import Domain
import ExactMoney

/// The exchange rates that a partner's settlements used.
struct ExchangeRateList {
  private let rates: ExchangeRates
  private var keys: Set<ExchangeRates.Key> = []

  init(_ builder: StatementBuilder, _ settlements: [Settlement]) {
    rates = builder.exchangeRates
    for settlement in settlements {
      addConversions(of: settlement, builder)
      addPlanCurrency(of: settlement, builder)
      // Co-op moves with the balance when the payment currency changes.
      for other in settlements
      where other.program == settlement.program && !settlement.coopMoved.isZero {
        add(builder.period, other.currency, settlement.currency)
      }
    }
  }

  /// By period and currencies.
  var all: [StatementExchangeRate] {
    keys.sorted().compactMap { key in
      rates.entries[key].map {
        StatementExchangeRate(
          period: key.period, from: key.from, to: key.to, rate: $0.rate, source: $0.source)
      }
    }
  }

  private mutating func add(_ period: Period, _ from: Currency, _ to: Currency) {
    guard from != to else { return }
    keys.insert(ExchangeRates.Key(period: period, from: from, to: to))
  }

  private mutating func addConversions(of settlement: Settlement, _ builder: StatementBuilder) {
    for subtotal in settlement.subtotals where subtotal.exchangeRate != nil {
      add(builder.period, subtotal.earnedCurrency, settlement.currency)
    }
    for posted in settlement.adjustmentLines where posted.exchangeRate != nil {
      add(builder.period, posted.adjustment.currency, settlement.currency)
    }
    let plan = builder.plans[settlement.program]
    if settlement.holds.contains(.threshold), plan.thresholds[settlement.currency] == nil {
      add(builder.period, plan.currency, settlement.currency)
    }
  }

  /// Tiers and caps count in the currency of the plan, at the rate of the transactions' month.
  private mutating func addPlanCurrency(of settlement: Settlement, _ builder: StatementBuilder) {
    for month in settlement.months {
      let to = builder.rules.terms(settlement.program, month.lever, month.month).currency
      for line in settlement.lines
      where line.record.currency != to && Int(line.record.lever) == month.lever
        && line.period == month.month
      {
        add(month.month, line.record.currency, to)
      }
    }
  }
}
