import Foundation
import Testing

/// Which reports there are, and what becomes of them when a period is closed.
@Suite("Reports and the life of a period")
struct ReportFilesTests {
  private static let all: Set = [
    "report.html", "reconciliation.xlsx", "journal.hledger", "postings.csv", "reports.sha256",
  ]

  private func reports(_ workspace: ReportWorkspace) throws -> Set<String> {
    Self.all.intersection(try Program.files(workspace.outbox).keys)
  }

  @Test(
    "the configuration says which ones",
    arguments: [
      ("", all), ("reports: []\n", []),
      ("reports: [journal]\n", ["journal.hledger", "postings.csv", "reports.sha256"]),
      ("reports: [workbook, html]\n", ["reconciliation.xlsx", "report.html", "reports.sha256"]),
    ] as [(String, Set<String>)])
  func configured(line: String, files: Set<String>) throws {
    let workspace = try ReportWorkspace()
    defer { workspace.remove() }
    try workspace.edit("payout.yaml") { $0 += line }
    try workspace.payout(["run"])
    #expect(try reports(workspace) == files)
    try workspace.payout(["verify"])
    let manifest = String(
      decoding: try Data(contentsOf: workspace.outbox.appending(path: "run.json")), as: UTF8.self)
    #expect(manifest.contains("\"reports\"") == !files.isEmpty)
  }

  @Test("an unknown report is an error that names the nearest one")
  func unknown() throws {
    let workspace = try ReportWorkspace()
    defer { workspace.remove() }
    try workspace.edit("payout.yaml") { $0 += "reports: [html, workbok]\n" }
    let result = try workspace.payout(["run"], codes: [78])
    #expect(result.talk.contains("X905"))
    #expect(result.talk.contains("Did you mean workbook?"), "\(result.talk)")
  }

  @Test("they are the same bytes each time, in a preview, in the close, and when it is drawn again")
  func same() throws {
    let workspace = try ReportWorkspace()
    defer { workspace.remove() }
    try workspace.payout(["run"])
    let preview = Program.temporary()
    defer { Program.remove(preview) }
    try workspace.payout(["close", "2026-10", "--preview", preview.path])
    try workspace.payout(["close", "2026-10"])
    let closed = try Program.files(workspace.outbox)
    #expect(try Program.files(preview) == closed)
    Program.remove(workspace.outbox)
    try workspace.payout(["close", "2026-10"])
    #expect(try Program.files(workspace.outbox) == closed)
    let check = try Program.run(
      URL(filePath: "/bin/sh"),
      ["-c", "cd '\(workspace.outbox.path)' && sha256sum -c --quiet reports.sha256"], [:])
    #expect(check.code == 0, "\(check.output)")
  }

  @Test("a report that was changed after the close is found, and written again", arguments: all)
  func changed(file: String) throws {
    let workspace = try ReportWorkspace()
    defer { workspace.remove() }
    try workspace.payout(["run"])
    try workspace.payout(["close", "2026-10"])
    let closed = try Program.files(workspace.outbox)
    let url = workspace.outbox.appending(path: file)
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: url)
    #expect(try workspace.payout(["verify"], codes: [65]).output.contains("2026-10"))
    try workspace.payout(["close", "2026-10"])
    #expect(try Program.files(workspace.outbox) == closed)
    Program.remove(url)
    try workspace.payout(["verify"], codes: [65])
    try workspace.payout(["close", "2026-10"])
    #expect(try Program.files(workspace.outbox) == closed)
  }

  @Test("a period that was closed before there were reports is still what was closed")
  func before() throws {
    let workspace = try ReportWorkspace()
    defer { workspace.remove() }
    try workspace.payout(["run"])
    try workspace.payout(["close", "2026-10"])
    let made = try Tool.python("forget_reports.py", [workspace.root.path, "2026-10"])
    #expect(made.code == 0, "\(made.talk)")
    let closed = try Program.files(workspace.outbox)
    #expect(Self.all.isDisjoint(with: closed.keys))
    let verified = try workspace.payout(["verify"], codes: [0])
    #expect(!verified.talk.contains("another version"))
    Program.remove(workspace.outbox)
    try workspace.payout(["close", "2026-10"])
    #expect(try Program.files(workspace.outbox) == closed)
    try workspace.payout(["run"])
    let next = workspace.root.appending(path: "outbox/2026-11")
    #expect(Self.all.isSubset(of: try Program.files(next).keys))
  }
}
