import Domain
import Foundation
import Reports
import TestSupport
import Testing

@Suite("Findings as JSON")
struct JSONFindingsTests {
  @Test("every text comes back as it was, and every feed with its counts", arguments: 0..<40)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let report = randomReport(&generator)
    let document = try json(report, as: .json)
    let findings = try #require(document["findings"] as? [[String: Any]])
    try #require(findings.count == report.listed.count)
    for (read, finding) in zip(findings, report.listed) {
      #expect(read["feed"] as? String == finding.feed)
      #expect(read["message"] as? String == finding.message)
      #expect(read["value"] as? String == finding.value)
      #expect(read["remedy"] as? String == finding.remedy)
      #expect(read["line"] as? Int == finding.line)
      #expect(read["code"] as? String == finding.code.rawValue)
    }
    let feeds = try #require(document["feeds"] as? [[String: Any]])
    let expected = report.sources.filter { $0.rows != nil }
    try #require(feeds.count == expected.count)
    for (read, feed) in zip(feeds, expected) {
      #expect(read["codes"] as? [String: Int] == named(feed.findings.counts))
      #expect(read["errors"] as? Int == feed.findings.count(.error))
      #expect(read["leftOut"] as? Int == feed.findings.leftOut)
    }
    #expect(document["failure"] as? String == report.failure)
  }

  private func named(_ counts: [FindingCode: Int]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
  }

  @Test("nothing in it moves a terminal's cursor or turns its text round", arguments: 0..<20)
  func safe(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let report = randomReport(&generator)
    for format in [FindingFormat.json, .sarif] {
      let text = try render(report, as: format)
      let unsafe = text.unicodeScalars.filter { $0 != "\n" && SafeText.isUnsafe($0) }
      #expect(unsafe.isEmpty, "\(format)")
    }
  }

  @Test("the keys of a finding are the columns of errors.csv, in their order")
  func keys() throws {
    let finding = Finding(.R203, feed: "a.csv", line: 1, column: 2, byteOffset: 3, message: "m")
    let report = FindingReport([.init("a.csv", findings: FindingLog([finding]))])
    let line = try #require(
      try render(report, as: .json).split(separator: "\n").first { $0.hasPrefix("{\"feed\"") })
    let keys = line.matches(of: #/[{,]"([a-zA-Z]+)":/#).map { String($0.1) }
    let header = try render(FindingReport(), as: .csv).split(separator: "\r\n")[0]
    #expect(keys == header.split(separator: ",").map(String.init))
  }
}
