import Domain

/// Findings as workflow commands of GitHub Actions, which shows them beside the lines of a file.
///
/// GitHub shows ten annotations of each kind per step and drops the rest without a word, so that
/// the last of the notices says how many there are.
enum GitHubFindings {
  private static func limit(_ severity: Severity) -> Int {
    severity == .note ? 9 : 10
  }

  /// - Throws: What the output's sink throws.
  static func write(
    _ report: FindingReport, _ columns: CharacterColumns, to output: DocumentOutput
  ) throws {
    var shown: [Severity: Int] = [:]
    if let failure = report.failure {
      shown[.error] = 1
      command(.error, ["title=payout"], SafeText.escaped(failure), to: output)
    }
    for (number, source) in report.sources.enumerated() {
      for finding in source.findings.listed
      where shown[finding.severity, default: 0] < limit(finding.severity) {
        shown[finding.severity, default: 0] += 1
        let column = columns.column(of: finding, source: number)
        annotate(finding, source.path, column, to: output)
      }
    }
    if let rest = rest(report, shown) { command(.note, ["title=payout"], rest, to: output) }
  }

  private static func annotate(
    _ finding: Finding, _ path: String, _ column: Int?, to output: DocumentOutput
  ) {
    var properties = ["file=" + escaped(property: path)]
    if let line = finding.line { properties.append("line=\(line)") }
    if let column { properties.append("col=\(column)") }
    let title = "\(finding.code.rawValue): \(finding.code.text.title)"
    properties.append("title=" + escaped(property: title))
    command(finding.severity, properties, finding.words, to: output)
  }

  private static func command(
    _ severity: Severity, _ properties: [String], _ text: String, to output: DocumentOutput
  ) {
    let name =
      switch severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    output.text("::\(name) \(properties.joined(separator: ","))::\(escaped(data: text))\n")
  }

  /// How many findings have no annotation; nil if there are none.
  private static func rest(_ report: FindingReport, _ shown: [Severity: Int]) -> String? {
    let rest = Severity.allCases.reversed().compactMap { severity -> String? in
      var count = report.sources.reduce(0) { $0 + $1.findings.count(severity) }
      if severity == .error, report.failure != nil { count += 1 }
      count -= shown[severity, default: 0]
      return count > 0 ? "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")" : nil
    }
    return rest.isEmpty ? nil : "not shown here: " + rest.joined(separator: ", ")
  }

  /// What would end the command or begin an escape.
  private static func escaped(data text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// A property ends at a comma or a colon, too.
  private static func escaped(property text: String) -> String {
    escaped(data: SafeText.escaped(text)).unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case ":": result += "%3A"
      case ",": result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
