import Calculation
import Domain
import Eligibility
import ExactMoney
import Feeds
import Ledger

/// Reads a feed that an earlier run took in once more, so that its rows take part in the period.
///
/// What was decided stays decided: rows are neither rejected nor compared anew. Rows that were not
/// due or not eligible are assessed with the registry of today (docs/rules.md, "Eligibility").
struct TakenFeedReader {
  let books: EarningBooks
  let period: Period
  let asOf: Day
  let registry: Registry
  let plans: Plans
  let pricer: RowPricer
  let assessor: EligibilityAssessor
  let threads: Int
  /// Rows that are taken again, and not read here.
  var retaken: RetakenRows?
  /// The only partner whose rows are looked at; nil for all.
  var onlyPartner: Int32?
  /// Told how far the reading has come, if anybody looks on.
  var progress: ProgressSink?

  /// Accepted earnings that plan or registry have lost: the configuration is in error.
  private(set) var problems: [Finding] = []
  private static let problemsMax = 100

  init(
    books: EarningBooks, period: Period, asOf: Day, registry: Registry, plans: Plans,
    pricer: RowPricer, assessor: EligibilityAssessor, threads: Int
  ) {
    self.threads = threads
    self.books = books
    self.period = period
    self.asOf = asOf
    self.registry = registry
    self.plans = plans
    self.pricer = pricer
    self.assessor = assessor
  }

  /// Reads a feed.
  ///
  /// - Parameter only: The rows that are looked at; nil for all.
  /// - Returns: Its rows that are in no record, by bucket, and its totals.
  /// - Throws: ``FeedRefusal``; ``FileError``; what the ledger throws.
  mutating func read(
    _ file: FeedFile, feed: LedgerFeed, only: Set<UInt32>? = nil
  ) throws -> (unrecorded: BucketTally, totals: FeedTotals) {
    var preparation = TakenRowPreparation(
      decoder: RowDecoder(feed: file, registry: registry, plans: plans),
      settled: try books.fates.settledRows(feed: Int(feed.number)), only: only)
    var unrecorded = BucketTally()
    var totals = FeedTotals()
    _ = try ReadAhead.read(file, threads: threads, &preparation) { batch in
      try Interruption.check()
      progress?(Progress(reading: file, batch))
      totals.add(batch)
      for row in 0..<batch.count where !batch.flags[row].contains(.passedOver) {
        if let onlyPartner, batch.partners[row] != onlyPartner { continue }
        // It counts in the feed's totals all the same.
        if retaken?.has(row: batch.firstRow + row, of: feed) == true { continue }
        try self.take(&batch, row, feed, &unrecorded)
      }
    }
    return (unrecorded, totals)
  }

  private mutating func take(
    _ batch: inout EarningBatch, _ row: Int, _ feed: LedgerFeed, _ unrecorded: inout BucketTally
  ) throws {
    let key = RowKey(feed: feed.number, row: UInt32(batch.firstRow + row))
    if try wasPastItsTime(key, batch, row) {
      try books.fates.expire(key)
      if try books.fates.isSettled(key) { return }
    }
    let fate = try books.fates.fate(of: key)
    guard let bucket = fate.bucket, bucket != .rejected, bucket != .duplicate else {
      let readable = batch.flags[row].contains(.amountReadable)
      guard try feed.period == period || books.fates.wasOpen(key) else { return }
      try unrecorded.add(
        feed: Int(feed.number), currency: readable ? batch.currencies[row] : nil,
        bucket: fate.bucket ?? .rejected, amount: batch.amounts[row])
      return
    }
    guard !batch.flags[row].contains(.rejected) else { return lose(batch, row, feed) }
    let price = pricer.price(batch, row)
    batch.earned[row] = price.earned
    batch.rates[row] = price.rate
    try assess(key, fate, &batch, row, feed)
    if try books.fates.fate(of: key).bucket == .accepted, price.faults.contains(.noRate),
      books.fates.followedDay(of: key) == nil
    {
      lose(batch, row, feed)
    }
    let follows = batch.flags[row].contains(.follows)
    try books.recordAgain(
      batch, row, feed: feed.number, terms: follows ? pricer.terms(batch, row) : nil)
  }

  /// Whether a row was ineligible when the period opened, and no longer open to assessment.
  private func wasPastItsTime(_ key: RowKey, _ batch: EarningBatch, _ row: Int) throws -> Bool {
    guard try books.fates.wasIneligible(key), batch.programs[row] >= 0 else { return false }
    return disputeBy(batch, row) < period.firstDay
  }

  private func disputeBy(_ batch: EarningBatch, _ row: Int) -> Day {
    batch.days[row].advanced(by: plans[Int(batch.programs[row])].disputeDays)
  }

  /// Assesses a row that is open, and fills in why it is ineligible.
  private mutating func assess(
    _ key: RowKey, _ fate: RowFate, _ batch: inout EarningBatch, _ row: Int, _ feed: LedgerFeed
  ) throws {
    guard let bucket = fate.bucket, bucket != .accepted else { return }
    let day = batch.days[row]
    if bucket == .notYetDue, day > period.lastDay { return }
    let isOlder = feed.period < period
    let isUnchanged = try !books.fates.hasChanged(key)
    guard bucket == .notYetDue || disputeBy(batch, row) >= asOf else {
      // It is past its time: what was found when it came, or became due, stays.
      batch.reasons[row] = isOlder && isUnchanged ? [] : fate.reasons
      return
    }
    var reasons = assessor.reasons(
      partner: Int(batch.partners[row]), program: Int(batch.programs[row]), on: day)
    if books.fates.followedDay(of: key) != nil { reasons = [] }
    batch.reasons[row] = reasons
    if reasons.isEmpty {
      try books.accept(key, batch, row)
    } else if bucket == .notYetDue {
      try books.fates.change(key, to: RowFate(.ineligible, reasons))
    }
  }

  /// Notes that an earning of the ledger no longer fits registry or plans.
  private mutating func lose(_ batch: EarningBatch, _ row: Int, _ feed: LedgerFeed) {
    guard problems.count < TakenFeedReader.problemsMax else { return }
    let faults = batch.faults.filter { $0.row == Int32(row) }
    let missing = faults.contains { $0.code == .R205 || $0.code == .R206 }
    let id = SafeText.shown(batch.text(row, .earningId))
    let program = SafeText.shown(batch.text(row, .programName))
    let what =
      missing
      ? "its partner or program is gone"
      : faults.isEmpty ? "no rate of its lever covers it any more" : "its lever or type is gone"
    var finding = Finding(
      missing ? .X915 : .X916, feed: feed.name, line: Int(batch.lines[row]),
      message: "earning \(id) of \(program) was taken in, and \(what)")
    finding.earningId = id
    finding.participantId = SafeText.shown(batch.text(row, .participantId))
    problems.append(finding)
  }
}

/// Decodes the rows of a feed that was taken in, as far as anything has to be known of them.
private struct TakenRowPreparation: BatchPreparation {
  var decoder: RowDecoder
  /// The rows that ended in an earlier period, when the reading begins: a row's standing changes only
  /// once its own turn has come.
  let settled: SettledRows
  /// The rows that are looked at; nil for all.
  let only: Set<UInt32>?

  mutating func prepare(_ batch: inout EarningBatch) {
    batch.passOver { row in
      if let only, !only.contains(UInt32(row)) { return true }
      return settled.contains(UInt32(row))
    }
    // What was taken in before such values were looked at stays taken in.
    batch.strays.removeAll()
    var findings = FindingLog(limit: 0)
    decoder.decode(&batch, findings: &findings)
  }
}
