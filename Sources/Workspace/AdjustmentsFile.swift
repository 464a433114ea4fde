import Domain
import ExactMoney

/// Reads `adjustments.csv`.
enum AdjustmentsFile {
  static func read(
    _ bytes: [UInt8], registry: Registry, plans: Plans, _ findings: inout [Finding]
  ) -> [Adjustment] {
    var table = TableReader(
      bytes, file: "adjustments.csv",
      columns: [
        .init("adjustmentId", required: true), .init("participantId", required: true),
        .init("programName", required: true), .init("amount", required: true),
        .init("currency", required: true), .init("appliesTo", required: true),
        .init("reasonCode", required: true), .init("note"), .init("approvedBy"),
      ])
    var seen: Set<String> = []
    var adjustments: [Adjustment] = []
    table.forEachRow { row in
      let id = row.text(0)
      let partner = row.text(1).flatMap { registry.ids.find($0) }
      if partner == nil, !row.raw(1).isEmpty {
        row.report(.X908, 1, "no partner has this participantId")
      }
      let program = row.text(2).flatMap { plans.names.find($0) }
      if program == nil, !row.raw(2).isEmpty {
        row.report(.X908, 2, "no plan has a program of this name")
      }
      let amount = row.value(3, expected: "a decimal like -1234.50") { ExactAmount($0) }
      let currency = row.currency(4)
      let appliesTo = row.value(5, expected: "a month like 2026-10") { Period($0) }
      let reason = row.text(6)
      guard let id, let partner, let program, let amount, let currency, let appliesTo, let reason
      else { return }
      if !seen.insert(id).inserted {
        row.report(.X906, 0, "another adjustment has the same adjustmentId")
      }
      adjustments.append(
        Adjustment(
          adjustmentId: id, partner: partner, program: program, amount: amount,
          currency: currency, appliesTo: appliesTo, reasonCode: reason, note: row.raw(7),
          approvedBy: row.raw(8)))
    }
    findings += table.findings.findings
    return adjustments
  }
}
