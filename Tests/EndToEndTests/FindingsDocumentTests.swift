import Domain
import Foundation
import Testing

@Suite("docs/findings.md")
struct FindingsDocumentTests {
  private static let url = Program.root.appending(path: "docs/findings.md")
  /// All after this line is made of the catalogue.
  private static let begin = "<!-- Made by FindingsDocumentTests. -->\n"

  private static let families: [(letter: Character, title: String)] = [
    ("F", "Feeds: what refuses a whole feed, or is said about it"),
    ("R", "Rows: what rejects a row, or is said about it"),
    ("E", "Eligibility: why an earning is not eligible"),
    ("C", "Calculation: what stops a command"),
    ("B", "Payments: what is said about their files, and what banks say of them"),
    ("H", "Holds: why a balance is not paid"),
    ("X", "Configuration, registry, plans: what stops a command"),
  ]

  private func catalogue() -> String {
    Self.families.map { family in
      let codes = FindingCode.allCases.filter { $0.rawValue.first == family.letter }
      let rows = codes.map { code in
        "| [\(code.rawValue)](#\(code.rawValue.lowercased())) | \(code.severity.rawValue)"
          + " | \(code.text.title) |\n"
      }
      return "\n### \(family.title)\n\n| code | severity | what is wrong |\n|---|---|---|\n"
        + rows.joined() + codes.map(section).joined()
    }.joined()
  }

  private func section(_ code: FindingCode) -> String {
    let text = code.text
    return "\n#### \(code.rawValue)\n\n**\(code.rawValue) (\(code.severity)): \(text.title).**"
      + " \(text.cause)\n\n"
      + "    \(text.example)\n\n\(text.remedy)\n"
  }

  /// With RECORD_GOLDENS set, writes the file instead and fails, so that nobody forgets to look.
  @Test("has the texts of every code, and nothing else after them")
  func document() throws {
    let document = try String(contentsOf: Self.url, encoding: .utf8)
    let parts = document.components(separatedBy: Self.begin)
    try #require(parts.count == 2)
    let expected = parts[0] + Self.begin + catalogue()
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Data(expected.utf8).write(to: Self.url)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
    } else {
      #expect(document == expected, "RECORD_GOLDENS=1 makes it anew")
    }
  }

  @Test("every code has its family")
  func families() {
    let letters = Self.families.map(\.letter)
    #expect(FindingCode.allCases.allSatisfy { $0.rawValue.first.map(letters.contains) == true })
  }

  @Test("the severities named in its first part are those of the codes")
  func severities() throws {
    let document = try String(contentsOf: Self.url, encoding: .utf8)
    func named(_ severity: Severity) throws -> Set<String> {
      let line = try #require(
        document.split(separator: "\n").first { $0.hasPrefix("| `\(severity)` | ") })
      let codes = try #require(line.split(separator: "|").last)
      return Set(codes.matches(of: #/[A-Z]\d\d\d/#).map { String($0.0) })
    }
    func own(_ severity: Severity) -> Set<String> {
      Set(FindingCode.allCases.filter { $0.severity == severity }.map(\.rawValue))
    }
    #expect(try named(.warning) == own(.warning))
    #expect(try named(.note) == own(.note).filter { !$0.hasPrefix("E") && !$0.hasPrefix("H") })
    #expect(
      own(.note).isSuperset(
        of: FindingCode.allCases.map(\.rawValue).filter { $0.hasPrefix("E") || $0.hasPrefix("H") }))
  }

  @Test("explain says the same", arguments: FindingCode.allCases)
  func explain(code: FindingCode) throws {
    let result = try Program.run(["explain", code.rawValue])
    let text = code.text
    #expect(
      result.output == """
        \(code.rawValue) (\(code.severity.rawValue)): \(text.title)

        Why it comes
            \(text.cause)

        Example
            \(text.example)

        What to do
            \(text.remedy)

        """)
  }
}
