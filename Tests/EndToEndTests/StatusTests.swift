import Foundation
import Testing

@Suite("status")
struct StatusTests {
  private func read(_ root: URL) throws -> [String: Any] {
    let result = try Program.run(["status", "--workspace", root.path, "--format", "json"])
    #expect(result.code == 0, "\(result.talk)")
    #expect(try SchemaShape("status.schema.json").faults(result.output) == [])
    return try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test("before the first run there is an open period and an inbox, and nothing is made")
  func beforeTheFirstRun() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let before = try Program.files(root)
    let status = try read(root)
    #expect(status["openPeriod"] as? String == "2026-10")
    #expect(status["draftAsOf"] == nil)
    #expect((status["waiting"] as? [String])?.count == 4)
    #expect(try Program.files(root) == before)
  }

  @Test("status.json says what status says, after a run and after a close")
  func file() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    func compare() throws {
      let result = try Program.run(["status", "--workspace", root.path, "--format", "json"])
      let file = try String(contentsOf: root.appending(path: "status.json"), encoding: .utf8)
      #expect(result.output == file)
    }
    try compare()
    try VerifyWorkspace.run(root, ["close", "2026-11"])
    try compare()
    let status = try read(root)
    #expect(status["openPeriod"] as? String == "2026-12")
    #expect(status["draftAsOf"] == nil)
    let close = try #require(status["lastClose"] as? [String: Any])
    #expect(close["period"] as? String == "2026-11")
    // Closing again, and whatever ended before it could write the file, gives the same.
    let before = try Program.files(root)
    try VerifyWorkspace.remove(root, "status.json")
    try VerifyWorkspace.run(root, ["close", "2026-11"])
    #expect(try Program.files(root) == before)
  }

  @Test("of a close whose directory is gone it says what the ledger has, and what is missing")
  func withoutOutbox() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let close = try #require(try read(root)["lastClose"] as? NSDictionary)
    #expect((close["payments"] as? Int ?? 0) > 0)
    try VerifyWorkspace.remove(root, "outbox")
    let status = try read(root)
    #expect(status["lastClose"] as? NSDictionary == close)
    #expect(
      status["missingOutputs"] as? [String] == [
        "outbox/2026-10/run.json", "outbox/2026-10/register.csv",
      ])
    let text = try Program.run(["status", "--workspace", root.path]).output
    #expect(text.contains("missing       outbox/2026-10/run.json"), "\(text)")
  }

  @Test("feeds, buckets, findings, holds with their age, balances, what waits and what changed")
  func content() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    try Data("x".utf8).write(to: root.appending(path: "inbox/next.csv"))
    try Data("x".utf8).write(to: root.appending(path: "inbox/next.csv.part"))
    try VerifyWorkspace.edit(root, "registry/users.csv") { $0 + "\n" }
    let status = try read(root)
    let feeds = try #require(status["feeds"] as? [[String: Any]])
    #expect(feeds.count == 1)
    let feed = try #require(feeds.first)
    #expect(feed["name"] as? String == "november.csv")
    let buckets = try #require(feed["buckets"] as? [String: Int])
    #expect(buckets["accepted"] == 2 && buckets["rejected"] == 1)
    #expect(feed["findings"] as? [String: Int] == ["R205": 1])
    #expect(status["waiting"] as? [String] == ["next.csv"])
    #expect(status["changedInputs"] as? [String] == ["registry/users.csv"])
    try compareHolds(status, root)
    let register = try Data(contentsOf: root.appending(path: "outbox/2026-11/register.csv"))
    let records = String(decoding: register, as: UTF8.self).components(separatedBy: "\r\n")
      .dropFirst().map { $0.components(separatedBy: ",") }.filter { $0.count > 12 }
    for balance in try #require(status["balances"] as? [[String: Any]]) {
      let currency = try #require(balance["currency"] as? String)
      let own = records.filter { $0[4] == currency }
      #expect(balance["balances"] as? Int == own.count)
      let amounts = try #require(balance["amounts"] as? [String: String])
      let closing = try own.reduce(0) { try $0 + millionths($1[12]) }
      #expect(try millionths(amounts["closing"]) == closing, "\(currency)")
    }
  }

  /// Compares with both registers: held in both for a reason means two periods in a row.
  private func compareHolds(_ status: [String: Any], _ root: URL) throws {
    var held: [[Set<String>]] = []
    for period in ["2026-10", "2026-11"] {
      let url = root.appending(path: "outbox/\(period)/register.csv")
      let records = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\r\n")
      held.append(
        records.dropFirst().map { $0.components(separatedBy: ",") }.filter { $0.count > 17 }.map {
          let balance = "\($0[1])|\($0[3])|\($0[4])"
          return Set($0[$0.count - 3].split(separator: " ").map { balance + "|" + $0 })
        })
    }
    let october = held[0].reduce(Set()) { $0.union($1) }
    let november = held[1].reduce(Set()) { $0.union($1) }
    let holds = try #require(status["holds"] as? [[String: Any]])
    var balances = 0
    for hold in holds {
      let reason = try #require(hold["reason"] as? String)
      let own = november.filter { $0.hasSuffix("|" + reason) }
      let ages = try #require(hold["ages"] as? [[String: Int]])
      let two = ages.filter { $0["periods"] == 2 }.reduce(0) { $0 + ($1["balances"] ?? 0) }
      #expect(hold["balances"] as? Int == own.count)
      #expect(two == own.intersection(october).count, "\(reason)")
      balances += own.count
    }
    #expect(balances == november.count && balances > 0)
    #expect(!november.isDisjoint(with: october), "the sample has a hold that lasts")
  }

  @Test("text for people")
  func text() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let result = try Program.run(["status", "--workspace", root.path])
    #expect(result.output.hasPrefix("open period   2026-11, draft as of 2026-11-30\n"))
    #expect(result.output.contains("last close    2026-10, 5 payments: EUR 4658.14, KRW 718269"))
    #expect(result.output.contains("inbox         0 feeds waiting\n"))
  }

  @Test("metrics are samples of known gauges, and may be read by others")
  func metrics() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let file = root.appending(path: "payout.prom")
    let arguments = ["--workspace", root.path, "--quiet", "--metrics", file.path]
    #expect(try Program.run(["run"] + arguments).code == 1)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    var gauges: Set<Substring> = []
    for line in lines {
      if let match = line.wholeMatch(of: #/# TYPE (payout_[a-z_]+) gauge/#) {
        #expect(gauges.insert(match.1).inserted, "a gauge is described once")
      } else if !line.hasPrefix("# HELP payout_") {
        let match = line.wholeMatch(
          of:
            #/(payout_[a-z_]+)(?:\{[a-zA-Z]+="[^"\\]*"(?:,[a-zA-Z]+="[^"\\]*")*\})? -?\d+(\.\d+)?/#)
        let name = try #require(match, "\(line)").1
        #expect(gauges.contains(name), "\(line)")
      }
    }
    #expect(lines.contains("payout_exit_code{command=\"run\"} 1"))
    #expect(lines.contains("payout_rows{period=\"2026-11\",bucket=\"rejected\"} 1"))
    let permissions = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(permissions[.posixPermissions] as? Int == 0o644)
    // What stops a command is told too.
    try Data("plans".utf8).write(to: root.appending(path: "plans/broken.yaml"))
    #expect(try Program.run(["run"] + arguments).code == 78)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains("payout_exit_code{command=\"run\"} 78\n"))
  }
}
