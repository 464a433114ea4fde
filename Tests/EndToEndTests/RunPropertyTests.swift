import Foundation
import Testing

/// What must not matter, and what must add up, whatever the rows are.
@Suite("Runs of generated workspaces")
struct RunPropertyTests {
  private static let seeds: Range<UInt64> = 1..<5

  /// What does not tell where a row stood.
  private func expectSame(_ actual: Outbox, _ expected: Outbox) throws {
    #expect(actual.files["register.csv"] == expected.files["register.csv"])
    #expect(actual.statements == expected.statements)
    for path in expected.statements {
      let lines = try actual.table(path, without: ["source"])
      #expect(try lines == expected.table(path, without: ["source"]), "\(path)")
    }
    let places: Set<String> = ["feed", "line"]
    #expect(
      try actual.table("ineligible.csv", without: places)
        == expected.table("ineligible.csv", without: places))
    #expect(try buckets(actual) == buckets(expected))
    for path in ["invitations.csv", "expiring.csv", "access.csv"] {
      #expect(actual.files[path] == expected.files[path], "\(path)")
    }
  }

  /// Rows and amounts by currency and bucket, over all feeds.
  private func buckets(_ outbox: Outbox) throws -> [String: [Int]] {
    var sums: [String: [Int]] = [:]
    for record in try outbox.table("buckets.csv") {
      let key = (record["currency"] ?? "") + " " + (record["bucket"] ?? "")
      let (rows, amount) = (Int(record["rows"] ?? ""), try millionths(record["amount"]))
      sums[key] = [(sums[key]?[0] ?? 0) + (rows ?? 0), (sums[key]?[1] ?? 0) + amount]
    }
    return sums
  }

  @Test("the order of rows, one feed or two, CSV or XML: all the same", arguments: seeds)
  func invariance(seed: UInt64) throws {
    var workspace = GeneratedWorkspace(seed: seed, rowCount: 200)
    let rows = workspace.rows
    let reference = try Outbox(
      running: workspace.write(["a.csv": GeneratedWorkspace.csv(rows)]))
    // The workspace is worth comparing: rows of every kind, and payments.
    let kinds = Set(try reference.table("buckets.csv").compactMap { $0["bucket"] })
    #expect(kinds.count == 5)
    #expect(try reference.table("register.csv").contains { $0["paymentStatus"] == "Upcoming" })

    let shuffled = GeneratedWorkspace.csv(workspace.shuffledRows())
    try expectSame(Outbox(running: workspace.write(["a.csv": shuffled])), reference)

    let cut = Int(seed) * 47 % rows.count
    let parts = ["b.csv": Array(rows[..<cut]), "a.csv": Array(rows[cut...])]
    try expectSame(
      Outbox(running: workspace.write(parts.mapValues(GeneratedWorkspace.csv))), reference)

    let xml = GeneratedWorkspace.xml(workspace.shuffledRows())
    try expectSame(Outbox(running: workspace.write(["a.xml": xml])), reference)
  }

  @Test("every row and every amount of a feed is in one bucket", arguments: seeds)
  func buckets(seed: UInt64) throws {
    let workspace = GeneratedWorkspace(seed: seed + 10, rowCount: 200)
    let parts = ["a.csv": Array(workspace.rows[..<120]), "b.xml": Array(workspace.rows[120...])]
    let outbox = try Outbox(
      running: workspace.write([
        "a.csv": GeneratedWorkspace.csv(parts["a.csv"] ?? []),
        "b.xml": GeneratedWorkspace.xml(parts["b.xml"] ?? []),
      ]))
    let records = try outbox.table("buckets.csv")
    for (feed, rows) in parts {
      var expected: [String: [Int]] = [:]
      for row in rows {
        let amount = row["transactionAmount"] ?? ""
        let code = row["transactionCurrency"] ?? ""
        let isReadable = !amount.isEmpty && !amount.contains(",") && code != "usd"
        let key = isReadable ? code : ""
        let sum = try isReadable ? millionths(amount) : 0
        expected[key] = [(expected[key]?[0] ?? 0) + 1, (expected[key]?[1] ?? 0) + sum]
      }
      var actual: [String: [Int]] = [:]
      for record in records where record["feed"] == feed {
        let key = record["currency"] ?? ""
        let count = try #require(Int(record["rows"] ?? ""))
        let sum = try millionths(record["amount"])
        actual[key] = [(actual[key]?[0] ?? 0) + count, (actual[key]?[1] ?? 0) + sum]
      }
      #expect(actual == expected, "\(feed)")
    }
    try expectLines(outbox, records)
  }

  /// Accepted and ineligible rows are on one line each.
  private func expectLines(_ outbox: Outbox, _ buckets: [Outbox.Record]) throws {
    let lines = try outbox.statementLines()
    for (type, bucket) in [("earning", "accepted"), ("ineligible", "ineligible")] {
      let ids = lines.filter { $0["lineType"] == type }.compactMap { $0["earningId"] }
      let counted = buckets.filter { $0["bucket"] == bucket }.compactMap { Int($0["rows"] ?? "") }
      #expect(ids.count == counted.reduce(0, +))
      #expect(Set(ids).count == ids.count)
    }
    let ineligible = lines.filter { $0["lineType"] == "ineligible" }.compactMap { $0["earningId"] }
    let reported = try outbox.table("ineligible.csv").compactMap { $0["earningId"] }
    #expect(ineligible.sorted() == reported.sorted())
  }

  @Test("lines add up to subtotals, these to the register, opening to closing", arguments: seeds)
  func statements(seed: UInt64) throws {
    let workspace = GeneratedWorkspace(seed: seed + 20, rowCount: 200)
    let outbox = try Outbox(
      running: workspace.write(["a.csv": GeneratedWorkspace.csv(workspace.rows)]))
    func key(_ record: Outbox.Record, _ names: [String]) -> String {
      names.map { record[$0] ?? "" }.joined(separator: "|")
    }
    let balance = ["participantId", "programName", "currency"]
    let group = balance + ["period", "lever", "earningType", "earnedCurrency"]
    let lines = try outbox.statementLines()
    var earned: [String: Int] = [:]
    var sums: [String: [String: Int]] = [:]
    for line in lines {
      let type = line["lineType"] ?? ""
      if type == "earning" {
        earned[key(line, group), default: 0] += try millionths(line["earnedAmount"])
      } else {
        sums[key(line, balance), default: [:]][type, default: 0] += try millionths(line["amount"])
      }
    }
    for line in lines where line["lineType"] == "subtotal" {
      let sum = earned.removeValue(forKey: key(line, group))
      #expect(try sum == millionths(line["earnedAmount"]), "\(line)")
    }
    #expect(earned.isEmpty, "a line without its subtotal")
    for row in try outbox.table("register.csv") {
      let found = sums.removeValue(forKey: key(row, balance))
      let sum = try #require(found, "\(row)")
      func total(_ types: String...) -> Int { types.reduce(0) { $0 + (sum[$1] ?? 0) } }
      let column = { (name: String) in try millionths(row[name]) }
      #expect(try total("opening") == column("opening"))
      #expect(try total("subtotal", "coop") == column("earned"))
      #expect(try -total("coop") == column("coop"))
      #expect(try total("adjustment") == column("adjustments"))
      #expect(try -total("gross") == column("gross"))
      #expect(try total("payment") == column("totalPayment"))
      #expect(try total("closing") == column("closing"))
      #expect(
        total("opening", "subtotal", "coop", "adjustment", "gross") == total("closing"), "\(row)")
      #expect(
        -total("gross") + total("salesTax", "withheldTax") == total("payment"), "\(row)")
    }
    // Without a register row there are only ineligible earnings, and nothing is owed.
    #expect(sums.values.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
  }
}
