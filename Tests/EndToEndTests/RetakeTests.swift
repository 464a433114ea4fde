import Foundation
import Testing

@Suite("retake")
struct RetakeTests {
  /// Takes a partner out of the registry, as if it had been forgotten.
  private func forget(_ partner: String, in root: URL) throws {
    let registry = root.appending(path: "registry")
    var files = try FileManager.default.contentsOfDirectory(atPath: registry.path)
      .map { "registry/" + $0 }
    files.append("adjustments.csv")
    for file in files {
      let url = root.appending(path: file)
      let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
      let kept = lines.filter { !$0.hasPrefix(partner + ",") && !$0.contains(",\(partner),") }
      try Data(kept.joined(separator: "\n").utf8).write(to: url)
    }
  }

  private func mend(_ root: URL) throws {
    for path in ["registry", "adjustments.csv"] {
      try FileManager.default.removeItem(at: root.appending(path: path))
      try FileManager.default.copyItem(
        at: Program.root.appending(path: "samples/csp/" + path), to: root.appending(path: path))
    }
  }

  private static let feeds = [
    "01-csp-direct-2026-10.csv", "02-csp-indirect-2026-10.xml", "03-csp-late-2026-10.csv.gz",
    "partner-center-2026-10.csv",
  ]

  @Test("after the registry was mended all is as if it had been right from the start")
  func openPeriod() throws {
    let expected = try Program.workspace("csp")
    defer { Program.remove(expected) }
    try VerifyWorkspace.run(expected, ["run"])
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    try forget("0048103", in: root)
    try VerifyWorkspace.run(root, ["run"])
    let outbox = root.appending(path: "outbox")
    #expect(try Program.files(outbox) != Program.files(expected.appending(path: "outbox")))
    try mend(root)
    for feed in Self.feeds { try VerifyWorkspace.run(root, ["retake", feed]) }
    #expect(try Program.files(outbox) == Program.files(expected.appending(path: "outbox")))
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 0)
    // A second time, and a run after it, change nothing in the whole workspace.
    let before = try Program.files(root)
    for feed in Self.feeds { try VerifyWorkspace.run(root, ["retake", feed]) }
    try VerifyWorkspace.run(root, ["run"])
    #expect(try Program.files(root) == before)
  }

  @Test("rows of a closed period's feed are late rows of the open one; the closed one stays")
  func closedPeriod() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    try forget("0048103", in: root)
    try VerifyWorkspace.addRates(root)
    try VerifyWorkspace.run(root, ["run"])
    try VerifyWorkspace.run(root, ["close", "2026-10"])
    let closed = try Program.files(root.appending(path: "outbox/2026-10"))
    let rates = try Data(contentsOf: root.appending(path: "exchange-rates.csv"))
    try mend(root)
    try rates.write(to: root.appending(path: "exchange-rates.csv"))
    let result = try Program.run(
      ["retake", "02-csp-indirect-2026-10.xml", "--workspace", root.path, "--quiet"])
    #expect(result.output.contains("retaken=5 accepted=5 ineligible=0 notYetDue=0"))
    #expect(try Program.files(root.appending(path: "outbox/2026-10")) == closed)
    let statement = try String(
      contentsOf: root.appending(path: "outbox/2026-11/statements/0048103.csv"), encoding: .utf8)
    let lines = statement.split(separator: "\r\n")
    #expect(lines.count { $0.contains(",earning,2026-10,") } == 5)
    // They stand in buckets.csv, with the period in which their feed was taken in.
    let buckets = try String(
      contentsOf: root.appending(path: "outbox/2026-11/buckets.csv"), encoding: .utf8)
    #expect(buckets.contains("2026-10,02-csp-indirect-2026-10.xml,EUR,accepted,5,"))
    // The next run draws the same, the close posts it, and both periods can be drawn again.
    let before = try Program.files(root)
    try VerifyWorkspace.run(root, ["run"])
    #expect(try Program.files(root) == before)
    try VerifyWorkspace.run(root, ["close", "2026-11"])
    let verified = try Program.run(["verify", "--workspace", root.path])
    #expect(verified.code == 0, "\(verified.talk)")
    #expect(verified.output.contains("verified periods=2"))
  }

  @Test("what came meanwhile counts first: duplicates and conflicts as if the rows came now")
  func meanwhile() throws {
    let root = try small()
    defer { Program.remove(root) }
    let arguments = ["retake", "a.csv", "--workspace", root.path]
    let result = try Program.run(arguments + ["--format", "json"])
    #expect(try SchemaShape("retake.schema.json").faults(result.output) == [])
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    // A-1 is a duplicate of b.csv, A-2 contradicts it, A-3 is right, A-4 is not due yet, and the
    // program of A-5 is still unknown.
    let buckets = try #require(json["buckets"] as? [String: Int])
    #expect(
      buckets == ["duplicate": 1, "rejected": 2, "accepted": 1, "notYetDue": 1, "ineligible": 0])
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(findings.compactMap { $0["code"] as? String }.sorted() == ["R206", "R210", "R211"])
    #expect(json["changed"] as? Bool == true)
    let errors = try text(root, "outbox/2026-10/errors.csv")
    #expect(errors.contains("known with other content from b.csv:3"))
    #expect(errors.split(separator: "\r\n").count == 4, "\(errors)")
    let rejects = try text(root, "outbox/2026-10/rejects/a.csv")
    #expect(rejects.contains("3,R210,"))
    #expect(rejects.contains("6,R206,"))
    #expect(rejects.split(whereSeparator: \.isNewline).count == 3)
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 0)
    let before = try Program.files(root)
    let again = try Program.run(arguments + ["--quiet"])
    #expect(again.output.contains("retaken=2 accepted=0"))
    #expect(again.output.contains("changed=no"))
    #expect(try Program.files(root) == before)
  }

  @Test("a row that is not due yet is taken up when its period is open")
  func notYetDue() throws {
    let root = try small()
    defer { Program.remove(root) }
    try VerifyWorkspace.run(root, ["retake", "a.csv"])
    for period in ["2026-10", "2026-11"] {
      try VerifyWorkspace.run(root, ["close", period])
      try VerifyWorkspace.run(root, ["run"])
    }
    let buckets = try text(root, "outbox/2026-12/buckets.csv")
    #expect(buckets.contains("2026-10,a.csv,EUR,accepted,1,400.00"), "\(buckets)")
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 0)
  }

  private func text(_ root: URL, _ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The sample of `init` after a run in which the rows of `a.csv` had an unknown program, which is
  /// an alias now.
  private func small() throws -> URL {
    let root = Program.temporary()
    #expect(try Program.run(["init", root.path]).code == 0)
    try VerifyWorkspace.remove(root, "inbox/example.csv")
    let header =
      "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount\n"
    let feeds = [
      "a.csv": """
      A-1,0001001,Other name,2026-10-05,EUR,100.00
      A-2,0001001,Other name,2026-10-06,EUR,200.00
      A-3,0001001,Other name,2026-10-07,EUR,300.00
      A-4,0001001,Other name,2026-12-07,EUR,400.00
      A-5,0001001,Yet another,2026-10-07,EUR,500.00

      """,
      "b.csv": """
      A-1,0001001,Example Program,2026-10-05,EUR,100.00
      A-2,0001001,Example Program,2026-10-06,EUR,222.00

      """,
    ]
    for (name, rows) in feeds {
      try Data((header + rows).utf8).write(to: root.appending(path: "inbox/" + name))
    }
    try VerifyWorkspace.run(root, ["run"])
    try VerifyWorkspace.edit(root, "plans/example.yaml") {
      $0.replacing("aliases: [Example]", with: "aliases: [Example, Other name]")
    }
    return root
  }

  @Test("an unknown feed is 66 and names the known ones; nothing changes")
  func unknown() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let before = try Program.files(root)
    let result = try Program.run(["retake", "no-such.csv", "--workspace", root.path])
    #expect(result.code == 66)
    #expect(result.talk.contains("partner-center-2026-10.csv"))
    #expect(try Program.files(root) == before)
  }
}
