import Banking
package import Domain

extension PaymentReport {
  /// What is to be said of them, as a report of findings.
  package func document(root: String) -> FindingReport {
    FindingReport(findings.listed) { file in ReportPath.shown(root + "/" + file) }
  }

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
