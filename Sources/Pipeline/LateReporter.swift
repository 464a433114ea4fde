import ByteStreams
import Calculation
import Domain
import ExactMoney
import Feeds
import Ledger

/// Turns what became clear late into findings and rejections.
struct LateReporter {
  let books: EarningBooks
  let pricer: RowPricer?
  let plans: Plans?
  let registry: Registry?
  let feedNames: [String]
  let feed: String
  /// Where rejected rows are kept; nil to count them only.
  let rejections: SpillFile?

  func report(_ resolution: FeedResolution, _ outcome: inout FeedOutcome) throws {
    var late = FindingLog(limit: outcome.file.limits.findings)
    var rejected = Rejections(in: rejections)
    try resolution.late.rejecting.visit { finding in
      try rejected.append(reject(finding, &late))
    }
    for finding in resolution.late.notes { try note(finding, &late) }
    let duplicates = resolution.late.notes.count { $0.kind == .duplicate }
    late.count(.R211, resolution.late.duplicates - duplicates)
    late.count(
      .R217, resolution.late.replacements - (resolution.late.notes.count - duplicates))
    outcome.findings.merge(late)
    try outcome.rejections.merge(rejected)
  }

  private func reject(
    _ finding: LateFinding, _ log: inout FindingLog
  ) throws -> Rejections.Row {
    let record = try books.loadRecord(location: finding.location)
    let faults =
      finding.kind == .conflict
      ? [try rejectConflict(finding, &log)] : try rejectPricing(finding, &log)
    return Rejections.Row(
      row: Int(finding.row), line: Int(record.line),
      byteOffset: Int(record.recordByteOffset), bytes: Int(record.recordBytes), faults: faults)
  }

  /// R210; past the limit the row's texts are not read.
  private func rejectConflict(
    _ finding: LateFinding, _ log: inout FindingLog
  ) throws -> RowFault {
    if log.count(.R210) {
      let page = try books.load(location: finding.location)
      let first = finding.earlier.map(place) ?? ""
      log.list(
        make(
          .R210, page, page.record(at: 0), field: .earningId,
          "known with other content from \(first)"))
    }
    return RowFault(row: 0, code: .R210, field: .earningId)
  }

  private func rejectPricing(
    _ finding: LateFinding, _ log: inout FindingLog
  ) throws -> [RowFault] {
    let page = try books.load(location: finding.location)
    let record = page.record(at: 0)
    guard let terms = page.terms(of: record, at: 0), let day = finding.day else { return [] }
    return (pricer?.price(record, terms, on: day).faults ?? []).map { fault in
      log.add(fault.code) {
        var made = make(
          fault.code, page, record, field: fault.field,
          fault.message(plans?[Int(record.program)]))
        made.value = value(of: fault, terms)
        return made
      }
      return RowFault(row: 0, code: fault.code, field: fault.field)
    }
  }

  private func value(of fault: PricingFault, _ terms: PricingTerms) -> String {
    switch fault {
    case .amountDisagrees: terms.earningAmount?.text(decimals: 0) ?? ""
    case .rateDisagrees: terms.earningRate?.text ?? ""
    case .noRate, .nothingGiven: ""
    }
  }

  private func note(_ finding: LateFinding, _ log: inout FindingLog) throws {
    let page = try books.load(location: finding.location)
    let record = page.record(at: 0)
    let earlier = finding.earlier.map(place) ?? ""
    let code: FindingCode = finding.kind == .duplicate ? .R211 : .R217
    log.add(code) {
      make(
        code, page, record, field: .earningId,
        code == .R211
          ? "known with the same content from \(earlier)"
          : "takes the place of \(earlier), which was not accepted")
    }
  }

  private func place(_ place: LateFinding.Place) -> String {
    SafeText.shown(feedNames[Int(place.feed)]) + ":" + String(place.line)
  }

  /// A finding at the earningId's value, or at the record where it has no place of its own.
  private func make(
    _ code: FindingCode, _ page: EarningPage, _ record: EarningRecord, field: EarningField?,
    _ message: String
  ) -> Finding {
    let atId = field == .earningId
    let column = atId ? Int(record.idColumn) : Int(record.recordColumn)
    let offset = atId ? Int(record.idByteOffset) : Int(record.recordByteOffset)
    var finding = Finding(
      code, feed: feed, line: Int(atId ? record.idLine : record.line),
      column: column == 0 ? nil : column, byteOffset: offset < 0 || column == 0 ? nil : offset,
      field: field?.name ?? "", message: message)
    finding.earningId = SafeText.shown(page.text(.earningId, of: record, at: 0))
    if record.partner >= 0, let registry {
      finding.participantId = SafeText.shown(
        registry.partners[Int(record.partner)].participantId)
    }
    if atId { finding.value = finding.earningId }
    return finding
  }
}
