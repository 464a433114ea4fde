import Banking
package import Domain

extension PaymentReport {
  /// What is to be said of them, as a report of findings.
  package func document(root: String) -> FindingReport {
    FindingReport(findings.listed) { file in ReportPath.shown(root + "/" + file) }
  }

  /// What people have to look at, and where the rest is.
  package func shown(root: String) -> (report: FindingReport, rest: String) {
    let listed = findings.listed.filter { $0.severity > .note || isAboutWaiting($0) }
    let rest = findings.total - listed.count
    let report = FindingReport(listed) { file in ReportPath.shown(root + "/" + file) }
    guard rest > 0 else { return (report, "") }
    let place = isWritten ? " in payments/\(period.text)/findings.csv" : ""
    return (report, "\(rest) more notes about payments\(place)\n")
  }

  private var isWritten: Bool { state == .written || state == .unchanged }

  private func isAboutWaiting(_ finding: Finding) -> Bool { finding.code == .B606 }

  /// The one line for the log of who asked for them.
  package func summary(exit code: Int32) -> String {
    "payments period=\(period.text) state=\(state.rawValue) \(counts) exit=\(code)\n"
  }

  /// What a close has done, for people.
  package var line: String {
    "payments/\(period.text): \(state.rawValue), \(counts)\n"
  }

  /// What is in each file, for who is to approve it.
  package var table: String {
    var lines = bankFiles.map { path, sums, days in
      "  \(path): \(sums.text), executed \(days.joined(separator: " "))"
    }
    lines.append("  credit notes: \(manifest.creditNotes.text)")
    lines.append("  in no file: \(manifest.unsent.text)")
    return lines.map { $0 + "\n" }.joined()
  }

  private var bankFiles: [(path: String, sums: PaymentManifest.Sums, days: [String])] {
    manifest.files.compactMap { file in
      file.sums.map { (file.path, $0, file.executionDates ?? []) }
    }
  }

  private var counts: String {
    let sums = manifest.total.amounts.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: " ")
    return "files=\(bankFiles.count) inFiles=\(bankFiles.reduce(0) { $0 + $1.sums.payments })"
      + " creditNotes=\(manifest.creditNotes.payments) unsent=\(manifest.unsent.payments)"
      + " total=\"\(sums)\" approvals=\(approvals)/\(approvalsNeeded)"
  }
}
