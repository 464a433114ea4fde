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

  /// Decodes, prices and assesses the rows of a batch, in this order.
  func apply(
    _ decoder: inout RowDecoder, _ batch: inout EarningBatch, _ findings: inout FindingLog
  ) {
    decoder.decode(&batch, findings: &findings)
    if let pricer { price(pricer, decoder, &batch, &findings) }
    assessor?.assess(&batch)
  }

  private func price(
    _ pricer: RowPricer, _ decoder: RowDecoder, _ batch: inout EarningBatch,
    _ findings: inout FindingLog
  ) {
    for row in 0..<batch.count {
      let flags = batch.flags[row]
      guard !flags.contains(.malformed), batch.levers[row] >= 0 else { continue }
      let price = pricer.price(batch, row)
      batch.earned[row] = price.earned
      batch.rates[row] = price.rate
      guard !price.faults.isEmpty else { continue }
      for fault in price.faults where counts(fault, flags) {
        report(fault, row, decoder, &batch, &findings)
      }
    }
  }

  /// Whether a fault is to be said now: R209 and R213 come only where nothing else is wrong, and
  /// of a row that follows another only when it is known which one.
  private func counts(_ fault: PricingFault, _ flags: RowFlags) -> Bool {
    if fault == .nothingGiven { return true }
    return !flags.contains(.rejected) && !flags.contains(.follows)
  }

  private func report(
    _ fault: PricingFault, _ row: Int, _ decoder: RowDecoder, _ batch: inout EarningBatch,
    _ findings: inout FindingLog
  ) {
    // A value that is there but cannot be read was reported as such.
    if fault == .nothingGiven,
      !batch.isEmpty(row, .earningAmount) || !batch.isEmpty(row, .earningRate)
    {
      return
    }
    batch.flags[row].insert(.rejected)
    batch.faults.append(RowFault(row: row, code: fault.code, field: fault.field))
    guard findings.count(fault.code) else { return }
    let message = fault.message(plans?[Int(batch.programs[row])])
    findings.list(
      decoder.rowFinding(
        fault.code, batch, row, field: fault.field, atRecord: true, message: message))
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
