import Foundation
import Synchronization
import Testing

/// One way to disturb a command, tried at all calls that it fits.
struct Injection {
  let stage: Stage
  let disturbance: Disturbance
  let calls: [Call]

  init(
    _ name: Stage.Name, _ disturbance: Disturbance, at fits: (Call) -> Bool
  ) throws {
    stage = try Stage.named(name)
    self.disturbance = disturbance
    calls = stage.calls.filter(fits)
  }

  /// Disturbs the command at each call, and lets the same command heal what is left.
  func tryAll() throws {
    try #require(!calls.isEmpty)
    var healed = 0
    for call in calls where try tryOne(call) { healed += 1 }
    print("crash: \(stage.name), \(disturbance): \(calls.count) points, \(healed) healed anew")
  }

  /// - Returns: Whether it left a state that none left before.
  private func tryOne(_ call: Call) throws -> Bool {
    let workspace = try Scratch.copy(stage.workspace)
    let log = Scratch.file()
    defer {
      Scratch.remove(workspace)
      Scratch.remove(log)
    }
    let ending = try stage.run(in: workspace, log: log, (disturbance, at: call.number))
    let met = try Disturber.calls(log, in: workspace).first { $0.wasDisturbed }
    let place = "\(stage.name), \(disturbance), call \(call.number): \(call.name) \(call.detail)"
    #expect(met?.number == call.number && met?.name == call.name, "\(place): another call")
    let tree = try Tree(workspace)
    check(ending, tree, call, place)
    return try heal(workspace, tree, place)
  }

  // MARK: What is left

  private func check(_ ending: Payout.Ending, _ tree: Tree, _ call: Call, _ place: String) {
    let isNew = stage.isPublished(tree, as: stage.after)
    #expect(isNew || stage.isPublished(tree, as: stage.before), "\(place): outbox half-published")
    switch disturbance {
    case .killBefore, .killAfter, .killHalf:
      #expect(ending.isSignal && ending.status == SIGKILL, "\(place): not killed")
    case .shortWrites:
      #expect(!ending.isSignal && ending.status == stage.status, "\(place): \(ending)")
      #expect(isNew, "\(place): nothing published")
    case .error, .errorFromThereOn:
      checkFailure(ending, tree, call, place, isNew)
    case .signal:
      break
    }
  }

  private func checkFailure(
    _ ending: Payout.Ending, _ tree: Tree, _ call: Call, _ place: String, _ isNew: Bool
  ) {
    let said = "\(place): \(ending.status) \(ending.talk)"
    guard !ending.isSignal, ending.status != stage.status else {
      // It did not matter: something was not removed, or not said.
      #expect(!ending.isSignal && isNew, "\(said)")
      return
    }
    #expect([73, 74].contains(ending.status), "\(said)")
    #expect(ending.talk.contains("payout: ") || isSilenced, "\(said)")
    if case .error = disturbance, call.name != "unlink" {
      #expect(isNew || tree.leftovers.isEmpty, "\(said): \(tree.leftovers)")
    }
  }

  /// Whether standard error fails, too.
  private var isSilenced: Bool {
    if case .errorFromThereOn = disturbance { true } else { false }
  }

  // MARK: Healing

  private func heal(_ workspace: URL, _ tree: Tree, _ place: String) throws -> Bool {
    let state = tree.withoutChance
    guard !stage.healed.withLock({ $0.contains(state) }) else { return false }
    let ending = try stage.run(in: workspace)
    let wasRight = !ending.isSignal && ending.status == stage.status
    #expect(wasRight, "\(place), then again: \(ending.status) \(ending.talk)")
    let differences = try stage.differences(in: workspace)
    #expect(differences.isEmpty, "\(place), then again: \(differences)")
    if wasRight, differences.isEmpty { stage.healed.withLock { _ = $0.insert(state) } }
    return true
  }
}

extension Stage {
  /// Whether readers of statements see what they saw in another tree.
  func isPublished(_ tree: Tree, as other: Tree) -> Bool {
    tree.published.filter { $0 != "outbox" } == other.published.filter { $0 != "outbox" }
  }

  /// Where a workspace is not what the command gives undisturbed.
  func differences(in workspace: URL) throws -> [String] {
    let tree = try Tree(workspace)
    guard name == .firstRun else { return tree.differences(from: after) }
    // The ledger has just been made, with a secret of its own.
    let isSecret = { (path: String) in path == "ledger/ledger.sqlite" || path.hasSuffix(".keys") }
    return tree.filter { !isSecret($0) }.differences(from: after.filter { !isSecret($0) })
      + (Set(tree.entries.keys) == Set(after.entries.keys) ? [] : ["other names"])
  }
}
