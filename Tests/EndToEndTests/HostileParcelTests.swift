import Foundation
import TestSupport
import Testing

/// Archives that want to harm: nothing of them is unpacked, or nothing outside the inbox.
@Suite("Hostile archives of several feeds")
struct HostileParcelTests {
  private static let feed = Array(
    """
    earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount
    X-1,0001001,Example Program,2026-10-05,EUR,10.00

    """.utf8)

  /// A feed of its own.
  private static func file(_ name: String, lines: Int = 0) -> Zip.File {
    Zip.File(name, feed + [UInt8](repeating: 0x0A, count: lines))
  }

  /// Runs a new workspace with an archive in its inbox.
  private func run(_ archive: [UInt8], _ body: (URL, Program.Result) throws -> Void) throws {
    let workspace = Program.temporary()
    defer { Program.remove(workspace) }
    try #require(try Program.run(["init", workspace.path]).code == 0)
    try Data(archive).write(to: workspace.appending(path: "inbox/f.zip"))
    try body(workspace, Program.run(["run", "--workspace", workspace.path]))
  }

  @Test(
    "no name in one is a path",
    arguments: [
      "../../x.csv", "/tmp/payout-escaped.csv", "..\\..\\x.csv", "a\u{0}b.csv", "a\nb.csv",
      "\u{1B}[2Jx.csv", "C:\\x.csv", "~root/x.csv", "payout.yaml", "x/../../../payout.yaml",
      String(repeating: "n", count: 3000) + ".csv", "-rf", "f.zip~x.csv", "=1+1.csv",
    ])
  func names(name: String) throws {
    try run(Zip.archive([Self.file(name), Self.file("FEED.csv", lines: 1)])) { workspace, result in
      #expect(result.code == 0, "\(result.talk)")
      #expect(result.output.contains("feeds=3 "), "\(result.output)")
      let files = try Program.files(workspace)
      let taken = files.keys.filter { $0.hasPrefix("archive/2026-10/f~") }
      #expect(taken.count == 2, "\(files.keys.sorted())")
      for name in taken {
        #expect(name.wholeMatch(of: #/archive/2026-10/[-A-Za-z0-9._~]+/#) != nil)
      }
      #expect(files.keys.allSatisfy { !$0.hasPrefix("inbox/") })
      #expect(files["payout.yaml"] != Data(Self.feed))
      #expect(!FileManager.default.fileExists(atPath: "/tmp/payout-escaped.csv"))
      #expect(
        try Set(FileManager.default.contentsOfDirectory(atPath: workspace.path))
          .isSubset(of: [
            "payout.yaml", "registry", "plans", "exchange-rates.csv", "adjustments.csv", "inbox",
            "archive", "ledger", "outbox", "status.json", ".gitignore", "profiles",
          ]))
    }
  }

  @Test("names that differ in capitals are those of two files")
  func capitals() throws {
    try run(Zip.archive([Self.file("x.csv"), Self.file("X.csv", lines: 1)])) { workspace, result in
      #expect(result.code == 0, "\(result.talk)")
      let names = try Program.files(workspace.appending(path: "archive/2026-10")).keys
      #expect(Set(names.map { $0.lowercased() }).count == 3)
    }
  }

  private static let zeros = Zip.File(
    "z.csv", [UInt8](repeating: 0, count: 1 + 258 * 10_000),
    deflated: Gzip.deflatedZeros(copies: 10_000))

  private static var wrongChecksum: Zip.File {
    var file = file("last.csv", lines: 2)
    file.checksum ^= 1
    return file
  }

  private static let bad: [(about: String, code: String, archive: [UInt8])] = [
    ("cut", "F101", Zip.archive([file("a.csv"), file("b.csv")]).dropLast(30)),
    ("with a checksum that does not match", "F101", Zip.archive([file("a.csv"), wrongChecksum])),
    ("a bomb", "F111", Zip.archive([file("a.csv"), zeros])),
    ("one name twice", "F101", Zip.archive([file("a.csv"), file("a.csv", lines: 1)])),
    ("with an archive in it", "F101", Zip.archive([file("a.csv"), file("b.zip")])),
    ("of one archive", "F101", Zip.archive([file("b.zip")])),
    ("with a file that is not whole", "F101", Zip.archive([file("a.csv"), file("b.csv.part")])),
    (
      "with a control file alone", "F101", Zip.archive([file("a.csv"), file("b.csv.control.json")])
    ),
    (
      "of too many files", "F101", Zip.archive((0...1000).map { Zip.File("\($0).csv", []) })
    ),
  ].map { ($0.0, $0.1, Array($0.2)) }

  @Test("nothing is unpacked of one that is bad, and it stays", arguments: bad)
  func all(about: String, code: String, archive: [UInt8]) throws {
    try run(archive) { workspace, result in
      #expect(result.code == 1, "\(about)")
      #expect(result.talk.contains("f.zip: error: \(code): "), "\(about): \(result.talk)")
      #expect(result.output.contains("feeds=1 "), "the proper feed is taken in")
      let inbox = try Program.files(workspace.appending(path: "inbox"))
      #expect(inbox == ["f.zip": Data(archive)], "\(about)")
      let archived = try Program.files(workspace.appending(path: "archive"))
      #expect(Array(archived.keys) == ["2026-10/example.csv"], "\(about)")
      let check = try Program.run(["check", "--workspace", workspace.path])
      #expect(
        check.code == 1 && check.talk.contains(": error: \(code): "), "\(about): \(check.talk)")
    }
  }

  @Test("a control file beside one is not passed over")
  func controlBeside() throws {
    let workspace = Program.temporary()
    defer { Program.remove(workspace) }
    try #require(try Program.run(["init", workspace.path]).code == 0)
    let inbox = workspace.appending(path: "inbox")
    try Data(Zip.archive([Self.file("a.csv"), Self.file("b.csv", lines: 1)])).write(
      to: inbox.appending(path: "f.zip"))
    try Data(#"{"rows": 3}"#.utf8).write(to: inbox.appending(path: "f.zip.control.json"))
    let result = try Program.run(["run", "--workspace", workspace.path])
    #expect(result.code == 1 && result.talk.contains("f.zip: error: F108: "), "\(result.talk)")
    #expect(Set(try Program.files(inbox).keys) == ["f.zip", "f.zip.control.json"])
  }

  @Test("another file that has the name of one in the inbox stays what it is")
  func taken() throws {
    let archive = Zip.archive([
      Self.file("a.csv"), Self.file("b.txt", lines: 1), Zip.File("c", [1]),
    ])
    try run(archive) { workspace, result in
      #expect(result.code == 1, "\(result.talk)")
      let inbox = workspace.appending(path: "inbox")
      // It was refused, and is corrected where it lies; then the archive comes once more.
      let name = try #require(Program.files(inbox).keys.first)
      #expect(name.hasSuffix("~c"))
      try Data("other\n".utf8).write(to: inbox.appending(path: name))
      try Data(archive).write(to: inbox.appending(path: "f.zip"))
      let again = try Program.run(["run", "--workspace", workspace.path])
      #expect(again.code == 1)
      #expect(again.talk.contains("f.zip: error: F101: "), "\(again.talk)")
      #expect(again.talk.contains("\(name) in the inbox has other bytes"), "\(again.talk)")
      #expect(
        try Program.files(inbox)
          == [name: Data("other\n".utf8), "f.zip": Data(archive)])
    }
  }
}
