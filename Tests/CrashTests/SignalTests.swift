import Foundation
import Testing

@Suite("SIGINT and SIGTERM")
struct SignalTests {
  /// How a command ended that was sent a signal.
  private enum Outcome {
    case stopped, finished
  }

  @Test(
    "at a call: it stops and leaves nothing, or finishes what was committed",
    arguments: Stage.Name.drawing, [SIGTERM, SIGINT])
  func atCalls(name: Stage.Name, signal: Int32) throws {
    let stage = try Stage.named(name)
    // The one for services at every fourth call, the one for people at fewer.
    let calls = stage.calls.filter { $0.number % (signal == SIGTERM ? 4 : 20) == 1 }
    let bench = try Bench(stage)
    var outcomes: [Outcome] = []
    for call in calls {
      try bench.reset()
      let (ending, _) = try bench.run((.signal(signal), at: call.number))
      let place = "\(name), signal \(signal), call \(call.number): \(call.name) \(call.detail)"
      outcomes.append(try check(bench, signal, ending, place))
    }
    // Once it was committed it is finished, so that no stop comes after that.
    let committed = outcomes.firstIndex(of: .finished) ?? outcomes.endIndex
    #expect(committed >= 2 && committed < outcomes.count)
    #expect(!outcomes[committed...].contains(.stopped))
    print("crash: \(name), signal \(signal): \(calls.count) points, \(committed) stopped it")
  }

  private func check(
    _ bench: Bench, _ signal: Int32, _ ending: Payout.Ending, _ place: String
  ) throws -> Outcome {
    guard ending.isSignal else {
      #expect(ending.status == bench.stage.status, "\(place): \(ending)")
      let differences = try bench.stage.differences(in: bench.workspace)
      #expect(differences.isEmpty, "\(place): \(differences)")
      return .finished
    }
    #expect(ending.status == signal, "\(place)")
    #expect(ending.talk.contains("payout: stopped by SIG"), "\(place): \(ending.talk)")
    expectUntouched(bench.stage, try Tree(bench.workspace), place)
    _ = try bench.expectHealing(place)
    return .stopped
  }

  /// All files are as before, but for an empty ledger, for what is kept of feeds that the ledger
  /// does not know, which the next run writes over, and for an archive that is unpacked already.
  private func expectUntouched(_ stage: Stage, _ tree: Tree, _ place: String) {
    #expect(tree.leftovers.isEmpty, "\(place): \(tree.leftovers)")
    let made = { (path: String) in stage.before.entries[path] == nil }
    let isOfParcel = { (path: String) in path.contains(#/^(inbox|archive/parcels)/parcel[.~]/#) }
    let files = tree.filter { tree.entries[$0]?.bytes != nil && !isOfParcel($0) }
    let expected = stage.before.filter {
      stage.before.entries[$0]?.bytes != nil && !isOfParcel($0)
    }
    let parcels = stage.before.filter(isOfParcel).entries.keys.sorted()
    let whole = tree.filter { isOfParcel($0) && $0.hasSuffix(".zip") }.entries.keys.sorted()
    #expect(whole == parcels || whole == ["archive/parcels/parcel.zip"], "\(place): \(whole)")
    let kept = files.filter {
      !made($0) || !($0.hasPrefix("ledger/segments/") || stage.name == .firstRun)
    }
    #expect(kept.differences(from: expected).isEmpty, "\(place)")
    #expect(stage.isPublished(tree, as: stage.before), "\(place)")
  }

  @Test("at any time of a larger feed")
  func atAnyTime() throws {
    let stage = try Stage.named(.run)
    let workspace = try Scratch.copy(stage.workspace)
    defer { Scratch.remove(workspace) }
    try Data(largeFeed.utf8).write(to: workspace.appending(path: "inbox/large.csv"))
    let before = try Tree(workspace)
    let undisturbed = try Scratch.copy(workspace)
    defer { Scratch.remove(undisturbed) }
    let begin = ContinuousClock.now
    let status = try stage.run(in: undisturbed).status
    let time = ContinuousClock.now - begin
    let after = try Tree(undisturbed)
    for eighth in 1...7 {
      let copy = try Scratch.copy(workspace)
      defer { Scratch.remove(copy) }
      let started = try Payout.start(stage.arguments, in: copy, try Disturber.environment())
      Thread.sleep(forTimeInterval: time / .seconds(1) * Double(eighth) / 8)
      started.process.terminate()
      let ending = try started.ending()
      let tree = try Tree(copy)
      // It may be hit before it holds signals back.
      #expect(ending.isSignal ? ending.status == SIGTERM : ending.status == status)
      #expect(tree.leftovers.isEmpty, "\(tree.leftovers)")
      #expect(stage.isPublished(tree, as: ending.isSignal ? before : after))
      #expect(try stage.run(in: copy).status == status)
      #expect(try Tree(copy).differences(from: after).isEmpty)
    }
  }

  private var largeFeed: String {
    let header =
      "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount\n"
    return (0..<20_000).reduce(into: header) { text, row in
      text += "M-\(row),00\(row % 3 + 1),Tiers,2026-10-1\(row % 9),EUR,0.\(10 + row % 90)\n"
    }
  }
}
