import Foundation
import TestSupport
import Testing

/// Archives of several feeds, from the inbox to the archive.
@Suite("Archives of several feeds")
struct ParcelTests {
  private static let header =
    "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount\n"

  private static func feed(_ ids: String..., currency: String = "EUR") -> [UInt8] {
    Array(
      (header
        + ids.map { "\($0),0001001,Example Program,2026-10-05,\(currency),10.00\n" }.joined()).utf8)
  }

  private static let usual = [
    Zip.File("a/x.csv", feed("X-1", "X-2")), Zip.File("b/x.csv", feed("Y-1")),
    Zip.File("b/x.csv.control.json", Array(#"{"rows": 1}"#.utf8)),
    Zip.File("y.csv.gz", Gzip.stored(feed("Z-1"))), Zip.File("__MACOSX/a/._x.csv", [1]),
  ]

  /// A workspace with nothing in its inbox but what it is given.
  private func workspace(_ archive: [UInt8], as name: String = "parcel.zip") throws -> URL {
    let workspace = Program.temporary()
    try #require(try Program.run(["init", workspace.path]).code == 0)
    Program.remove(workspace.appending(path: "inbox/example.csv"))
    try deliver(archive, workspace, as: name)
    return workspace
  }

  private func deliver(_ archive: [UInt8], _ workspace: URL, as name: String) throws {
    try Data(archive).write(to: workspace.appending(path: "inbox/" + name))
  }

  private func run(_ workspace: URL, _ command: String = "run") throws -> Program.Result {
    try Program.run([command, "--workspace", workspace.path])
  }

  /// The names of files in a directory, the digest of the archive written as `#`.
  private func names(_ workspace: URL, _ directory: String) throws -> [String] {
    try Program.files(workspace.appending(path: directory)).keys.sorted().map {
      $0.replacing(#/~[0-9a-f]{8}/#, with: "~#")
    }
  }

  @Test("are unpacked, and each of their files is taken in by itself")
  func taken() throws {
    let archive = Zip.archive(Self.usual)
    let workspace = try workspace(archive)
    defer { Program.remove(workspace) }
    let result = try run(workspace)
    #expect(result.code == 0, "\(result.talk)")
    #expect(result.output.contains("feeds=3 rows=4 accepted=4"), "\(result.output)")
    #expect(try names(workspace, "inbox") == [])
    #expect(
      try names(workspace, "archive/2026-10")
        == [
          "parcel~#~2~x.csv", "parcel~#~2~x.csv.control.json", "parcel~#~x.csv",
          "parcel~#~y.csv.gz",
        ])
    let kept = workspace.appending(path: "archive/parcels/parcel.zip")
    #expect(try Data(contentsOf: kept) == Data(archive))
    let before = try Program.files(workspace)
    #expect(try run(workspace).code == 0)
    #expect(
      try Program.files(workspace).filter { !$0.key.hasPrefix("ledger/") }
        == before.filter { !$0.key.hasPrefix("ledger/") })
    #expect(try run(workspace, "verify").code == 0)
  }

  @Test("delivered again, under this name or another one, change nothing that is paid")
  func again() throws {
    let archive = Zip.archive(Self.usual)
    let workspace = try workspace(archive)
    defer { Program.remove(workspace) }
    try #require(try run(workspace).code == 0)
    let published = try Program.files(workspace.appending(path: "outbox/2026-10/statements"))
    for name in ["parcel.zip", "other.zip"] {
      try deliver(archive, workspace, as: name)
      let result = try run(workspace)
      #expect(result.code == 0, "\(result.talk)")
      #expect(result.output.contains("feeds=3 rows=4 accepted=4"), "\(result.output)")
      #expect(result.talk.matches(of: #/note: F110: /#).count == 3, "\(result.talk)")
      #expect(try names(workspace, "inbox") == [])
    }
    // Another archive of the name does not take the place of the first one.
    try deliver(Zip.archive(Array(Self.usual.dropFirst())), workspace, as: "parcel.zip")
    #expect(try run(workspace).code == 0)
    #expect(
      try names(workspace, "archive/parcels") == ["other.zip", "parcel.zip", "parcel.zip~#"])
    #expect(try Program.files(workspace.appending(path: "outbox/2026-10/statements")) == published)
    #expect(try run(workspace, "verify").code == 0)
  }

