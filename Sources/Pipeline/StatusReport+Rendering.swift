import Domain
import FoundationEssentials

extension StatusReport {
  /// The state for people.
  package var text: String {
    var lines: [String] = []
    let draft = draftAsOf.map { "draft as of \($0)" } ?? "no draft yet"
    lines.append("open period   \(openPeriod.text), \(draft)")
    if let lastClose {
      lines.append(
        "last close    \(lastClose.period.text),"
          + " \(StatusReport.count(lastClose.payments, "payment"))"
          + StatusReport.list(lastClose.paid, ": "))
    }
    if let lastRun {
      lines.append(
        "last change   \(lastRun.kind) of \(lastRun.period.text), as of \(lastRun.asOf.text):"
          + " \(StatusReport.count(lastRun.feeds, "feed")) with"
          + " \(StatusReport.count(lastRun.rows, "row")) taken in")
    }
    if !missingOutputs.isEmpty {
      lines.append("missing       " + missingOutputs.joined(separator: ", "))
      lines.append("              what they say is left out here; payout run or close writes them")
    }
    lines += feedLines + holdLines + balanceLines + bankLines
    lines.append("")
    lines.append(
      "inbox         \(StatusReport.count(waiting.count, "feed")) waiting"
        + StatusReport.joined(waiting))
    if draftAsOf != nil {
      lines.append(
        "since then    \(StatusReport.count(changedInputs.count, "file")) changed"
          + StatusReport.joined(changedInputs))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func joined(_ names: [String]) -> String {
    names.isEmpty ? "" : ": " + names.map { SafeText.shown($0) }.joined(separator: ", ")
  }

  private static func list(_ amounts: [Amount], _ before: String) -> String {
    let shown = amounts.map { "\($0.currency) \($0.amount)" }.joined(separator: ", ")
    return shown.isEmpty ? "" : before + shown
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private var feedLines: [String] {
    guard !feeds.isEmpty else { return ["", "no feeds in this period"] }
    var rows = [["feed", "rows"] + Bucket.allCases.map(\.name) + ["findings"]]
    for feed in feeds {
      let findings = feed.findings.sorted { $0.key < $1.key }.map { "\($0.key)×\($0.value)" }
      rows.append(
        [SafeText.shown(feed.name), "\(feed.rows)"]
          + Bucket.allCases.map { "\(feed.buckets[$0] ?? 0)" }
          + [findings.joined(separator: " ")])
    }
    return [""] + StatusReport.table(rows, leading: [0, 7])
  }

  private var holdLines: [String] {
    guard !holds.isEmpty else { return ["", "nothing is held"] }
    var rows = [["held", "balances", "amounts", "periods in a row", "reason"]]
    for hold in holds {
      let ages = hold.ages.map { "\($0.balances) for \($0.periods)" }.joined(separator: ", ")
      rows.append([
        hold.reason.rawValue, "\(hold.balances)", StatusReport.list(hold.amounts, ""), ages,
        hold.reason.text.title,
      ])
    }
    return [""] + StatusReport.table(rows, leading: [0, 2, 3, 4])
  }

  private var balanceLines: [String] {
    guard let first = balances.first else { return ["", "no balances"] }
    var rows = [["currency", "balances"] + first.amounts.map(\.name)]
    for balance in balances {
      rows.append([balance.currency, "\(balance.balances)"] + balance.amounts.map(\.amount))
    }
    return [""] + StatusReport.table(rows, leading: [0])
  }

  private var bankLines: [String] {
    guard !banks.isEmpty else { return [] }
    var rows = [["at the bank", "currency", "payments", "amount"]]
    for bank in banks {
      rows.append([bank.state, bank.currency, "\(bank.payments)", bank.amount])
    }
    return [""] + StatusReport.table(rows, leading: [0, 1])
  }

  /// Columns of equal width: those that are `leading` begin in one place, all others end in one.
  private static func table(_ rows: [[String]], leading: Set<Int>) -> [String] {
    guard let first = rows.first else { return [] }
    let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let pad = String(repeating: " ", count: widths[column] - cell.count)
        return leading.contains(column) ? cell + pad : pad + cell
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The state as `schemas/status.schema.json` says; the same bytes for the same state.
  ///
  /// - Throws: ``RunFailure`` if it cannot be encoded, which cannot be.
  package func json() throws(RunFailure) -> String {
    try ReportJSON.text(StatusDocument(self))
  }
}

/// ``StatusReport`` as JSON has it.
private struct StatusDocument: Encodable {
  struct Feed: Encodable {
    var name: String
    var rows: Int
    var buckets: [String: Int]
    var findings: [String: Int]
  }

  struct Hold: Encodable {
    struct Age: Encodable {
      var periods: Int
      var balances: Int
    }

    var reason: String
    var balances: Int
    var amounts: [String: String]
    var ages: [Age]
  }

  struct Balance: Encodable {
    var currency: String
    var balances: Int
    var amounts: [String: String]
  }

  struct Bank: Encodable {
    var currency: String
    var state: String
    var payments: Int
    var amount: String
  }

  struct Close: Encodable {
    var period: String
    var asOf: String
    var payments: Int
    var paid: [String: String]
  }

  struct Run: Encodable {
    var kind: String
    var period: String
    var asOf: String
    var feeds: Int
    var rows: Int
  }

  var openPeriod: String
  var draftAsOf: String?
  var lastClose: Close?
  var lastRun: Run?
  var feeds: [Feed]
  var holds: [Hold]
  var balances: [Balance]
  var banks: [Bank]?
  var waiting: [String]
  var changedInputs: [String]
  var missingOutputs: [String]?

  init(_ report: StatusReport) {
    openPeriod = report.openPeriod.text
    draftAsOf = report.draftAsOf
    lastClose = report.lastClose.map {
      Close(
        period: $0.period.text, asOf: $0.asOf.text, payments: $0.payments,
        paid: StatusDocument.amounts($0.paid))
    }
    lastRun = report.lastRun.map {
      Run(
        kind: $0.kind, period: $0.period.text, asOf: $0.asOf.text, feeds: $0.feeds, rows: $0.rows)
    }
    feeds = report.feeds.map { feed in
      Feed(
        name: feed.name, rows: feed.rows,
        buckets: Dictionary(
          uniqueKeysWithValues: Bucket.allCases.map { ($0.name, feed.buckets[$0] ?? 0) }),
        findings: feed.findings)
    }
    holds = report.holds.map { hold in
      Hold(
        reason: hold.reason.rawValue, balances: hold.balances,
        amounts: StatusDocument.amounts(hold.amounts),
        ages: hold.ages.map { Hold.Age(periods: $0.periods, balances: $0.balances) })
    }
    balances = report.balances.map { balance in
      Balance(
        currency: balance.currency, balances: balance.balances,
        amounts: Dictionary(balance.amounts.map { ($0.name, $0.amount) }, uniquingKeysWith: { $1 }))
    }
    if !report.banks.isEmpty {
      banks = report.banks.map {
        Bank(currency: $0.currency, state: $0.state, payments: $0.payments, amount: $0.amount)
      }
    }
    waiting = report.waiting
    changedInputs = report.changedInputs
    missingOutputs = report.missingOutputs.isEmpty ? nil : report.missingOutputs
  }

  private static func amounts(_ amounts: [StatusReport.Amount]) -> [String: String] {
    Dictionary(amounts.map { ($0.currency, $0.amount) }, uniquingKeysWith: { $1 })
  }
}
