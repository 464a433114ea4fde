import Calculation
import Domain
import Feeds

/// What any thread can do with the batches of a feed, one after the other, as it needs nothing that
/// others change.
protocol BatchPreparation: Sendable {
  mutating func prepare(_ batch: inout EarningBatch)
}

/// Decodes and prices the rows of a new feed, and lists what is wrong with them.
struct RowPreparation: BatchPreparation {
  private var decoder: RowDecoder
  private let plans: Plans?
  private let pricer: RowPricer?
  /// The rows that are looked at; nil for all.
  private let only: Set<UInt32>?
  private(set) var findings: FindingLog

  /// - Parameters:
  ///   - registry: Missing where `check` has no workspace, as are the other two.
  ///   - only: The rows that are looked at, counted from 0; nil for all.
  init(
    feed: FeedFile, registry: Registry?, plans: Plans?, pricer: RowPricer?, only: Set<UInt32>?
  ) {
    decoder = RowDecoder(feed: feed, registry: registry, plans: plans)
    self.plans = plans
    self.pricer = pricer
    self.only = only
    findings = FindingLog(limit: feed.limits.findings)
  }

  mutating func prepare(_ batch: inout EarningBatch) {
    if let only { batch.passOver { !only.contains(UInt32($0)) } }
    decoder.decode(&batch, findings: &findings)
    if let pricer { price(pricer, &batch) }
  }

  private mutating func price(_ pricer: RowPricer, _ batch: inout EarningBatch) {
    for row in 0..<batch.count {
      let flags = batch.flags[row]
      guard !flags.contains(.malformed), batch.levers[row] >= 0 else { continue }
      let price = pricer.price(batch, row)
      batch.earned[row] = price.earned
      batch.rates[row] = price.rate
      guard !price.faults.isEmpty else { continue }
      for fault in price.faults where RowPreparation.counts(fault, flags) {
        report(fault, row, &batch)
      }
    }
  }

  /// Whether a fault is to be said now: R209 and R213 come only where nothing else is wrong, and
  /// of a row that follows another only when it is known which one.
  private static func counts(_ fault: PricingFault, _ flags: RowFlags) -> Bool {
    if fault == .nothingGiven { return true }
    return !flags.contains(.rejected) && !flags.contains(.follows)
  }

  private mutating func report(_ fault: PricingFault, _ row: Int, _ batch: inout EarningBatch) {
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
