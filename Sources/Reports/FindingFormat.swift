package import Domain

/// The formats in which findings are shown (docs/findings.md, "Formats").
package enum FindingFormat: String, CaseIterable, Sendable {
  /// For people, in a terminal; the command shows it.
  case text
  /// By `schemas/findings.schema.json`.
  case json
  /// As `errors.csv`.
  case csv
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit XML, for test reports.
  case junit
  /// Workflow commands of GitHub Actions.
  case github

  /// Writes the document piece by piece.
  ///
  /// - Parameter columns: Of the places in the feeds, in characters; they are asked for only by
  ///   formats that count in characters.
  /// - Precondition: Not ``text``.
  /// - Throws: What `sink` throws.
  package func write(
    _ report: FindingReport, columns: () -> CharacterColumns,
    to sink: @escaping ([UInt8]) throws -> Void
  ) throws {
    let output = DocumentOutput(sink)
    switch self {
    case .text: preconditionFailure("findings for people are shown by the command")
    case .json: try JSONFindings.write(report, to: output)
    case .csv: try CSVFindings.write(report, to: output)
    case .sarif: try SARIFFindings.write(report, columns(), to: output)
    case .junit: try JUnitFindings.write(report, to: output)
    case .github: try GitHubFindings.write(report, columns(), to: output)
    }
    try output.finish()
  }
}
