import Foundation
import Testing

@Suite("payout explain")
struct ExplainTests {
  /// The csp sample after a run; the caller removes it.
  private static func workspace() throws -> URL {
    let workspace = try Program.workspace("csp")
    _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    return workspace
  }

  private static func text(_ id: String, _ workspace: URL) throws -> String {
    let result = try Program.run(["explain", id, "--workspace", workspace.path])
    #expect(result.code == 0, "\(id): \(result.talk)")
    return result.output
  }

  @Test(
    "earnings: what became of each, in the words of the rules",
    arguments: [
      // Rates: the third entry counts, the balance is in another currency.
      (
        "D-1003",
        [
          "Earning D-1003: accepted", "round(7512.34 × 0.04, 6)", "USD to EUR, 2026-10",
          "round(300.493600 USD × 0.86, 2)", "0.00 + 1002.50 + 258.42",
          // The same row came again.
          "Earning D-1003: duplicate", "01-csp-direct-2026-10.csv:4",
        ]
      ),
      // Slab tiers, and a cap that takes part of the line; delivered as XML.
      (
        "P-2003",
        [
          "<earningId>P-2003</earningId>", "</earning>\n", "byte          1177",
          "f(after) - f(before) = 3800.000000 - 1400.000000", "slab",
          "round(2400.000000 × 2100.000000 ÷ 2400.000000, 6)", "300.000000 EUR",
          "3500.00 - round(3500.00 × 0.6, 2)",
        ]
      ),
      // It takes D-1001 back, at the rate of its day.
      ("D-1002", ["takes back", "D-1001", "-200.000000 EUR", "round(-4000.00 × 0.05, 6)"]),
      // Not due before November.
      ("D-1004", ["notYetDue", "2026-11-03 > 2026-10-31"]),
      // Two reasons, of different leaves.
      ("R-3005", ["ineligible", "E303 E304", "not met", "assessed again until"]),
      // Rejected: only its findings are known.
      ("D-1015", ["rejected", "R205 at 16:8", "registry/partners.csv"]),
    ])
  func earnings(id: String, expected: [String]) throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let text = try Self.text(id, workspace)
    for part in expected { #expect(text.contains(part), "\(id): \(part)\n\(text)") }
  }

  @Test("an id that comes very often: the row that counts, some of the others, and how many more")
  func often() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let header =
      "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount"
    let row = "L-1,0048101,CSP Direct Bill Partner,2026-10-05,EUR"
    let rows = (1...30).map { "\(row),x\($0),Azure" } + ["\(row),500.00,Azure"]
    let text = ([header + ",solutionArea"] + rows).joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: workspace.appending(path: "inbox/often.csv"))
    _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    let told = try Self.text("L-1", workspace)
    #expect(told.contains("L-1 is 21 things") && told.contains("and 10 more rows"), "\(told)")
    #expect(told.contains("Earning L-1: accepted"))
    #expect(told.contains("often.csv:32"))
  }

  @Test("a partner's payments are sums that can be typed into a calculator")
  func partner() throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let outbox = try Program.files(workspace.appending(path: "outbox/2026-10"))
    let register = String(decoding: try #require(outbox["register.csv"]), as: UTF8.self)
    for row in register.split(separator: "\r\n").dropFirst() {
      let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let explanation = try document(
        "explanation", ["explain", fields[1], "--workspace", workspace.path])
      let sections = try Self.sections(explanation).filter {
        $0["program"] as? String == fields[3] && $0["currency"] as? String == fields[4]
      }
      #expect(try Self.totals(sections, "closing") == [fields[12]], "\(row)")
      let payment = try Self.totals(sections, "payment")
      #expect(payment == (fields[11] == "0.00" || fields[11] == "0" ? [] : [fields[11]]), "\(row)")
    }
  }

  private static func sections(_ explanation: [String: Any]) throws -> [[String: Any]] {
    let meanings = try #require(explanation["meanings"] as? [[String: Any]])
    return meanings.flatMap { $0["sections"] as? [[String: Any]] ?? [] }
  }

  /// The totals with a key, each added up here from the terms before it.
  private static func totals(_ sections: [[String: Any]], _ key: String) throws -> [String] {
    var found: [String] = []
    for section in sections {
      var sum = 0
      for term in try #require(section["terms"] as? [[String: Any]]) {
        let amount = try #require(term["amount"] as? String)
        if term["isTotal"] as? Bool == true {
          #expect(try millionths(amount) == sum, "\(term)")
          if term["key"] as? String == key { found.append(amount) }
        } else {
          sum += try millionths(amount)
        }
      }
    }
    return found
  }

  @Test("payments and feeds are known by all of their names")
  func names() throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let payment = try Self.text("PAY-DA068AFE16C85E043595475D", workspace)
    #expect(payment.contains("to 0048103, to come, in a draft"))
    #expect(payment.contains("2255.00 + 473.55 + 0.00"))
    let feed = "01-csp-direct-2026-10.csv"
    let text = try Self.text(feed, workspace)
    for part in ["rejected    4", "R205", "rows announced", "the rows add up to"] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
    let digest = try #require(text.firstMatch(of: #/SHA-256 +([0-9a-f]{64})/#)).1
    #expect(try Self.text(String(digest.prefix(12)), workspace) == text)
  }

  @Test("an id that means several things is explained as each of them")
  func several() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let feed = """
      earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount
      0048101,0048101,CSP Direct Bill Partner,2026-10-05,EUR,100.00
      R203,0048101,CSP Direct Bill Partner,2026-10-05,EUR,100.00

      """
    try Data(feed.utf8).write(to: workspace.appending(path: "inbox/0048101"))
    _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    let text = try Self.text("0048101", workspace)
    #expect(text.hasPrefix("0048101 is 3 things:\n  Partner 0048101: "))
    for part in ["\n  Feed 0048101\n", "\n  Earning 0048101: rejected\n"] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
    #expect(try Self.text("R203", workspace).contains("Earning R203: "))
  }

  @Test(
    "what is not known is 66, with what is near it",
    arguments: [("P-2033", "P-2003"), ("00481x3", "0048103"), ("R2O3", "R203")])
  func unknown(id: String, near: String) throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let result = try Program.run(["explain", id, "--workspace", workspace.path])
    #expect(result.code == 66)
    #expect(result.talk.contains("near it: ") && result.talk.contains(near), "\(result.talk)")
    #expect(result.output.isEmpty)
  }

  @Test("nothing is written, a run may go on, and an older period is explained as it was closed")
  func readOnly() throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let arguments = ["--workspace", workspace.path, "--quiet"]
    let before = try Self.text("D-1003", workspace)
    #expect(try Program.run(["close", "2026-10", "--leave-inbox"] + arguments).code <= 1)
    let files = try Program.files(workspace)
    // The registry of today says something else.
    let partners = workspace.appending(path: "registry/tax-profiles.csv")
    let registry = try String(contentsOf: partners, encoding: .utf8)
    let after = try Self.text("D-1003", workspace)
    #expect(before.replacing("Upcoming", with: "In progress") == after)
    #expect(try Program.files(workspace) == files)
    try Data(registry.replacing("19%", with: "7%").utf8).write(to: partners)
    #expect(try Self.text("D-1003", workspace) == after)
    let period = ["explain", "0048101", "--period", "2026-12", "--workspace", workspace.path]
    #expect(try Program.run(period).code == 66)
  }
}
