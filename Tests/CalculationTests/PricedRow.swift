import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

/// One row of a feed and the lever that prices it, of which a test changes what it is about.
///
/// The lever is the only one of a plan in USD, with the tolerance 0.
struct PricedRow {
  var rule: LeverRule
  var texts: [EarningField: String] = [:]
  var amount: String
  var currency = "USD"
  var type = EarningType.rebate
  var day = "2026-10-15"
  var earningRate: String?
  var earningAmount: String?
  var tolerance = "0"
  var rounding = RoundingMode.halfAwayFromZero

  init(_ rule: LeverRule, amount: String) {
    self.rule = rule
    self.amount = amount
  }

  func price() throws -> RowPrice {
    try pricer().price(batch(), 0)
  }

  /// The same row priced from what the ledger keeps of it, on another day.
  func price(on text: String) throws -> RowPrice {
    let pricer = try pricer()
    var record = EarningRecord()
    record.amountPicos = try TestSupport.amount(amount).picos
    record.currencyIndex = try TestSupport.currency(currency).index
    record.typeNumber = type.rawValue
    return try pricer.price(
      record, pricer.terms(batch(), 0), on: TestSupport.day(text))
  }

  private func pricer() throws -> RowPricer {
    let plan = Plan(
      program: "CSP Direct", currency: try TestSupport.currency("USD"),
      eligibility: .all([]), defaultLever: 0,
      levers: [Lever(name: "Core", earningType: type, rule: rule)],
      tolerance: try TestSupport.amount(tolerance), file: "plans/csp.yaml")
    return RowPricer(plans: Plans([plan]), rounding: rounding)
  }

  private func batch() throws -> EarningBatch {
    var batch = EarningBatch()
    batch.count = 1
    for field in EarningField.allCases {
      let start = UInt32(batch.bytes.count)
      batch.bytes += Array((texts[field] ?? "").utf8)
      batch.texts.append(ValueText(start: start, end: UInt32(batch.bytes.count)))
    }
    batch.makeTypedColumns(currency: try TestSupport.currency(currency))
    var flags: RowFlags = .amountReadable
    if let earningRate {
      flags.insert(.hasEarningRate)
      batch.earningRates[0] = try rate(earningRate)
    }
    if let earningAmount {
      flags.insert(.hasEarningAmount)
      batch.earningAmounts[0] = try TestSupport.amount(earningAmount)
    }
    batch.flags = [flags]
    batch.programs[0] = 0
    batch.levers[0] = 0
    batch.earningTypes[0] = type
    batch.days[0] = try TestSupport.day(day)
    batch.amounts[0] = try TestSupport.amount(amount)
    return batch
  }
}
