/// A report about a period as a whole, beside the tables (docs/reports.md).
package enum ReportKind: String, CaseIterable, Hashable, Sendable {
  case html
  case workbook
  case journal

  /// The files that it has in the output directory.
  package var files: [String] {
    switch self {
    case .html: ["report.html"]
    case .workbook: ["reconciliation.xlsx"]
    case .journal: ["journal.hledger", "postings.csv"]
    }
  }
}
