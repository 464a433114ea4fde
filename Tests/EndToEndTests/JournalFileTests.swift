import Foundation
import Testing

/// `journal.hledger` and `postings.csv`, read by hledger and added up.
@Suite("The journal, as hledger reads it")
struct JournalFileTests {
  static let samples = [
    "csp-expected", "profiles-expected", "carried-threshold/expected", "clawback/expected",
    "currency-change/expected", "late-row/expected",
  ]

  private func directories(_ sample: String) throws -> [URL] {
    let folder = Program.root.appending(path: "samples/" + sample)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.contains(#/^\d{4}-\d\d$/#) }.sorted().map { folder.appending(path: $0) }
  }

  @Test(
    "hledger accepts every journal, and its balances are the closings of the register",
    arguments: samples)
  func balances(sample: String) throws {
    for directory in try directories(sample) { try Self.compare(directory) }
  }

  /// Compares what hledger makes of a journal with the register.
  static func compare(_ directory: URL) throws {
    let journal = directory.appending(path: "journal.hledger")
    for check in [["--strict"], ["ordereddates"], ["payees"], ["accounts", "commodities"]] {
      let result = try Tool.hledger(journal, ["check"] + check)
      #expect(result.code == 0, "\(directory.path) \(check): \(result.talk)")
    }
    let register = try Outbox(directory: directory).table("register.csv")
    for (account, column) in [("payable", "closing"), ("coop", "coopClosing")] {
      let result = try Tool.hledger(
        journal,
        ["balance", "liabilities:\(account)", "-O", "csv", "--flat", "-N", "--layout=bare"])
      #expect(result.code == 0, "\(result.talk)")
      #expect(lines(result.output) == expected(register, account, column), "\(directory.path)")
    }
  }

  /// `account,currency,amount` of what is not zero.
  private static func lines(_ csv: String) -> Set<String> {
    Set(
      csv.split(separator: "\n").dropFirst().map { String($0.replacing("\"", with: "")) }
        .filter { !$0.hasSuffix(",0") && !$0.contains(#/,0\.0+$/#) })
  }

  private static func expected(
    _ register: [Outbox.Record], _ account: String, _ column: String
  ) -> Set<String> {
    var lines: Set<String> = []
    for row in register {
      let amount = row[column] ?? ""
      guard amount.contains(#/[1-9]/#) else { continue }
      let negated = amount.hasPrefix("-") ? String(amount.dropFirst()) : "-" + amount
      let names = "\(encoded(row["participantId"])):\(encoded(row["programName"]))"
      lines.insert("liabilities:\(account):\(names),\(row["currency"] ?? ""),\(negated)")
    }
    return lines
  }

  /// What is in these tests and means something to hledger.
  private static func encoded(_ name: String?) -> String {
    (name ?? "").replacing("%", with: "%25").replacing(":", with: "%3A").replacing(";", with: "%3B")
      .replacing("(", with: "%28").replacing(")", with: "%29").replacing("  ", with: " %20")
  }

  @Test(
    "postings come to nothing, entry by entry, and are those of the journal", arguments: samples)
  func postings(sample: String) throws {
    for directory in try directories(sample) {
      let rows = try Outbox(directory: directory).table("postings.csv")
      var sums: [String: Int] = [:]
      for row in rows {
        sums["\(row["entry"] ?? "") \(row["currency"] ?? "")", default: 0] += try millionths(
          row["amount"])
      }
      #expect(sums.values.allSatisfy { $0 == 0 })
      let journal = try String(
        contentsOf: directory.appending(path: "journal.hledger"), encoding: .utf8)
      #expect(rows.count == journal.matches(of: #/(?m)^    .*;/#).count, "\(directory.path)")
      let transactions = journal.matches(of: #/(?m)^\d{4}-\d\d-\d\d .*participantId:/#).count
      #expect(Set(rows.map { $0["entry"] }).count == transactions)
    }
  }

  @Test("a draft is marked as not yet posted, a closed period as posted")
  func state() throws {
    let workspace = try ReportWorkspace(sample: "carried-threshold/workspace")
    defer { workspace.remove() }
    func marks() throws -> Set<String> {
      let text = try String(
        contentsOf: workspace.outbox.appending(path: "journal.hledger"), encoding: .utf8)
      return Set(text.matches(of: #/(?m)^\d{4}-\d\d-\d\d (.)/#).map { String($0.1) })
    }
    let feed = Program.root.appending(path: "samples/carried-threshold/2026-10/inbox")
    for (path, bytes) in try Program.files(feed) {
      try FileManager.default.createDirectory(
        at: workspace.root.appending(path: "inbox"), withIntermediateDirectories: true)
      try bytes.write(to: workspace.root.appending(path: "inbox/" + path))
    }
    try workspace.payout(["run"])
    #expect(try marks() == ["!"])
    try workspace.payout(["close", "2026-10"])
    #expect(try marks() == ["*"])
  }
}
