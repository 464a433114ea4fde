import Foundation
import Testing

@Suite("payout statement")
struct StatementCommandTests {
  private static func workspace() throws -> URL {
    let workspace = try Program.workspace("csp")
    _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    return workspace
  }

  /// Cells of a terminal, counted without the program's own code: Hangul takes two.
  private static func cells(_ line: Substring) -> Int {
    line.unicodeScalars.reduce(0) { $0 + ((0xAC00...0xD7A3).contains($1.value) ? 2 : 1) }
  }

  @Test("lines fit the terminal and amounts stand below each other", arguments: [80, 120])
  func layout(columns: Int) throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    for partner in ["0048101", "0048103", "0048105", "0048107", "0048108"] {
      let result = try Program.run(
        ["statement", partner, "--workspace", workspace.path],
        environment: ["COLUMNS": String(columns)])
      #expect(result.code == 0)
      let lines = result.output.split(separator: "\n")
      for line in lines { #expect(Self.cells(line) <= columns, "\(line)") }
      #expect(!result.output.contains("\u{1B}"), "no colour where there is no terminal")
      let names = ["opening", "earned", "adjustments", "paid (gross)"]
      let bridge = lines.filter { line in names.contains { line.hasPrefix("  " + $0) } }
      #expect(bridge.count % names.count == 0 && !bridge.isEmpty)
      for start in stride(from: 0, to: bridge.count, by: names.count) {
        let widths = bridge[start..<start + names.count].map(Self.cells)
        #expect(Set(widths).count == 1, "\(bridge)")
      }
    }
  }

  @Test("the way from opening to closing comes before the lines")
  func order() throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let text = try Program.run(["statement", "0048105", "--workspace", workspace.path]).output
    let parts = [
      "프로즈웨어 클라우드 주식회사 (0048105)", "opening             0 KRW",
      "= closing             0 KRW", "= payment        718269 KRW", "Sell-Through, Sell, 2026-10",
      "37.0368 USD × 1425.5", "52796 KRW", "Ineligible, not paid", "R-3004",
    ]
    var rest = text[...]
    for part in parts {
      let range = try #require(rest.range(of: part), "\(part) in\n\(text)")
      rest = rest[range.upperBound...]
    }
  }

  @Test("the document says what the CSV of the statement says")
  func json() throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let statement = try document(
      "statement", ["statement", "0048103", "2026-10", "--workspace", workspace.path])
    let outbox = try Outbox(running: workspace)
    let csv = try outbox.table("statements/0048103.csv")
    let balances = try #require(statement["balances"] as? [[String: Any]])
    let lines = balances.flatMap { $0["lines"] as? [[String: Any]] ?? [] }
    for type in ["earning", "subtotal", "coop", "capped"] {
      let expected = csv.filter { $0["lineType"] == type }
      let actual = lines.filter { $0["lineType"] as? String == type }
      #expect(expected.count == actual.count && !expected.isEmpty)
      for (left, right) in zip(expected, actual) {
        for column in ["earningId", "amount", "source", "exchangeRate"] {
          #expect(left[column] == right[column] as? String ?? "", "\(type) \(column)")
        }
      }
    }
  }

  @Test(
    "an unknown partner or period is 66, a wrong period 64",
    arguments: [(["0048l01"], 66), (["0048101", "2025-01"], 66), (["0048101", "10/2026"], 64)])
  func unknown(arguments: [String], code: Int) throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let result = try Program.run(["statement", "--workspace", workspace.path] + arguments)
    #expect(Int(result.code) == code, "\(result.talk)")
  }
}
