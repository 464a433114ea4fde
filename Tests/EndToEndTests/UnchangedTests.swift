import Foundation
import Testing

/// A run in which nothing has changed leaves the draft as it is; in doubt it draws it again.
@Suite("A run in which nothing has changed")
struct UnchangedTests {
  private static let feed = "archive/2026-10/partner-center-2026-10.csv"

  /// A workspace that was run, some while ago.
  private static func workspace(_ arguments: [String] = []) throws -> URL {
    let root = try Program.workspace("csp")
    let run = try Program.run(["run", "--workspace", root.path] + arguments)
    #expect(run.code <= 1, "\(run.talk)")
    try settle(root)
    return root
  }

  /// Puts some time between what was written before `status.json` and the writing of that, also
  /// where the file system's clock is coarse.
  private static func settle(_ root: URL) throws {
    Thread.sleep(forTimeInterval: 0.05)
    let status = root.appending(path: "status.json")
    try Data(contentsOf: status).write(to: status, options: .atomic)
  }

  /// What tells whether the draft was written anew.
  private static func draft(_ root: URL) throws -> UInt64 {
    let path = root.appending(path: "outbox/2026-10/run.json").path
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.systemFileNumber] as? UInt64)
  }

  /// Changes a byte of a file, and neither its size nor when it says that it was changed.
  private static func change(_ root: URL, _ path: String) throws {
    let url = root.appending(path: path)
    let date = try FileManager.default.attributesOfItem(atPath: url.path)[.modificationDate]
    let file = try FileHandle(forUpdating: url)
    try file.seek(toOffset: 20)
    let byte = try #require(try file.read(upToCount: 1)?.first)
    try file.seek(toOffset: 20)
    try file.write(contentsOf: Data([byte ^ 1]))
    try file.close()
    try FileManager.default.setAttributes(
      [.modificationDate: try #require(date)], ofItemAtPath: url.path)
  }

  /// What is said, without how long it took.
  private static func said(_ result: Program.Result) -> String {
    (result.output + result.talk).replacing(#/seconds=[0-9.]+/#, with: "")
  }

  @Test("changes nothing and says the same", arguments: [[], ["--statements", "none"]])
  func nothing(arguments: [String]) throws {
    let root = try Self.workspace(arguments)
    defer { Program.remove(root) }
    // The first run drew another way: it took the feed in.
    try FileManager.default.removeItem(at: root.appending(path: "outbox/2026-10/errors.csv"))
    let drawn = try Program.run(["run", "--workspace", root.path] + arguments)
    try Self.settle(root)
    let (before, number) = (try Program.files(root), try Self.draft(root))
    let again = try Program.run(["run", "--workspace", root.path] + arguments)
    #expect(try Self.draft(root) == number, "it was drawn again")
    #expect(try Program.files(root) == before)
    #expect(again.code == drawn.code && Self.said(again) == Self.said(drawn))
  }

  @Test("a feed that is known goes to the archive, and the draft stays")
  func known() throws {
    let root = try Self.workspace()
    defer { Program.remove(root) }
    let number = try Self.draft(root)
    try FileManager.default.copyItem(
      at: root.appending(path: Self.feed), to: root.appending(path: "inbox/again.csv"))
    let run = try Program.run(["run", "--workspace", root.path])
    #expect(run.talk.contains("F110"))
    #expect(try Self.draft(root) == number, "it was drawn again")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "archive/2026-10").path)
    #expect(names.count { $0.hasPrefix("again.csv~") } == 1)
    #expect(try Program.files(root.appending(path: "inbox")).isEmpty)
  }

  struct Change: CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String] = []
    var make: @Sendable (URL) throws -> Void = { _ in }
  }

  static let changes: [Change] = [
    Change(testDescription: "no statements", arguments: ["--statements", "none"]),
    Change(testDescription: "another day", arguments: ["--as-of", "2026-10-30"]),
    Change(testDescription: "an input") { root in
      let file = root.appending(path: "registry/partners.csv")
      try (Data(contentsOf: file) + Data("\n".utf8)).write(to: file)
    },
    Change(testDescription: "an output") { try change($0, "outbox/2026-10/register.csv") },
    Change(testDescription: "an output that is gone") {
      try FileManager.default.removeItem(at: $0.appending(path: "outbox/2026-10/buckets.csv"))
    },
    Change(testDescription: "a file that is too much") {
      try Data().write(to: $0.appending(path: "outbox/2026-10/x"))
    },
    Change(testDescription: "a file of the ledger") { root in
      let segments = root.appending(path: "ledger/segments")
      let name = try #require(
        try FileManager.default.contentsOfDirectory(atPath: segments.path).first)
      let file = segments.appending(path: name)
      try Data(contentsOf: file).write(to: file)
    },
  ]

  @Test("is none if there is", arguments: changes)
  func changed(_ change: Change) throws {
    let root = try Self.workspace()
    defer { Program.remove(root) }
    let number = try Self.draft(root)
    try change.make(root)
    let run = try Program.run(["run", "--workspace", root.path] + change.arguments)
    #expect(run.code <= 1, "\(run.talk)")
    #expect(try Self.draft(root) != number, "it was not drawn again")
  }

  @Test("an archived feed that was damaged is noticed all the same")
  func damaged() throws {
    let root = try Self.workspace()
    defer { Program.remove(root) }
    try Self.change(root, Self.feed)
    let run = try Program.run(["run", "--workspace", root.path])
    #expect(run.code == 74 && run.talk.contains(Self.feed), "\(run.talk)")
  }

  @Test("a feed that was refused, and taken away, is no longer in errors.csv")
  func refused() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let bad = root.appending(path: "inbox/x.csv")
    try Data("a,b\n1,2\n".utf8).write(to: bad)
    _ = try Program.run(["run", "--workspace", root.path])
    try FileManager.default.removeItem(at: bad)
    try Self.settle(root)
    let errors = root.appending(path: "outbox/2026-10/errors.csv")
    #expect(try String(contentsOf: errors, encoding: .utf8).contains("x.csv"))
    _ = try Program.run(["run", "--workspace", root.path])
    #expect(try !String(contentsOf: errors, encoding: .utf8).contains("x.csv"))
  }
}
