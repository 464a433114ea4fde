import CSV
package import Domain
import ExactMoney

/// Writes `ineligible.csv`: every ineligible earning, why, and until when that can be changed.
package struct IneligibleCSV {
  private let registry: Registry
  private let plans: Plans
  private let feeds: [String]
  private var csv = CSVWriter()

  package init(registry: Registry, plans: Plans, feeds: [String]) {
    self.registry = registry
    self.plans = plans
    self.feeds = feeds
    csv.header([
      "participantId", "participantName", "programName", "lever", "earningId", "transactionId",
      "transactionDate", "transactionAmount", "transactionCurrency", "reasonCodes", "reason",
      "whoActs", "remedy", "disputeBy", "feed", "line",
    ])
  }

  /// Adds the ineligible lines of a program of a partner; they come in that order.
  package mutating func add(
    partner: Int, program: Int, _ lines: [EarningLine], page: EarningPage
  ) {
    for line in lines.sorted(by: page.idPrecedes) {
      add(line, registry.partners[partner], plans[program], page)
    }
  }

  private mutating func add(
    _ line: EarningLine, _ partner: Partner, _ plan: Plan, _ page: EarningPage
  ) {
    let record = line.record
    let codes = record.reasons.codes
    csv.text(partner.participantId)
    csv.text(partner.name)
    csv.text(plan.program)
    csv.text(plan.levers[Int(record.lever)].name)
    csv.text(page.text(.earningId, of: record, at: line.offset))
    csv.text(page.text(.transactionId, of: record, at: line.offset))
    csv.plain(record.day.text)
    csv.plain(record.amount.text(decimals: record.currency.minorDigits))
    csv.plain(record.currency.code)
    csv.plain(codes.map(\.rawValue).joined(separator: " "))
    csv.plain(codes.map(\.text.title).joined(separator: "; "))
    csv.plain(whoActs(record.reasons))
    csv.plain(codes.map(\.remedy).joined(separator: " "))
    csv.plain(record.day.advanced(by: plan.disputeDays).text)
    csv.text(feeds[Int(record.feed)])
    csv.plain(String(record.line))
    csv.endRecord()
  }

  /// The wave in which a partner moves here is the payer's to set, all else the partner's to do.
  private func whoActs(_ reasons: IneligibilityReasons) -> String {
    let partner = reasons.subtracting(.payableFrom).isEmpty ? "" : "partner"
    let payer = reasons.contains(.payableFrom) ? "payer" : ""
    return [partner, payer].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What was written; whoever takes it away empties it.
  package var bytes: [UInt8] {
    get { csv.bytes }
    _modify { yield &csv.bytes }
  }
}
