import ByteStreams
import Domain

/// Writes how a command ended and how the workspace stands in the text format of Prometheus, for
/// the textfile collector of node_exporter.
package struct MetricsFile {
  private let path: String
  private var lines: [String] = []

  /// - Parameter path: Ends in `.prom`, or the collector does not read it.
  package init(path: String) {
    self.path = path
  }

  /// Writes the file in one step; others may read it.
  ///
  /// - Parameters:
  ///   - root: The workspace; where its state cannot be read, only the end of the command is said.
  ///   - code: The exit code.
  ///   - seconds: How long it took, as a decimal.
  /// - Throws: ``RunFailure``.
  package mutating func write(
    command: String, root: String, code: Int, seconds: String
  ) throws(RunFailure) {
    gauge("payout_exit_code", "The exit code of the last command.")
    sample("payout_exit_code", [("command", command)], "\(code)")
    gauge("payout_duration_seconds", "How long the last command took.")
    sample("payout_duration_seconds", [("command", command)], seconds)
    if let report = try? StatusPipeline(root: root).status() { add(report) }
    let text = lines.map { $0 + "\n" }.joined()
    do throws(FileError) {
      try FileSystem.writeFileAtomically(path, Array(text.utf8), isPublic: true)
    } catch {
      throw RunFailure(error)
    }
  }

  private mutating func add(_ report: StatusReport) {
    let period = ("period", report.openPeriod.text)
    gauge("payout_open_period_info", "The open period.")
    sample("payout_open_period_info", [period], "1")
    gauge("payout_feeds", "Feeds taken in in the open period.")
    sample("payout_feeds", [period], "\(report.feeds.count)")
    gauge("payout_rows", "Rows of these feeds by where they ended.")
    for bucket in Bucket.allCases {
      let rows = report.feeds.reduce(0) { $0 + ($1.buckets[bucket] ?? 0) }
      sample("payout_rows", [period, ("bucket", bucket.name)], "\(rows)")
    }
    gauge("payout_findings", "Findings about these feeds by code.")
    let findings = Dictionary(report.feeds.flatMap(\.findings), uniquingKeysWith: +)
    for (code, count) in findings.sorted(by: { $0.key < $1.key }) {
      sample("payout_findings", [period, ("code", code)], "\(count)")
    }
    addHolds(report)
    gauge("payout_balance", "Balances added up, by the columns of register.csv.")
    for balance in report.balances {
      for (name, amount) in balance.amounts {
        sample("payout_balance", [("column", name), ("currency", balance.currency)], amount)
      }
    }
    gauge("payout_inbox_feeds", "Feeds that wait in the inbox.")
    sample("payout_inbox_feeds", [], "\(report.waiting.count)")
    gauge("payout_changed_inputs", "Files changed since the draft was drawn.")
    sample("payout_changed_inputs", [], "\(report.changedInputs.count)")
  }

  private mutating func addHolds(_ report: StatusReport) {
    gauge("payout_held_balances", "Balances that are held, by reason.")
    for hold in report.holds {
      sample("payout_held_balances", [("reason", hold.reason.rawValue)], "\(hold.balances)")
    }
    gauge("payout_held_periods_max", "For how many periods in a row a reason has held a balance.")
    for hold in report.holds {
      let age = hold.ages.map(\.periods).max() ?? 0
      sample("payout_held_periods_max", [("reason", hold.reason.rawValue)], "\(age)")
    }
  }

  private mutating func gauge(_ name: String, _ help: String) {
    lines.append("# HELP \(name) \(help)")
    lines.append("# TYPE \(name) gauge")
  }

  /// - Parameter labels: Their values are codes of our own: nothing in them is to be escaped.
  private mutating func sample(
    _ name: String, _ labels: [(name: String, value: String)], _ value: String
  ) {
    let text = labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
    lines.append(name + (text.isEmpty ? "" : "{\(text)}") + " " + value)
  }
}
