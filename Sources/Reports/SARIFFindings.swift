import Domain

/// Findings as SARIF 2.1.0 (Static Analysis Results Interchange Format).
enum SARIFFindings {
  /// - Throws: What the output's sink throws.
  static func write(
    _ report: FindingReport, _ columns: CharacterColumns, to output: DocumentOutput
  ) throws {
    var json = JSONText(output)
    try json.object { json in
      json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.member("version", "2.1.0")
      json.key("runs")
      try json.array { json in try json.object { json in try run(report, columns, &json) } }
    }
    output.text("\n")
  }

  private static func run(
    _ report: FindingReport, _ columns: CharacterColumns, _ json: inout JSONText
  ) throws {
    let rules = Set(report.sources.flatMap { $0.findings.listed.map(\.code) }).sorted()
    json.key("tool")
    json.object { json in
      json.key("driver")
      json.object { json in
        json.member("name", "payout")
        json.key("rules")
        json.array { json in for code in rules { rule(code, &json) } }
      }
    }
    json.line()
    json.member("columnKind", "unicodeCodePoints")
    json.line()
    json.key("invocations")
    json.array { json in invocation(report, &json) }
    json.line()
    json.key("results")
    let indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
    try json.array { json in
      for (number, source) in report.sources.enumerated() {
        for finding in source.findings.listed {
          json.line()
          let column = columns.column(of: finding, source: number)
          result(finding, rule: indices[finding.code], source.path, column, &json)
          try json.drain()
        }
      }
    }
  }

  /// What `payout explain` says of the code.
  private static func rule(_ code: FindingCode, _ json: inout JSONText) {
    json.line()
    json.object { json in
      json.member("id", code.rawValue)
      message("shortDescription", code.text.title, &json)
      message("fullDescription", code.text.cause, &json)
      message("help", "For example: \(code.text.example)\n\(code.remedy)", &json)
      json.key("defaultConfiguration")
      json.object { $0.member("level", code.severity.rawValue) }
    }
  }

  private static func message(_ name: String, _ text: String, _ json: inout JSONText) {
    json.key(name)
    json.object { $0.member("text", text) }
  }

  /// How the command ended, and what is counted but not listed.
  private static func invocation(_ report: FindingReport, _ json: inout JSONText) {
    json.object { json in
      json.key("executionSuccessful")
      json.boolean(report.failure == nil)
      json.member("exitCode", Int(report.exitCode))
      json.key("toolExecutionNotifications")
      json.array { json in
        if let failure = report.failure { notification("error", failure, &json) }
        for source in report.sources where source.findings.leftOut > 0 {
          notification(
            "note", "\(source.findings.leftOut) more findings of \(source.name) are not listed",
            &json)
        }
      }
    }
  }

  private static func notification(_ level: String, _ text: String, _ json: inout JSONText) {
    json.line()
    json.object { json in
      json.member("level", level)
      message("message", SafeText.escaped(text), &json)
    }
  }

  private static func result(
    _ finding: Finding, rule: Int?, _ path: String, _ column: Int?, _ json: inout JSONText
  ) {
    json.object { json in
      json.member("ruleId", finding.code.rawValue)
      json.member("ruleIndex", ifKnown: rule)
      json.member("level", finding.severity.rawValue)
      message("message", finding.words, &json)
      json.key("locations")
      json.array { json in
        json.object { json in
          json.key("physicalLocation")
          json.object { json in location(finding, path, column, &json) }
        }
      }
      json.key("properties")
      json.object { json in
        json.member("earningId", finding.earningId)
        json.member("participantId", finding.participantId)
        json.member("field", finding.field)
        json.member("value", finding.value)
      }
    }
  }

  private static func location(
    _ finding: Finding, _ path: String, _ column: Int?, _ json: inout JSONText
  ) {
    json.key("artifactLocation")
    json.object { $0.member("uri", FileURI.reference(path)) }
    guard let line = finding.line else { return }
    json.key("region")
    json.object { json in
      json.member("startLine", line)
      json.member("startColumn", ifKnown: column)
      json.member("byteOffset", ifKnown: finding.byteOffset)
    }
  }
}
