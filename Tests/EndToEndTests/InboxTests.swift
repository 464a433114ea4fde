import Foundation
import Testing

@Suite("What is no feed in the inbox")
struct InboxTests {
  private static let good = "partner-center-2026-10.csv"

  struct Case: CustomTestStringConvertible {
    var name: String
    /// What is put into the inbox.
    var put: @Sendable (URL) throws -> Void
    var code = "F101"
    var says: String

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "a link to a feed", put: { try link($0, "x.csv", to: good) }, says: "no regular"),
    Case(name: "a link to nothing", put: { try link($0, "x.csv", to: "none") }, says: "no regular"),
    Case(name: "a directory", put: { try makeDirectory($0, "x.csv") }, says: "no regular file"),
    Case(
      name: "a pipe", put: { #expect(unsafe mkfifo($0.appending(path: "x.csv").path, 0o600) == 0) },
      says: "no regular file"),
    Case(
      name: "a name of 234 bytes",
      put: { inbox in
        for length in [230, 229] {
          try copy(inbox, String(repeating: "x", count: length) + ".csv", lines: length)
        }
      }, says: "at most 233"),
    Case(
      name: "a name that is not UTF-8",
      put: { inbox in
        let path = Array(inbox.path.utf8) + [0x2F, 0x62, 0xFF, 0x2E, 0x63, 0x73, 0x76, 0]
        let made = unsafe open(path.map { CChar(bitPattern: $0) }, O_WRONLY | O_CREAT, 0o600)
        #expect(made >= 0)
        close(made)
      }, says: "not UTF-8"),
    Case(
      name: "a control file that is a link",
      put: { inbox in
        try copy(inbox, "x.csv")
        try link(inbox, "x.csv.control.json", to: "nothing.json")
      }, code: "F108", says: "no regular file"),
    Case(
      name: "a control file that is a directory",
      put: { inbox in
        try copy(inbox, "x.csv")
        try makeDirectory(inbox, "x.csv.control.json")
      }, code: "F108", says: "no regular file"),
  ]

