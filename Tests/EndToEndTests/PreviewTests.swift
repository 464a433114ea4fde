import Foundation
import Testing

@Suite("Previews of a close")
struct PreviewTests {
  /// What a preview may not take the place of, by its path from the workspace.
  static let places = [
    "archive", "archive/2026-10", "ledger", "ledger/closed", "ledger/new", "outbox",
    "outbox/2026-12", "registry", "plans", "profiles", "inbox", "inbox/new/deep", "status.json",
    "payout.yaml", "adjustments.csv", ".", "../", "mine", "mine/thesis.txt", "nowhere/../archive",
    "to-archive", "to-archive/x", "to-nothing", "to-nothing/x",
  ]

  @Test("never take the place of anything", arguments: places)
  func refused(path: String) throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let mine = root.appending(path: "mine")
    try FileManager.default.createDirectory(at: mine, withIntermediateDirectories: true)
    try Data("all of it".utf8).write(to: mine.appending(path: "thesis.txt"))
    for (link, target) in [("to-archive", "archive"), ("to-nothing", "nothing")] {
      try FileManager.default.createSymbolicLink(
        atPath: root.appending(path: link).path, withDestinationPath: target)
    }
    let before = try Program.files(root)
    for period in ["2026-10", "2026-11"] {
      let result = try Program.run(
        ["close", period, "--preview", root.path + "/" + path, "--workspace", root.path])
      #expect(result.code == 73, "\(result.talk)")
      #expect(result.talk.contains("name a new or empty directory"), "\(result.talk)")
    }
    #expect(try Program.files(root) == before)
  }

  @Test("are written into new and empty directories", arguments: ["new", "a/b/", "empty", "link"])
  func written(path: String) throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let empty = root.appending(path: "empty")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: root.appending(path: "link").path, withDestinationPath: "empty")
    let result = try Program.run(
      ["close", "2026-11", "--preview", root.path + "/" + path, "--workspace", root.path])
    #expect(result.code <= 1, "\(result.talk)")
    let preview = try Program.files(root.appending(path: path))
    try VerifyWorkspace.run(root, ["close", "2026-11"])
    #expect(try Program.files(root.appending(path: "outbox/2026-11")) == preview)
  }

  @Test("of a period that was closed before are what was closed, and its line says what it paid")
  func closed() throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let preview = root.appending(path: "preview")
    let first = try Program.run(
      ["close", "2026-10", "--preview", preview.path, "--workspace", root.path])
    #expect(first.code <= 1, "\(first.talk)")
    let closed = try Program.files(root.appending(path: "outbox/2026-10"))
    #expect(try Program.files(preview) == closed)
    #expect(first.talk.contains("nothing has changed"), "\(first.talk)")
    #expect(!first.output.contains("feeds=0"), "\(first.output)")
    #expect(first.output.contains("paid=\"EUR "), "\(first.output)")
    try VerifyWorkspace.edit(root, "outbox/2026-10/register.csv") { $0 + "x\n" }
    let second = try Program.run(["close", "2026-10", "--workspace", root.path])
    #expect(second.talk.contains("was written again"), "\(second.talk)")
    #expect(try Program.files(root.appending(path: "outbox/2026-10")) == closed)
  }
}
