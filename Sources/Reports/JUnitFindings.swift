import Domain

/// Findings as JUnit XML: a suite per file, a case per finding, failed where it is an error.
///
/// A file without findings is one case that passed. What is counted but not listed is one case per
/// code; why a command ended without doing its work is an error of its own suite.
enum JUnitFindings {
  private struct Case {
    var name: String
    var severity: Severity
    var code: FindingCode?
    var message = ""
    var text = ""
  }

  /// - Throws: What the output's sink throws.
  static func write(_ report: FindingReport, to output: DocumentOutput) throws {
    let failed = report.failure == nil ? 0 : 1
    let failures = report.sources.reduce(0) { $0 + self.failures($1.findings) }
    let tests = report.sources.reduce(failed) { $0 + self.tests($1.findings) }
    output.text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    output.text("<testsuites name=\"payout\"\(counts(tests, failures, failed))>\n")
    for source in report.sources { try write(source, to: output) }
    if let failure = report.failure { write(failure: failure, to: output) }
    output.text("</testsuites>\n")
  }

  private static func write(_ source: FindingReport.Source, to output: DocumentOutput) throws {
    let log = source.findings
    let path = XMLText.attribute(source.path)
    output.text("<testsuite name=\(path)\(counts(tests(log), failures(log), 0))>\n")
    if log.total == 0 {
      write(Case(name: "no findings", severity: .note), nil, path, to: output)
    }
    for finding in log.listed {
      write(listed(finding), finding.line, path, to: output)
      try output.drain()
    }
    for (code, count) in log.leftOutByCode {
      let what = "\(code.text.title): \(count) more, counted and not listed"
      write(
        Case(
          name: "\(code.rawValue) (\(count) more)", severity: code.severity, code: code,
          message: what, text: what + "\n" + code.remedy), nil, path, to: output)
    }
    output.text("</testsuite>\n")
  }

  private static func listed(_ finding: Finding) -> Case {
    let place = finding.placeInWords
    let what = (place.isEmpty ? "" : place + ": ") + finding.message
    return Case(
      name: finding.code.rawValue + " " + what, severity: finding.severity, code: finding.code,
      message: finding.message,
      text: finding.feed + (place.isEmpty ? "" : ", " + place) + "\n" + finding.words)
  }

  private static func write(
    _ test: Case, _ line: Int?, _ path: String, to output: DocumentOutput
  ) {
    let place = " file=\(path)" + (line.map { " line=\"\($0)\"" } ?? "")
    output.text("<testcase name=\(XMLText.attribute(test.name)) classname=\(path)\(place)")
    guard let code = test.code else {
      output.text("/>\n")
      return
    }
    let text = XMLText.content(test.text)
    if test.severity == .error {
      let message = XMLText.attribute(test.message)
      output.text("><failure type=\"\(code.rawValue)\" message=\(message)>\(text)</failure>")
    } else {
      output.text("><system-out>\(test.severity.rawValue): \(text)</system-out>")
    }
    output.text("</testcase>\n")
  }

  private static func write(failure: String, to output: DocumentOutput) {
    output.text("<testsuite name=\"payout\"\(counts(1, 0, 1))>\n")
    output.text("<testcase name=\"the command ends with its work done\" classname=\"payout\">")
    output.text("<error type=\"failure\" message=\(XMLText.attribute(failure))/>")
    output.text("</testcase>\n</testsuite>\n")
  }

  private static func tests(_ log: FindingLog) -> Int {
    log.total == 0 ? 1 : log.listed.count + log.leftOutByCode.count
  }

  private static func failures(_ log: FindingLog) -> Int {
    log.listed.count { $0.severity == .error }
      + log.leftOutByCode.count { $0.code.severity == .error }
  }

  private static func counts(_ tests: Int, _ failures: Int, _ errors: Int) -> String {
    " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"0\""
  }
}
