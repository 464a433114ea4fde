import Domain
import Reports
import TestSupport
import Testing

@Suite("Findings as JUnit XML")
struct JUnitFindingsTests {
  @Test("libxml2 reads it, and suites and cases add up", arguments: 0..<40)
  func wellFormed(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let report = randomReport(&generator)
    let elements = try elements(render(report, as: .junit))
    try #require(elements.first?.name == "testsuites")
    let suites = elements.filter { $0.name == "testsuite" }
    #expect(suites.count == report.sources.count + (report.failure == nil ? 0 : 1))
    for (attribute, name) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
      let count = elements.count { $0.name == name }
      #expect(elements[0].attributes[attribute] == "\(count)")
      let sum = suites.reduce(0) { $0 + (Int($1.attributes[attribute] ?? "") ?? -1) }
      #expect(sum == count, "\(attribute)")
    }
    let failures = report.listed.count { $0.severity == .error }
    #expect(elements.count { $0.name == "failure" } >= failures)
  }

  @Test("errors fail, notes do not, and a feed without findings is a case that passed")
  func cases() throws {
    let findings = [
      Finding(.F117, feed: "a.csv", message: "not compared", remedy: ""),
      Finding(.R203, feed: "a.csv", line: 3, column: 5, value: "<1,0>", message: "a & b"),
    ]
    let report = FindingReport([
      .init("a.csv", path: "in/a.csv", findings: FindingLog(findings)), .init("b.csv", rows: 2),
    ])
    let elements = try elements(render(report, as: .junit))
    #expect(
      elements.map(\.name) == [
        "testsuites", "testsuite", "testcase", "system-out", "testcase", "failure", "testsuite",
        "testcase",
      ])
    #expect(elements[2].attributes["name"] == "F117 not compared")
    #expect(elements[3].text == "warning: a.csv\nnot compared")
    #expect(elements[4].attributes["name"] == "R203 line 3, column 5: a & b")
    #expect(elements[4].attributes["file"] == "in/a.csv" && elements[4].attributes["line"] == "3")
    #expect(elements[5].attributes["type"] == "R203")
    #expect(elements[5].text.hasPrefix("a.csv, line 3, column 5\na & b\nfound: <1,0>\n"))
    #expect(elements[7].attributes["name"] == "no findings")
  }

  @Test("what is not listed is a case per code")
  func leftOut() throws {
    var log = FindingLog(limit: 1)
    for code in [FindingCode.R203, .R203, .R203, .R211] {
      log.add(code) { Finding(code, feed: "a.csv", message: "m") }
    }
    let report = FindingReport([.init("a.csv", rows: 4, findings: log)])
    let cases = try elements(render(report, as: .junit)).filter { $0.name == "testcase" }
    #expect(cases.map { $0.attributes["name"] } == ["R203 m", "R203 (2 more)", "R211 (1 more)"])
  }
}