  @Test("a copy of a feed that is refused is not taken for known: both stay")
  func twins() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let inbox = root.appending(path: "inbox")
    for name in ["x.csv", "y.csv"] {
      try Data("earningId,participantId\nE-1,0048101\n".utf8).write(to: inbox.appending(path: name))
    }
    let result = try Program.run(["run", "--workspace", root.path])
    #expect(result.talk.contains("F103"), "\(result.talk)")
    #expect(result.talk.contains("the same bytes as x.csv, which is refused"), "\(result.talk)")
    let left = try FileManager.default.contentsOfDirectory(atPath: inbox.path)
    #expect(Set(left).isSuperset(of: ["x.csv", "y.csv"]))
    let archived = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "archive/2026-10").path)
    #expect(!archived.contains { $0.hasPrefix("y.csv") }, "\(archived)")
  }

  @Test("is refused and stays, and the others are taken in", arguments: cases)
  func refused(_ bad: Case) throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let inbox = root.appending(path: "inbox")
    let own = try FileManager.default.contentsOfDirectory(atPath: inbox.path)
    try bad.put(inbox)
    for arguments in [["run"], ["run"], ["check"]] {
      let result = try Program.run(arguments + ["--workspace", root.path])
      #expect(result.code == 1, "\(result.talk)")
      #expect(result.talk.contains(bad.code + ": "), "\(result.talk)")
      #expect(result.talk.contains(bad.says), "\(result.talk)")
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: inbox.path)
    #expect(!left.isEmpty && Set(left).isDisjoint(with: own), "\(left)")
    let archive = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "archive").path)
    #expect(archive == ["2026-10"])
    #expect(try Program.run(["verify", "--workspace", root.path]).code == 0)
  }

  @Test("a control file that may not be read is F108 of its feed, and the others are taken in")
  func unreadableControl() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let inbox = root.appending(path: "inbox")
    try Self.copy(inbox, "x.csv")
    let sidecar = inbox.appending(path: "x.csv.control.json")
    try Data("{}".utf8).write(to: sidecar)
    for path in try [""] + FileManager.default.subpathsOfDirectory(atPath: root.path) {
      _ = unsafe chmod(root.appending(path: path).path, 0o777)
    }
    _ = unsafe chmod(sidecar.path, 0)
    let result = try Program.runWithoutRoot(["run", "--workspace", root.path])
    #expect(result.code == 1, "\(result.talk)")
    #expect(result.talk.contains("F108: "), "\(result.talk)")
    #expect(result.output.contains("feeds=4"), "\(result.output)")
  }

  @Test("a feed that its sender still has open is refused, and taken in when it is closed")
  func beingWritten() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let file = try FileHandle(forUpdating: root.appending(path: "inbox/" + Self.good))
    let open = try Program.run(["run", "--workspace", root.path])
    #expect(open.code == 1, "\(open.talk)")
    #expect(open.talk.contains("F101: it is still being written"), "\(open.talk)")
    #expect(open.output.contains("feeds=3"), "\(open.output)")
    try file.close()
    let closed = try Program.run(["run", "--workspace", root.path])
    #expect(closed.output.contains("feeds=4"), "\(closed.output)")
    #expect(!closed.talk.contains("F101"), "\(closed.talk)")
  }

  @Test("no inbox is an error, not an empty one", arguments: [true, false])
  func missing(isFile: Bool) throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    try VerifyWorkspace.remove(root, "inbox")
    if isFile { try Data().write(to: root.appending(path: "inbox")) }
    for arguments in [["run"], ["close", "2026-10"]] {
      let result = try Program.run(arguments + ["--workspace", root.path])
      #expect(result.code == 66, "\(result.talk)")
      #expect(result.talk.contains("make it, or mount it"), "\(result.talk)")
    }
  }

  /// A file system in memory, where there is one beside that of temporary files.
  private static let second: URL? = {
    let device = { (url: URL) in
      try? FileManager.default.attributesOfItem(atPath: url.path)[.systemNumber] as? Int
    }
    let other = URL(filePath: "/dev/shm")
    guard FileManager.default.isWritableFile(atPath: other.path),
      device(other) != device(FileManager.default.temporaryDirectory)
    else { return nil }
    return other.appending(path: "payout-test-inbox-\(ProcessInfo.processInfo.processIdentifier)")
  }()

  @Test(
    "may be on another file system than the archive",
    .enabled(if: second != nil, "there is no second file system here"))
  func otherFileSystem() throws {
    let inbox = try #require(Self.second)
    let workspace = Program.temporary()
    defer { [inbox, workspace].forEach(Program.remove) }
    try #require(try Program.run(["init", workspace.path]).code == 0)
    let usual = workspace.appending(path: "inbox")
    try FileManager.default.copyItem(at: usual, to: inbox)
    Program.remove(usual)
    try FileManager.default.createSymbolicLink(at: usual, withDestinationURL: inbox)
    for _ in 1...2 {
      let result = try Program.run(["run", "--workspace", workspace.path])
      #expect(result.code == 0 && result.output.contains("feeds=1 "), "\(result.talk)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: inbox.path) == [])
      #expect(
        FileManager.default.fileExists(
          atPath: workspace.path + "/archive/2026-10/example.csv"))
    }
  }

  /// `archive` cannot be written into; then `inbox`, which feeds have to leave.
  @Test(
    "what the machine refuses is no fault of a feed, and says what is published",
    arguments: [true, false])
  func refusedByMachine(isArchive: Bool) throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let closed = isArchive ? "archive" : "inbox"
    for name in ["archive", "outbox", "ledger"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: name), withIntermediateDirectories: true)
    }
    let all = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap {
      $0 as? String
    }
    if geteuid() == 0 {
      for path in [""] + all { #expect(unsafe chown(root.path + "/" + path, 65534, 65534) == 0) }
      #expect(unsafe chown(root.path + "/" + closed, 0, 0) == 0)
    }
    #expect(unsafe chmod(root.path + "/" + closed, 0o555) == 0)
    let result = try Program.runWithoutRoot(["run", "--workspace", root.path])
    let isPublished = FileManager.default.fileExists(atPath: root.path + "/outbox/2026-10/run.json")
    #expect(unsafe chmod(root.path + "/" + closed, 0o755) == 0)
    #expect([73, 74].contains(result.code) && !result.talk.contains("F101"), "\(result.talk)")
    #expect(isPublished == !isArchive)
    #expect(result.talk.contains("the draft is published: run again") == !isArchive)
  }

  // MARK: Helpers

  private static func link(_ inbox: URL, _ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: inbox.appending(path: name).path, withDestinationPath: target)
  }

  private static func makeDirectory(_ inbox: URL, _ name: String) throws {
    try FileManager.default.createDirectory(
      at: inbox.appending(path: name), withIntermediateDirectories: true)
  }

  /// A copy of a feed with other bytes: empty lines are skipped.
  private static func copy(_ inbox: URL, _ name: String, lines: Int = 1) throws {
    let feed = try Data(contentsOf: inbox.appending(path: good))
    try (feed + Data(repeating: 0x0A, count: lines)).write(to: inbox.appending(path: name))
  }

  @Test("a control file without its feed is a warning, until the feed comes or it goes")
  func controlAlone() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let control = root.appending(path: "inbox/late.csv.control.json")
    try Data("{\"rows\": 1}".utf8).write(to: control)
    let checked = try Program.run(["check", "--workspace", root.path])
    #expect(checked.talk.contains("late.csv.control.json: warning: F117"), "\(checked.talk)")
    for _ in 0..<2 {
      let run = try Program.run(["run", "--workspace", root.path])
      #expect(run.talk.contains("late.csv.control.json: warning: F117"), "\(run.talk)")
      let errors = try Outbox(directory: root.appending(path: "outbox/2026-10")).table("errors.csv")
      #expect(
        errors.filter { $0["feed"] == "late.csv.control.json" }.map { $0["code"] } == ["F117"])
    }
    try FileManager.default.removeItem(at: control)
    let run = try Program.run(["run", "--workspace", root.path])
    #expect(!run.talk.contains("F117"), "\(run.talk)")
    let errors = try Outbox(directory: root.appending(path: "outbox/2026-10")).table("errors.csv")
    #expect(errors.allSatisfy { $0["feed"] != "late.csv.control.json" })
  }
}
