import Domain

/// Findings as CSV, in the columns of `errors.csv`.
enum CSVFindings {
  /// - Throws: What the output's sink throws.
  static func write(_ report: FindingReport, to output: DocumentOutput) throws {
    var errors = ErrorsCSV()
    for source in report.sources {
      for finding in source.findings.listed {
        errors.add(finding)
        output.bytes += errors.take()
        try output.drain()
      }
    }
    output.bytes += errors.take()
  }
}
