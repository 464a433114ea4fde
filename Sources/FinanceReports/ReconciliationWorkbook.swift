package import ByteStreams
package import Domain
import ExactMoney
import Workbook

/// Writes `reconciliation.xlsx`: the tables of a period as tables of a spreadsheet, with sums in
/// formulas that show whether they agree.
package final class ReconciliationWorkbook {
  private let registry: Registry
  private let plans: Plans
  private let period: Period
  private let feeds: [String]
  private let file: WorkbookFile
  let summary: WorkbookSheet
  let register: WorkbookSheet
  let payments: WorkbookSheet
  let holds: WorkbookSheet
  let ineligible: WorkbookSheet
  let rejects: WorkbookSheet
  let buckets: WorkbookSheet
  let bank: BankSheets?
  /// Rows that are listed in `rejects`.
  private(set) var rejectedRows = 0
  /// Rows of the feeds of the period that are listed in `buckets`, all of them and the rejected ones.
  private(set) var bucketRows = (all: 0, rejected: 0)

  /// Begins the file.
  ///
  /// - Parameters:
  ///   - temporaryDirectory: Where files without names stand meanwhile.
  ///   - asOf: The date of creation that the file says.
  ///   - feeds: Names by feed number.
  ///   - hasBank: Files of banks were reconciled.
  ///   - rowsMax: The rows of a sheet.
  /// - Throws: ``FileError``.
  package init(
    path: String, temporaryDirectory: String, registry: Registry, plans: Plans, period: Period,
    asOf: Day, feeds: [String], hasBank: Bool = false, rowsMax: Int? = nil
  ) throws(FileError) {
    (self.registry, self.plans, self.period, self.feeds) = (registry, plans, period, feeds)
    let file = try WorkbookFile(
      path: path, temporaryDirectory: temporaryDirectory, title: "Reconciliation \(period.text)",
      created: Int(asOf.number) * 86_400)
    self.file = file
    summary = try file.addSheet("summary")
    func table(
      _ name: String, _ columns: [WorkbookColumn]
    ) throws(FileError) -> WorkbookSheet {
      try file.addSheet(name, columns: columns, rowsMax: rowsMax ?? WorkbookSheet.excelRows)
    }
    register = try table("register", ReconciliationColumns.register)
    payments = try table("payments", ReconciliationColumns.payments)
    holds = try table("holds", ReconciliationColumns.holds)
    ineligible = try table("ineligible", ReconciliationColumns.ineligible)
    rejects = try table("rejects", ReconciliationColumns.rejects)
    buckets = try table("buckets", ReconciliationColumns.buckets)
    bank =
      hasBank
      ? BankSheets(
        lines: try table("bank", ReconciliationColumns.bank),
        payments: try table("bankPayments", ReconciliationColumns.bankPayments)) : nil
  }

  /// The sheets that are tables.
  var tables: [WorkbookSheet] {
    [register, payments, holds, ineligible, rejects, buckets]
      + (bank.map { [$0.lines, $0.payments] } ?? [])
  }

  /// Ends the file with the summary.
  ///
  /// - Throws: ``FileError``; ``MoneyError/overflow``.
  package func finish(_ facts: PeriodFacts, _ sums: RegisterSums) throws {
    for feed in facts.feeds { addRejects(feed) }
    for row in facts.buckets { addBucket(row.key, row.entry, facts) }
    if let facts = facts.bank { bank?.add(facts) }
    try ReconciliationSummary(book: self, facts: facts, sums: sums).write()
    try file.close()
  }

  // MARK: Balances

  /// Adds a row of the register; they come by partner, program and currency.
  package func add(_ settlement: Settlement) {
    addRegister(settlement)
    if !settlement.paymentId.isEmpty { addPayment(settlement) }
    if settlement.status == .onHold { addHold(settlement) }
  }

  private func putBalance(_ settlement: Settlement, _ sheet: WorkbookSheet) {
    let partner = registry.partners[settlement.partner]
    sheet.put(partner.participantId)
    sheet.put(partner.name)
    sheet.put(plans[settlement.program].program)
    sheet.put(settlement.currency.code)
  }

  private func addRegister(_ settlement: Settlement) {
    guard register.beginRow() else { return }
    register.put(period.text)
    putBalance(settlement, register)
    for money in settlement.amounts { register.put(money) }
    register.put(settlement.status.rawValue)
    register.put(settlement.holds.codes.map(\.rawValue).joined(separator: " "))
    register.put(settlement.paymentMethod?.rawValue ?? "")
    register.put(settlement.paymentId)
  }

  private func addPayment(_ settlement: Settlement) {
    guard payments.beginRow() else { return }
    payments.put(settlement.paymentId)
    putBalance(settlement, payments)
    for money in [
      settlement.gross, settlement.salesTax, settlement.withheldTax, settlement.totalPayment,
    ] { payments.put(money) }
    payments.put(settlement.paymentMethod?.rawValue ?? "")
    payments.put(settlement.status.rawValue)
  }

  private func addHold(_ settlement: Settlement) {
    guard holds.beginRow() else { return }
    let codes = settlement.holds.codes
    putBalance(settlement, holds)
    holds.put(settlement.closing)
    holds.put(codes.map(\.rawValue).joined(separator: " "))
    holds.put(codes.map(\.text.title).joined(separator: "; "))
    holds.put(codes.map(\.remedy).joined(separator: " "))
  }

  // MARK: Rows

  /// Adds the ineligible lines of a program of a partner; they come in that order.
  package func addIneligible(_ settlement: Settlement, _ page: EarningPage) {
    for line in settlement.ineligible.sorted(by: page.idPrecedes) {
      guard ineligible.beginRow() else { continue }
      let record = line.record
      let plan = plans[settlement.program]
      let partner = registry.partners[settlement.partner]
      let codes = record.reasons.codes
      ineligible.put(partner.participantId)
      ineligible.put(partner.name)
      ineligible.put(plan.program)
      ineligible.put(plan.levers[Int(record.lever)].name)
      ineligible.put(page.text(.earningId, of: record, at: line.offset))
      ineligible.put(page.text(.transactionId, of: record, at: line.offset))
      ineligible.put(day: record.day.number, record.day.text)
      ineligible.put(record.amount, decimals: record.currency.minorDigits)
      ineligible.put(record.currency.code)
      ineligible.put(codes.map(\.rawValue).joined(separator: " "))
      ineligible.put(codes.map(\.text.title).joined(separator: "; "))
      let disputeBy = record.day.advanced(by: plan.disputeDays)
      ineligible.put(day: disputeBy.number, disputeBy.text)
      ineligible.put(feeds[Int(record.feed)])
      ineligible.put(Int(record.line))
    }
  }

  /// One row for each finding that rejected a row; `rows` counts the row at its first one.
  private func addRejects(_ feed: PeriodFacts.Feed) {
    var last: Int?
    for finding in feed.findings.listed where finding.code.rejectsRow {
      guard rejects.beginRow() else { continue }
      rejects.put(finding.feed)
      if let line = finding.line { rejects.put(line) } else { rejects.skip() }
      let isCounted = feed.number != nil && finding.line != last
      rejects.put(isCounted ? 1 : 0)
      rejectedRows += isCounted ? 1 : 0
      last = finding.line
      rejects.put(finding.earningId)
      rejects.put(finding.participantId)
      rejects.put(finding.field)
      rejects.put(finding.value)
      rejects.put(finding.code.rawValue)
      rejects.put(finding.message)
      rejects.put(finding.remedy)
    }
  }

  private func addBucket(
    _ key: BucketTally.Key, _ entry: BucketTally.Entry, _ facts: PeriodFacts
  ) {
    guard buckets.beginRow() else { return }
    buckets.put(facts.takenIn[key.feed]?.text ?? "")
    buckets.put(feeds[key.feed])
    buckets.put(key.currency?.code ?? "")
    buckets.put(key.bucket.name)
    buckets.put(entry.rows)
    if let currency = key.currency { buckets.put(entry.amount, decimals: currency.minorDigits) }
    guard facts.takenIn[key.feed] == period else { return }
    bucketRows.all += entry.rows
    if key.bucket == .rejected { bucketRows.rejected += entry.rows }
  }
}
