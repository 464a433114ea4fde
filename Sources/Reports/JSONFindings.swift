import Domain

/// Findings as one JSON document, by `schemas/findings.schema.json`.
enum JSONFindings {
  /// - Throws: What the output's sink throws.
  static func write(_ report: FindingReport, to output: DocumentOutput) throws {
    var json = JSONText(output)
    try json.object { json in
      json.key("findings")
      try json.array { json in
        for source in report.sources {
          for finding in source.findings.listed {
            json.line()
            write(finding, to: &json)
            try json.drain()
          }
        }
      }
      json.line()
      json.key("feeds")
      try json.array { json in
        for source in report.sources where source.rows != nil {
          json.line()
          write(source, to: &json)
          try json.drain()
        }
      }
      json.line()
      json.member("leftOut", report.leftOut)
      if let failure = report.failure { json.member("failure", failure) }
      json.member("exit", Int(report.exitCode))
    }
    output.text("\n")
  }

  private static func write(_ finding: Finding, to json: inout JSONText) {
    json.object { json in
      json.member("feed", finding.feed)
      json.member("line", ifKnown: finding.line)
      json.member("column", ifKnown: finding.column)
      json.member("byteOffset", ifKnown: finding.byteOffset)
      json.member("earningId", finding.earningId)
      json.member("participantId", finding.participantId)
      json.member("field", finding.field)
      json.member("value", finding.value)
      json.member("code", finding.code.rawValue)
      json.member("severity", finding.severity.rawValue)
      json.member("message", finding.message)
      json.member("remedy", finding.remedy)
    }
  }

  private static func write(_ feed: FindingReport.Source, to json: inout JSONText) {
    json.object { json in
      json.member("feed", feed.name)
      json.member("path", feed.path)
      json.member("rows", ifKnown: feed.rows)
      json.key("refused")
      json.boolean(feed.isRefused)
      for severity in Severity.allCases.reversed() {
        json.member(severity.rawValue + "s", feed.findings.count(severity))
      }
      json.key("codes")
      json.object { json in
        for (code, count) in feed.findings.counts.sorted(by: { $0.key < $1.key }) {
          json.member(code.rawValue, count)
        }
      }
      json.member("leftOut", feed.findings.leftOut)
    }
  }
}