  @Test("bad rows are rejected, and a file that is refused waits by itself")
  func refused() throws {
    let workspace = try workspace(
      Zip.archive([
        Zip.File("good.csv", Self.feed("X-1")),
        Zip.File("bad.csv", Self.feed("X-2", currency: "eur")),
        Zip.File("read me.txt", Array("hello\n".utf8)),
      ]))
    defer { Program.remove(workspace) }
    let result = try run(workspace)
    #expect(result.code == 1)
    #expect(result.talk.contains(#/parcel~.{8}~bad.csv:2:\d+: error: R204: /#), "\(result.talk)")
    #expect(result.talk.contains(#/parcel~.{8}~read_me.txt:1:1: error: F103: /#), "\(result.talk)")
    #expect(try names(workspace, "inbox") == ["parcel~#~read_me.txt"])
    #expect(try names(workspace, "outbox/2026-10/rejects") == ["parcel~#~bad.csv"])
    let close = try Program.run(["close", "2026-10", "--workspace", workspace.path])
    #expect(close.code == 65 && close.talk.contains("feeds wait in the inbox"))
  }

  @Test("waiting, keep a period from being closed; status names them")
  func waiting() throws {
    let workspace = try workspace(Zip.archive(Self.usual))
    defer { Program.remove(workspace) }
    let close = try Program.run(["close", "2026-10", "--workspace", workspace.path])
    #expect(close.code == 65 && close.talk.contains("feeds wait in the inbox"))
    #expect(try run(workspace, "status").output.contains("1 feed waiting: parcel.zip"))
    #expect(try names(workspace, "inbox") == ["parcel.zip"])
  }

  @Test("a profile is found by the name of the file in the inbox")
  func profile() throws {
    let text = String(decoding: Self.feed("X-1"), as: UTF8.self).replacing(",", with: ";")
    let workspace = try workspace(
      Zip.archive([
        Zip.File("x/dealer-1.csv", Array(text.utf8)), Zip.File("canonical.csv", Self.feed("X-2")),
      ]))
    defer { Program.remove(workspace) }
    let profiles = workspace.appending(path: "profiles")
    try FileManager.default.createDirectory(at: profiles, withIntermediateDirectories: true)
    try Data("profile: dealer\ndelimiter: \";\"\nsameNames: true\n".utf8).write(
      to: profiles.appending(path: "dealer.yaml"))
    let configuration = workspace.appending(path: "payout.yaml")
    let yaml = try String(contentsOf: configuration, encoding: .utf8)
    try Data((yaml + "\nfeeds:\n  - {files: \"*~dealer-*\", profile: dealer}\n").utf8).write(
      to: configuration)
    let check = try run(workspace, "check")
    #expect(check.code == 0, "\(check.talk)")
    let result = try run(workspace)
    #expect(result.code == 0, "\(result.talk)")
    #expect(result.output.contains("feeds=2 rows=2 accepted=2"), "\(result.output)")
  }

  @Test("check looks into them and changes nothing")
  func check() throws {
    let bad = Zip.File("d/bad.csv", Self.feed("X-2", currency: "eur"))
    let workspace = try workspace(Zip.archive(Self.usual + [bad]))
    defer { Program.remove(workspace) }
    let temporary = Program.temporary()
    defer { Program.remove(temporary) }
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    let before = try Program.files(workspace)
    let path = workspace.path + "/inbox/parcel.zip"
    for files in [[path], []] {
      let result = try Program.run(
        ["check", "--workspace", workspace.path] + files, environment: ["TMPDIR": temporary.path])
      #expect(result.code == 1)
      #expect(result.output.contains("files=1 rows=5 findings=1"), "\(result.output)")
      #expect(result.talk.contains("parcel.zip/bad.csv:2:40: error: R204: "), "\(result.talk)")
      #expect(try Program.files(workspace) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
    }
    let columns = try Program.run(["check", "--explain-columns", path])
    #expect(columns.output.contains("parcel.zip/2~x.csv\n"), "\(columns.output)")
  }
}
