import Foundation
import Testing

@Suite("payout diff")
struct DiffTests {
  private static let files = FileManager.default

  /// Two runs of the csp sample with a change between them; the caller removes what is returned.
  private static func runs(
    _ change: (URL) throws -> Void
  ) throws -> (workspace: URL, before: URL) {
    let workspace = try Program.workspace("csp")
    let arguments = ["run", "--workspace", workspace.path, "--quiet"]
    _ = try Program.run(arguments)
    let before = Program.temporary()
    try files.copyItem(at: workspace.appending(path: "outbox/2026-10"), to: before)
    try change(workspace)
    #expect(try Program.run(arguments).code <= 1)
    return (workspace, before)
  }

  private static func edit(_ path: String, _ old: String, _ new: String) -> (URL) throws -> Void {
    { workspace in
      let url = workspace.appending(path: path)
      let text = try String(contentsOf: url, encoding: .utf8)
      try #require(text.contains(old), "\(path): \(old)")
      try Data(text.replacing(old, with: new).utf8).write(to: url)
    }
  }

  /// Checks that all causes add up, and gives them by partner.
  private static func causes(_ diff: [String: Any]) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for list in ["balances", "totals"] {
      for entry in try #require(diff[list] as? [[String: Any]]) {
        let causes = try #require(entry["causes"] as? [[String: Any]])
        var sum = try millionths(entry["paymentA"] as? String)
        for cause in causes { sum += try millionths(cause["amount"] as? String) }
        #expect(try millionths(entry["paymentB"] as? String) == sum, "\(entry)")
        guard let partner = entry["participantId"] as? String else { continue }
        found[partner, default: []] += causes.map { cause in
          "\(cause["cause"] as? String ?? "") \(cause["amount"] as? String ?? "")"
        }
      }
    }
    return found
  }

  @Test(
    "each change has its cause, and the causes add up",
    arguments: [
      // Another exchange rate: the rows stay, the tax follows.
      (
        "exchange-rates.csv", "2026-10,USD,EUR,0.86", "2026-10,USD,EUR,0.9", "0048101",
        ["exchangeRate 12.02", "salesTax 2.29"]
      ),
      // A lower threshold: what was held is paid.
      (
        "plans/csp-indirect-provider.yaml", "threshold: {EUR: 180}", "threshold: {EUR: 100}",
        "0048104", ["held 120.00", "salesTax 22.80"]
      ),
      // Another split.
      (
        "plans/csp-indirect-provider.yaml", "split: {rebate: 60%, coop: 40%}",
        "split: {rebate: 100%, coop: 0%}", "0048103",
        ["coop 103.33", "coop 1400.00", "salesTax 315.70"]
      ),
      // A manual adjustment that is gone.
      ("adjustments.csv", "150.00", "100.00", "0048102", ["adjustment -50.00"]),
    ])
  func change(
    path: String, old: String, new: String, partner: String, expected: [String]
  ) throws {
    let (workspace, before) = try Self.runs(Self.edit(path, old, new))
    defer {
      Program.remove(workspace)
      Program.remove(before)
    }
    let diff = try document(
      "diff", ["diff", before.path, "2026-10", "--workspace", workspace.path])
    #expect(try Self.causes(diff)[partner] == expected)
  }

  @Test("new rows come by lever; running again changes nothing")
  func rows() throws {
    let feed = """
      earningId,participantId,programName,transactionDate,transactionCurrency,\
      transactionAmount,solutionArea
      N-1,0048101,CSP Direct Bill Partner,2026-10-06,EUR,1000.00,Azure
      N-2,0048101,CSP Direct Bill Partner,2026-10-07,EUR,500.00,Azure

      """
    let (workspace, before) = try Self.runs {
      try Data(feed.utf8).write(to: $0.appending(path: "inbox/new.csv"))
    }
    defer {
      Program.remove(workspace)
      Program.remove(before)
    }
    let arguments = ["diff", before.path, "2026-10", "--workspace", workspace.path]
    #expect(
      try Self.causes(document("diff", arguments)) == [
        "0048101": ["newRows 75.00", "salesTax 14.25"]
      ])
    let text = try Program.run(arguments).output
    #expect(text.contains("new rows: Core, Rebate, 2026-10 (2 rows)"), "\(text)")
    let same = ["diff", "2026-10", "2026-10", "--workspace", workspace.path]
    #expect(try Program.run(same).output.contains("nothing has changed"))
  }

  @Test("periods are compared: what was held opens the next one")
  func periods() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let arguments = ["--workspace", workspace.path, "--quiet"]
    _ = try Program.run(["run"] + arguments)
    #expect(try Program.run(["close", "2026-10"] + arguments).code <= 1)
    let rates = workspace.appending(path: "exchange-rates.csv")
    let text = try String(contentsOf: rates, encoding: .utf8)
    let next = text.split(separator: "\n").filter { $0.hasPrefix("2026-10") }
      .map { $0.replacing("2026-10", with: "2026-11") }.joined(separator: "\n")
    try Data((text + next + "\n").utf8).write(to: rates)
    _ = try Program.run(["run"] + arguments)
    let diff = try document(
      "diff", ["diff", "2026-10", "2026-11", "--workspace", workspace.path])
    let causes = try Self.causes(diff)
    #expect(causes["0048104"]?.first == "opening 120.00", "\(causes)")
    #expect(causes["0048101"]?.contains { $0.hasPrefix("goneRows -1002.50") } == true, "\(causes)")
  }

  @Test("drafts without statements are compared by the columns of the register")
  func withoutStatements() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let run = ["run", "--workspace", workspace.path, "--quiet", "--statements", "none"]
    _ = try Program.run(run)
    let before = Program.temporary()
    defer { Program.remove(before) }
    try Self.files.copyItem(at: workspace.appending(path: "outbox/2026-10"), to: before)
    try Self.edit("exchange-rates.csv", "2026-10,USD,EUR,0.86", "2026-10,USD,EUR,0.9")(workspace)
    _ = try Program.run(run)
    let diff = try document(
      "diff", ["diff", before.path, "2026-10", "--workspace", workspace.path])
    #expect(try Self.causes(diff)["0048101"] == ["earned 12.02", "salesTax 2.29"])
  }

  @Test("what is not there is 66, what was changed 65")
  func damaged() throws {
    let (workspace, before) = try Self.runs { _ in }
    defer {
      Program.remove(workspace)
      Program.remove(before)
    }
    let end = ["2026-10", "--workspace", workspace.path]
    #expect(try Program.run(["diff", "2026-09"] + end).code == 66)
    #expect(try Program.run(["diff", before.path + "/statements"] + end).code == 66)
    let statement = before.appending(path: "statements/0048101.csv")
    let text = try String(contentsOf: statement, encoding: .utf8)
    try Data(text.replacing("1002.50", with: "1002.51").utf8).write(to: statement)
    let result = try Program.run(["diff", before.path] + end)
    #expect(result.code == 65)
    #expect(result.talk.contains("statements/0048101.csv is not what was written"))
  }
}
