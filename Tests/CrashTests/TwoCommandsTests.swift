import Foundation
import Testing

@Suite("Two commands")
struct TwoCommandsTests {
  @Test(
    "at once: the second one exits with 75 within a second and changes nothing",
    arguments: [Stage.Name.run, .close, .nextRun])
  func atOnce(name: Stage.Name) throws {
    let stage = try Stage.named(name)
    let lock = try #require(stage.calls.first { $0.detail == "ledger/lock" })
    // What is said comes when all is done and the lock is free.
    let calls = stage.calls.filter {
      $0.number > lock.number && $0.number % 20 == 0 && !$0.isTalk
    }
    try #require(calls.count >= 5)
    var fastest = Duration.seconds(60)
    for call in calls {
      fastest = min(fastest, try disturb(stage, call))
    }
    #expect(fastest < .seconds(1))
  }

  /// Stops a command at a call, lets others try, and lets it go on.
  ///
  /// - Returns: How long one of the others took.
  private func disturb(_ stage: Stage, _ call: Call) throws -> Duration {
    let workspace = try Scratch.copy(stage.workspace)
    defer { Scratch.remove(workspace) }
    let first = try Payout.start(
      stage.arguments, in: workspace,
      try Disturber.environment((.signal(SIGSTOP), at: call.number)))
    try #require(first.waitUntilStopped(), "call \(call.number)")
    let tree = try Tree(workspace)
    var fastest = Duration.seconds(60)
    for arguments in [["run"], ["close", "2026-10", "--leave-inbox"]] {
      let begin = ContinuousClock.now
      let second = try Payout.run(arguments, in: workspace, try Disturber.environment())
      fastest = min(fastest, ContinuousClock.now - begin)
      #expect(!second.isSignal && second.status == 75, "call \(call.number): \(second)")
      #expect(second.talk.contains("ledger/lock: try again later"), "\(second.talk)")
    }
    #expect(try Tree(workspace) == tree, "call \(call.number)")
    kill(first.process.processIdentifier, SIGCONT)
    #expect(try first.ending().status == stage.status, "call \(call.number)")
    let differences = try stage.differences(in: workspace)
    #expect(differences.isEmpty, "call \(call.number): \(differences)")
    return fastest
  }

  private static let closing = ["close", "2026-10", "--leave-inbox"]

  @Test("a close, and a run, after a run that was killed")
  func afterKilledRun() throws {
    // The feed that is known may go to the archive before the close or after it.
    try tryAfterKill(
      .run, then: [Self.closing, ["run"]],
      isFree: { $0.contains("again.csv") || $0 == "archive/2026-11" })
  }

  @Test("a run, and a close, after a close that was killed")
  func afterKilledClose() throws {
    try tryAfterKill(.close, then: [["run"], Self.closing], isFree: { _ in false })
  }

  /// Kills a command at its calls and runs other ones: they give what they give without the one
  /// that was killed, or after it.
  private func tryAfterKill(
    _ name: Stage.Name, then commands: [[String]], isFree: (String) -> Bool
  ) throws {
    let stage = try Stage.named(name)
    let without = try result(of: commands, in: try Scratch.copy(stage.workspace))
    let after = try result(of: [stage.arguments] + commands, in: try Scratch.copy(stage.workspace))
    let commit = try #require(
      stage.calls.last { $0.name == "unlink" && $0.detail == "ledger/ledger.sqlite-journal" })
    var committed = 0
    let calls = stage.calls.filter { $0.number >= commit.number - 2 || $0.number % 4 == 0 }
    for call in calls {
      let workspace = try Scratch.copy(stage.workspace)
      _ = try stage.run(in: workspace, (.killAfter, at: call.number))
      let (statuses, tree) = try result(of: commands, in: workspace)
      let isCommitted = call.number >= commit.number
      if isCommitted { committed += 1 }
      let expected = isCommitted ? after : without
      let place = "\(name), killed at call \(call.number): \(call.name) \(call.detail)"
      #expect(statuses == Array(expected.statuses.suffix(commands.count)), "\(place)")
      let differences = tree.filter { !isFree($0) }
        .differences(from: expected.tree.filter { !isFree($0) })
      #expect(differences.isEmpty, "\(place), then \(commands): \(differences)")
    }
    #expect(committed > 10 && committed < calls.count - 10)
    print("crash: \(name), then \(commands): \(calls.count) points, \(committed) committed")
  }

  /// Runs commands one after the other in a workspace, which is removed.
  private func result(
    of commands: [[String]], in workspace: URL
  ) throws -> (statuses: [Int32], tree: Tree) {
    defer { Scratch.remove(workspace) }
    let statuses = try commands.map { arguments in
      let ending = try Payout.run(arguments, in: workspace, try Disturber.environment())
      try #require(!ending.isSignal)
      return ending.status
    }
    return (statuses, try Tree(workspace))
  }
}
