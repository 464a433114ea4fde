import Domain
import Foundation
import Reports
import TestSupport
import Testing

/// What the schema of SARIF 2.1.0 asks of what is written, by hand: the schema is not at hand.
@Suite("Findings as SARIF")
struct SARIFFindingsTests {
  private func run(_ document: [String: Any]) throws -> [String: Any] {
    #expect(document["version"] as? String == "2.1.0")
    let runs = try #require(document["runs"] as? [[String: Any]])
    try #require(runs.count == 1)
    #expect(runs[0]["columnKind"] as? String == "unicodeCodePoints")
    return runs[0]
  }

  private func rules(_ run: [String: Any]) throws -> [[String: Any]] {
    let tool = try #require(run["tool"] as? [String: Any])
    let driver = try #require(tool["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "payout")
    return try #require(driver["rules"] as? [[String: Any]])
  }

  private func text(_ object: [String: Any], _ key: String) -> String? {
    (object[key] as? [String: Any])?["text"] as? String
  }

  @Test("results name their rules, levels and places", arguments: 0..<40)
  func results(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let report = randomReport(&generator)
    let run = try run(json(report, as: .sarif))
    let rules = try rules(run)
    #expect(Set(rules.compactMap { $0["id"] as? String }).count == rules.count)
    let results = try #require(run["results"] as? [[String: Any]])
    try #require(results.count == report.listed.count)
    for (result, finding) in zip(results, report.listed) {
      #expect(result["ruleId"] as? String == finding.code.rawValue)
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == finding.code.rawValue)
      #expect(result["level"] as? String == finding.severity.rawValue)
      #expect(text(result, "message") != nil)
      let region = try region(of: result)
      #expect(region?["startLine"] as? Int == finding.line)
      #expect(region?["byteOffset"] as? Int == finding.byteOffset)
      // Without the line itself, only the first column is known.
      #expect(region?["startColumn"] as? Int == (finding.column == 1 ? 1 : nil))
    }
  }

  private func region(of result: [String: Any]) throws -> [String: Any]? {
    let locations = try #require(result["locations"] as? [[String: Any]])
    try #require(locations.count == 1)
    let place = try #require(locations[0]["physicalLocation"] as? [String: Any])
    let artifact = try #require(place["artifactLocation"] as? [String: Any])
    let uri = try #require(artifact["uri"] as? String)
    #expect(uri.wholeMatch(of: #/(file:\/\/\/)?([A-Za-z0-9._~\/-]|%[0-9A-F]{2})+/#) != nil)
    return place["region"] as? [String: Any]
  }

  @Test("rules say what explain says")
  func explains() throws {
    let findings = FindingCode.allCases.map { Finding($0, feed: "a.csv", message: "m") }
    let report = FindingReport([.init("a.csv", findings: FindingLog(findings))])
    let rules = try rules(run(json(report, as: .sarif)))
    try #require(rules.count == FindingCode.allCases.count)
    for (rule, code) in zip(rules, FindingCode.allCases.sorted()) {
      #expect(rule["id"] as? String == code.rawValue)
      #expect(text(rule, "shortDescription") == code.text.title)
      #expect(text(rule, "fullDescription") == code.text.cause)
      let help = try #require(text(rule, "help"))
      #expect(help.contains(code.text.example) && help.hasSuffix(code.remedy))
      let configuration = try #require(rule["defaultConfiguration"] as? [String: Any])
      #expect(configuration["level"] as? String == code.severity.rawValue)
    }
  }

  @Test("a command that failed, and findings that are not listed, are said")
  func invocation() throws {
    var log = FindingLog(limit: 1)
    for _ in 0..<3 { log.add(.R203) { Finding(.R203, feed: "a.csv", message: "m") } }
    var report = FindingReport([.init("a.csv", findings: log)])
    report.failure = "the disk is full"
    report.exitCode = 74
    let invocations = try #require(
      try run(json(report, as: .sarif))["invocations"] as? [[String: Any]])
    #expect(invocations[0]["executionSuccessful"] as? Bool == false)
    #expect(invocations[0]["exitCode"] as? Int == 74)
    let notifications = try #require(
      invocations[0]["toolExecutionNotifications"] as? [[String: Any]])
    #expect(
      notifications.map { text($0, "message") } == [
        "the disk is full", "2 more findings of a.csv are not listed",
      ])
  }
}
