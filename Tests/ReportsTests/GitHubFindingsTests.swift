import Domain
import Reports
import TestSupport
import Testing

@Suite("Findings as annotations of GitHub")
struct GitHubFindingsTests {
  private func report(_ counts: [FindingCode: Int], limit: Int = .max) -> FindingReport {
    var log = FindingLog(limit: limit)
    for (code, count) in counts.sorted(by: { $0.key < $1.key }) {
      for line in 0..<count {
        log.add(code) { Finding(code, feed: "a.csv", line: line + 1, column: 1, message: "m") }
      }
    }
    return FindingReport([.init("a.csv", rows: 1, findings: log)])
  }

  @Test("file, line, column, title and message, escaped as a runner reads them")
  func command() throws {
    var finding = Finding(
      .R203, feed: "a.csv", line: 3, column: 9, value: "5%", message: "no: decimal, 100%",
      remedy: "Write 5.")
    finding.feed = "a,b:c.csv"
    let report = FindingReport([
      .init("a,b:c.csv", path: "in/a,b:c.csv", findings: FindingLog([finding]))
    ])
    var columns = CharacterColumns()
    columns.set(7, at: .init(source: 0, line: 3, column: 9))
    #expect(
      try render(report, as: .github, columns: columns)
        == "::error file=in/a%2Cb%3Ac.csv,line=3,col=7,title=R203%3A not a decimal::"
        + "no: decimal, 100%25%0Afound: 5%25%0AWrite 5.\n")
  }

  static let limits: [(counts: [FindingCode: Int], commands: [Int], rest: String?)] = [
    ([:], [0, 0, 0], nil),
    ([.R203: 10, .F117: 10, .R211: 9], [10, 10, 9], nil),
    ([.R203: 11], [10, 0, 1], "not shown here: 1 error"),
    (
      [.R203: 25, .F117: 12, .R211: 30], [10, 10, 10],
      "not shown here: 15 errors, 2 warnings, 21 notes"
    ),
  ]

  @Test("ten of each kind, and then a line with the rest", arguments: limits)
  func limit(counts: [FindingCode: Int], commands: [Int], rest: String?) throws {
    let lines = try render(report(counts), as: .github).split(separator: "\n")
    let names = ["::error ", "::warning ", "::notice "]
    #expect(names.map { name in lines.count { $0.hasPrefix(name) } } == commands)
    if let rest { #expect(lines.last.map(String.init) == "::notice title=payout::" + rest) }
    #expect(lines.count == commands.reduce(0, +))
  }

  @Test("what is counted and not listed is in the rest")
  func leftOut() throws {
    let text = try render(report([.R203: 1_000], limit: 20), as: .github)
    #expect(text.hasSuffix("not shown here: 990 errors\n"))
  }

  @Test("every line is a command, whatever stands in a feed", arguments: 0..<40)
  func hostile(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let text = try render(randomReport(&generator), as: .github)
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      let command = try #require(
        line.wholeMatch(of: #/::(?:error|warning|notice) ([a-z]+=[^:]*)::(.*)/#), "\(line)")
      for property in command.1.split(separator: ",") {
        #expect(property.wholeMatch(of: #/(file|line|col|title)=.*/#) != nil, "\(line)")
      }
      #expect(!line.unicodeScalars.contains(where: SafeText.isUnsafe))
    }
  }
}
