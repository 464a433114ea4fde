import Foundation
import Testing

/// A ledger that is lost is no new workspace: its closed periods would be open again, and paid again.
@Suite("A ledger that is missing although there was one")
struct LostLedgerTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var lose: @Sendable (URL) throws -> Void
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "the file is gone") { try VerifyWorkspace.remove($0, "ledger/ledger.sqlite") },
    Case(name: "the file is empty") {
      try Data().write(to: $0.appending(path: "ledger/ledger.sqlite"))
    },
    Case(name: "the directory is gone") { try VerifyWorkspace.remove($0, "ledger") },
    Case(name: "only the archive is left") { root in
      for path in ["ledger", "outbox", "status.json"] { try VerifyWorkspace.remove(root, path) }
    },
    Case(name: "only the outbox is left") { root in
      for path in ["ledger", "archive", "status.json"] { try VerifyWorkspace.remove(root, path) }
    },
    Case(name: "only status.json is left") { root in
      for path in ["ledger", "archive", "outbox"] { try VerifyWorkspace.remove(root, path) }
    },
    Case(name: "only segments are left") { root in
      for path in ["ledger/ledger.sqlite", "ledger/closed", "archive", "outbox", "status.json"] {
        try VerifyWorkspace.remove(root, path)
      }
    },
    Case(name: "only copies are left") { root in
      for path in ["ledger/ledger.sqlite", "ledger/segments", "archive", "outbox", "status.json"] {
        try VerifyWorkspace.remove(root, path)
      }
    },
  ]

  @Test("stops every command with 74, and nothing changes", arguments: cases)
  func lost(_ lost: Case) throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    try lost.lose(root)
    let before = try Program.files(root)
    let commands = [
      ["run"], ["close", "2026-10"], ["close", "2026-11"], ["retake", "november.csv"], ["status"],
      ["verify"], ["explain", "N-1"], ["statement", "0048101"],
    ]
    for arguments in commands {
      let result = try Program.run(arguments + ["--workspace", root.path])
      #expect(result.code == 74, "\(arguments): \(result.talk)")
      #expect(result.talk.contains("from the latest backup"), "\(arguments): \(result.talk)")
    }
    #expect(try Program.files(root) == before)
  }

  @Test("a ledger of before the last close is not the latest one", arguments: ["run", "close"])
  func old(command: String) throws {
    let root = try VerifyWorkspace.copy()
    defer { Program.remove(root) }
    let file = root.appending(path: "ledger/ledger.sqlite")
    let backup = try Data(contentsOf: file)
    try VerifyWorkspace.run(root, ["close", "2026-11"])
    try backup.write(to: file)
    let before = try Program.files(root)
    let period = command == "close" ? ["2026-11"] : []
    let result = try Program.run([command] + period + ["--workspace", root.path])
    #expect(result.code == 74, "\(result.talk)")
    #expect(result.talk.contains("is the final one of that period"), "\(result.talk)")
    #expect(try Program.files(root) == before)
  }

  @Test("an empty file is what a first run leaves that was killed at once")
  func killedAtOnce() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    try FileManager.default.createDirectory(
      at: root.appending(path: "ledger"), withIntermediateDirectories: true)
    for name in ["lock", "ledger.sqlite"] {
      try Data().write(to: root.appending(path: "ledger/" + name))
    }
    try VerifyWorkspace.run(root, ["run"])
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 0)
  }
}
