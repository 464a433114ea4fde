import Foundation
import Testing

/// What a run has read is what it archives, whatever the sender does to the inbox meanwhile.
@Suite("A feed that is replaced or goes on growing while it is taken in")
struct ReplacedFeedTests {
  private static let stage = Result { try Stage.named(.firstRun) }
  private static let feed = "inbox/first.csv"

  /// Another delivery under the same name.
  private static let other = """
    earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount
    other-1,001,Rates,2026-10-05,EUR,500.00

    """

  /// The calls between the link and the end, a few of them, each with whether it is past the commit.
  private static func calls(_ stage: Stage) throws -> [(call: Call, isCommitted: Bool)] {
    let link = try #require(stage.calls.last { $0.name == "link" })
    let commit = try #require(
      stage.calls.last { $0.name == "unlink" && $0.detail == "ledger/ledger.sqlite-journal" })
    let near = commit.number - 3
    let calls = stage.calls.filter {
      $0.number > link.number && ($0.number >= near || $0.number % 7 == 0)
    }
    return calls.map { ($0, $0.number >= commit.number) }
  }

  @Test("replaced, it is archived as it was read, and what replaced it waits")
  func replaced() throws {
    let stage = try Self.stage.get()
    for (call, _) in try Self.calls(stage) {
      let place = "call \(call.number): \(call.name) \(call.detail)"
      let workspace = try Self.stop(stage, call) { try Self.replace($0) }
      defer { Scratch.remove(workspace.root) }
      #expect(workspace.ending.status == stage.status, "\(place): \(workspace.ending)")
      let tree = try Tree(workspace.root)
      // What waits is said there.
      let differences = tree.differences(from: stage.after)
        .filter { !$0.hasPrefix("status.json ") && !$0.hasPrefix(Self.feed + " ") }
      #expect(differences.isEmpty, "\(place)")
      #expect(tree.entries[Self.feed]?.bytes == Data(Self.other.utf8), "\(place)")
      try Self.expectTaken(workspace.root, place)
    }
  }

  @Test("replaced when the run was killed, both are taken in if the first one was committed")
  func killed() throws {
    let stage = try Self.stage.get()
    for (call, isCommitted) in try Self.calls(stage) {
      let place = "call \(call.number): \(call.name) \(call.detail)"
      let workspace = try Scratch.copy(stage.workspace)
      defer { Scratch.remove(workspace) }
      _ = try stage.run(in: workspace, (.killAfter, at: call.number))
      try Self.replace(workspace)
      try Self.expectTaken(workspace, place)
      let archived = try Self.archived(workspace)
      let first = try Data(contentsOf: stage.workspace.appending(path: Self.feed))
      #expect(archived.contains(first) == isCommitted, "\(place)")
    }
  }

  @Test("growing, it is refused or stops the run; nothing is archived that was not read")
  func growing() throws {
    let stage = try Self.stage.get()
    // The last look at it is just before the ledger begins to write.
    let last = try #require(stage.calls.first { $0.detail.contains(".keys") }).number
    for (call, _) in try Self.calls(stage) where call.number < last {
      let place = "call \(call.number): \(call.name) \(call.detail)"
      let workspace = try Self.stop(stage, call) { root in
        let file = try FileHandle(forUpdating: root.appending(path: Self.feed))
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: Data("late-1,001,Rates,2026-10-05,EUR,1.00\n".utf8))
      }
      defer { Scratch.remove(workspace.root) }
      #expect([1, 74].contains(workspace.ending.status), "\(place): \(workspace.ending)")
      #expect(try Self.archived(workspace.root).isEmpty, "\(place)")
      let again = try Payout.run(["run"], in: workspace.root, [:])
      #expect(again.status <= 1, "\(place): \(again)")
      #expect(try Payout.run(["verify"], in: workspace.root, [:]).status == 0, "\(place)")
    }
  }

  @Test("where files cannot be linked, they are copied", arguments: [Stage.Name.firstRun, .run])
  func withoutLinks(name: Stage.Name) throws {
    try Injection(name, .error(EPERM)) { $0.name == "link" }.tryAll()
    try Injection(name, .error(EXDEV)) { $0.name == "link" }.tryAll()
    // They leave the inbox by another way, too.
    let isLeaving = { (call: Call) in call.name == "rename" && call.detail.contains("/.leaving/") }
    try Injection(name, .error(EXDEV), at: isLeaving).tryAll()
  }

  // MARK: Helpers

  private static func replace(_ root: URL) throws {
    let new = root.appending(path: "inbox/.new")
    try Data(other.utf8).write(to: new)
    try #require(unsafe rename(new.path, root.appending(path: feed).path) == 0)
  }

  /// Stops the command at a call, does something to the workspace, and lets it go on.
  private static func stop(
    _ stage: Stage, _ call: Call, _ body: (URL) throws -> Void
  ) throws -> (root: URL, ending: Payout.Ending) {
    let workspace = try Scratch.copy(stage.workspace)
    let command = try Payout.start(
      stage.arguments, in: workspace,
      try Disturber.environment((.signal(SIGSTOP), at: call.number)))
    try #require(command.waitUntilStopped(), "call \(call.number)")
    try body(workspace)
    kill(command.process.processIdentifier, SIGCONT)
    return (workspace, try command.ending())
  }

  /// Runs again: what replaced the feed is taken in, and all holds.
  private static func expectTaken(_ root: URL, _ place: String) throws {
    let again = try Payout.run(["run"], in: root, [:])
    #expect(!again.isSignal && again.status <= 1, "\(place): \(again)")
    #expect(try archived(root).contains(Data(other.utf8)), "\(place)")
    let verified = try Payout.run(["verify"], in: root, [:])
    #expect(verified.status == 0, "\(place): \(verified)")
  }

  private static func archived(_ root: URL) throws -> [Data] {
    try Tree(root).filter { $0.hasPrefix("archive/") }.entries.values.compactMap(\.bytes)
  }
}
