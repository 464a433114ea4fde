import Foundation
import Testing

/// What is in the inbox beside proper files.
@Suite("Hostile inboxes")
struct HostileInboxTests {
  private static let header =
    "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount"

  private static func row(_ id: String) -> String {
    "\(id),0001001,Example Program,2026-10-05,EUR,10.00\n"
  }

  /// A new workspace whose inbox has one proper feed in it.
  private static func workspace() throws -> URL {
    let workspace = Program.temporary()
    try #require(try Program.run(["init", workspace.path]).code == 0)
    return workspace
  }

  /// Runs, and gives the findings by feed.
  private static func run(_ workspace: URL) throws -> Measured {
    try Measured.run(["run", "--workspace", workspace.path])
  }

  @Test(
    "pipes, devices, sockets, directories and links are refused, not waited for, and stay",
    arguments: ["pipe", "device", "directory", "link", "dangling", "null"])
  func kinds(kind: String) throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let outside = Program.temporary()
    defer { Program.remove(outside) }
    try Data("secret\n".utf8).write(to: outside)
    let inbox = workspace.path + "/inbox"
    let path = inbox + "/x.csv"
    let links = [
      "device": "/dev/zero", "link": outside.path, "dangling": "/nonexistent", "null": "/dev/null",
    ]
    switch kind {
    case "pipe": try makePipe(path)
    case "directory":
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    default: try makeLink(path, to: links[kind] ?? "")
    }
    let result = try Self.run(workspace)
    #expect(result.code == 1)
    #expect(result.talk.contains("x.csv: error: F101: "), "\(result.talk)")
    #expect(!result.talk.contains("secret"))
    #expect(result.output.contains("rows=4 accepted=3"), "the proper feed is taken in")
    #expect(try FileManager.default.contentsOfDirectory(atPath: inbox).contains("x.csv"))
    #expect(result.peakKiB <= 256 << 10)
    #expect(try Data(contentsOf: outside) == Data("secret\n".utf8))
  }

  @Test(
    "a control file that cannot be read refuses its feed, and no other",
    arguments: ["pipe", "directory", "link", "large", "nonsense"])
  func controlFiles(kind: String) throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let feed = workspace.path + "/inbox/x.csv"
    try Data((Self.header + "\n" + Self.row("X-1")).utf8).write(to: URL(filePath: feed))
    let path = feed + ".control.json"
    switch kind {
    case "pipe": try makePipe(path)
    case "directory":
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    case "link": try makeLink(path, to: "/etc/passwd")
    case "large":
      try Data().write(to: URL(filePath: path))
      try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 1 << 30)
    default: try Data("[[[[".utf8).write(to: URL(filePath: path))
    }
    let result = try Self.run(workspace)
    #expect(result.code == 1)
    #expect(result.talk.contains("x.csv: error: F108: "), "\(result.talk)")
    #expect(!result.talk.contains("root:"))
    #expect(result.output.contains("rows=4 accepted=3"), "the proper feed is taken in")
  }

  @Test("a feed that is written while it is read is not taken in", arguments: [1, -1])
  func changing(step: Int) throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let url = workspace.appending(path: "inbox/x.csv")
    let text = Self.header + "\n" + (0..<4000).map { Self.row("X-\($0)") }.joined()
    try Data(text.utf8).write(to: url)
    let row = Self.row("Y-1").utf8.count
    var rows = 4000
    let disturbed = try Program.run(["run", "--workspace", workspace.path]) { process in
      while process.isRunning {
        rows += step
        if step > 0 {
          append(Self.row("Y-\(rows)"), to: url)
        } else {
          try? FileHandle(forUpdating: url).truncate(atOffset: UInt64(rows * row))
        }
        usleep(1000)
      }
    }
    // While it was read it is refused; while the outputs were written nothing is published.
    #expect([1, 74].contains(disturbed.code), "\(disturbed.talk)")
    #expect(disturbed.talk.contains("x.csv") && disturbed.talk.contains("changed while it was"))
    #expect(FileManager.default.fileExists(atPath: url.path))
    try Data(text.utf8).write(to: url)
    let result = try Program.run(["run", "--workspace", workspace.path])
    #expect(result.output.contains("rows=4004 "), "\(result.output)")
    #expect(try Program.run(["verify", "--workspace", workspace.path]).code == 0)
  }

  /// Names as the operating system has them.
  static let fileNames: [[UInt8]] = [
    Array("a\nb.csv".utf8), Array("\u{1B}[2J\u{1B}]0;x\u{7}.csv".utf8), Array("=1+1.csv".utf8),
    Array("a\u{202E}vsc.exe.csv".utf8), Array("-rf.csv".utf8), Array("a,\"b\".csv".utf8),
    Array("..csv".utf8), Array("%s%n.csv".utf8),
    Array(repeating: 0x61, count: 250) + Array(".csv".utf8),
    [0x61, 0xFF, 0xFE] + Array(".csv".utf8), Array("a\u{9B}31m.csv".utf8),
  ]

  @Test("names with anything in them are shown safely and choose no path", arguments: fileNames)
  func names(name: [UInt8]) throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    // With a row that is rejected, so that the name is that of a rejects file, too.
    let text = Self.header + "\n" + Self.row("X-1").replacing("EUR", with: "eur")
    let path = Array((workspace.path + "/inbox/").utf8) + name + [0]
    let descriptor = unsafe open(path.map { CChar(bitPattern: $0) }, O_WRONLY | O_CREAT, 0o600)
    try #require(descriptor >= 0)
    try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(
      contentsOf: Data(text.utf8))
    let before = Set(try FileManager.default.contentsOfDirectory(atPath: workspace.path))
    let result = try Self.run(workspace)
    #expect(result.talk.isSafe && result.output.isSafe, "\(result.talk)")
    let status = try Program.run(["status", "--workspace", workspace.path])
    #expect(status.output.isSafe && status.talk.isSafe, "\(status.output)")
    let verbose = try Program.run(["run", "--verbose", "--workspace", workspace.path])
    #expect(verbose.talk.isSafe && verbose.output.isSafe, "\(verbose.talk)")
    let isSkipped = name.first == 0x2E
    let isText = String(validating: name, as: UTF8.self) != nil
    #expect(result.code == (isSkipped ? 0 : 1), "\(result.talk)")
    // Names that the archive would make longer than file systems take are refused, too.
    let isTaken = isText && name.count <= 233 && !isSkipped
    #expect(result.output.contains(isTaken ? "rows=5" : "rows=4"), "\(result.output)")
    if !isTaken && !isSkipped { #expect(result.talk.contains("F101")) }
    let after = Set(try FileManager.default.contentsOfDirectory(atPath: workspace.path))
    #expect(after.subtracting(before).isSubset(of: ["ledger", "status.json"]))
    #expect(try Program.run(["verify", "--workspace", workspace.path]).code == 0)
  }

  @Test("formulas, escapes and bidi marks in values do no harm where they end up")
  func values() throws {
    let workspace = try Self.workspace()
    defer { Program.remove(workspace) }
    let names = ["=cmd|' /C calc'!A1", "@SUM(1)", "a\u{202E}b", "\u{1B}[31mred"]
    let rows = names.enumerated().map { Self.row("X-\($0.offset)").dropLast() + ",\($0.element)\n" }
    let text = Self.header + ",customerName\n" + rows.joined()
    try Data(text.utf8).write(to: workspace.appending(path: "inbox/x.csv"))
    let result = try Self.run(workspace)
    #expect(result.talk.isSafe)
    #expect(result.talk.contains("R215"), "the escape is no value")
    for (path, bytes) in try Program.files(workspace.appending(path: "outbox/2026-10")) {
      let text = String(decoding: bytes, as: UTF8.self)
      // What is sent back for correction is what was sent.
      guard !path.hasPrefix("rejects/"), !path.hasSuffix(".xlsx") else { continue }
      #expect(!text.contains("\u{1B}"), "\(path)")
      guard path.hasSuffix(".csv") else { continue }
      #expect(!text.contains(#/(?m)(^|,)"?[=@]/#), "\(path)")
    }
  }
}

private func append(_ text: String, to url: URL) {
  guard let file = try? FileHandle(forWritingTo: url) else { return }
  _ = try? file.seekToEnd()
  try? file.write(contentsOf: Data(text.utf8))
  try? file.close()
}

private func makePipe(_ path: String) throws {
  let result = unsafe mkfifo(path, 0o600)
  try #require(result == 0)
}

private func makeLink(_ path: String, to target: String) throws {
  let result = unsafe symlink(target, path)
  try #require(result == 0)
}
