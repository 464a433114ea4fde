import Banking
package import Domain
import Ledger

/// What a reconciliation has done.
package struct ReconcileReport: Sendable {
  /// The one that is open.
  package var period: Period
  package var taken = 0
  /// Files that were reconciled before.
  package var known = 0
  package var refused = 0
  package var booked = 0
  package var returned = 0
  package var rejected = 0
  package var unknown = 0
  /// Of all payments, those of which banks have told nothing yet.
  package var open = 0
  package var findings = FindingLog(limit: .max)

  init(period: Period) {
    self.period = period
  }

  mutating func take(
    _ summary: ReconciliationSummary, _ intake: BankIntake, _ findings: FindingLog
  ) {
    let events = intake.intake.events
    taken = intake.intake.files.count
    booked = events.count { $0.kind == .booked }
    returned = events.count { $0.kind == .returned }
    rejected = events.count { $0.kind == .rejected }
    unknown = intake.unknown.count
    open = summary.payments.count { $0.state == .open }
    self.findings = findings
    self.findings.sort()
  }

  package var worst: Severity? { findings.worst }

  /// What is to be said, by the files as they were named.
  package func document(files: [String]) -> FindingReport {
    var paths: [String: String] = [:]
    for file in files {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      paths[SafeText.escaped(name)] = file
    }
    let groups = Dictionary(grouping: findings.listed, by: \.feed)
    var sources = groups.map { name, listed in
      FindingReport.Source(name, path: paths[name] ?? name, findings: FindingLog(listed))
    }
    if findings.leftOut > 0, !sources.isEmpty {
      var rest = FindingLog(limit: 0)
      for (code, count) in findings.leftOutByCode { rest.count(code, count) }
      sources.append(FindingReport.Source("", findings: rest))
    }
    return FindingReport(sources)
  }

  /// The one line for the log of who asked for it.
  package func summary(exit code: Int32) -> String {
    "reconcile period=\(period.text) files=\(taken) known=\(known) refused=\(refused)"
      + " booked=\(booked) returned=\(returned) rejected=\(rejected) unknown=\(unknown)"
      + " open=\(open) exit=\(code)\n"
  }
}
