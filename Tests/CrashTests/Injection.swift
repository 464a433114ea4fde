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
    let bench = try Bench(stage)
    var healed = 0
    for call in calls where try tryOne(call, bench) { healed += 1 }
    print("crash: \(stage.name), \(disturbance): \(calls.count) points, \(healed) healed anew")
  }

  /// - Returns: Whether it left a state that none left before.
  private func tryOne(_ call: Call, _ bench: Bench) throws -> Bool {
    try bench.reset()
    let (ending, met) = try bench.run((disturbance, at: call.number))
    let place = "\(stage.name), \(disturbance), call \(call.number): \(call.name) \(call.detail)"
    #expect(met?.number == call.number && met?.name == call.name, "\(place): another call")
    let tree = try Tree(bench.workspace)
    check(ending, tree, call, place)
    return try heal(bench, tree, place)
  }

  // MARK: What is left

  private func check(_ ending: Payout.Ending, _ tree: Tree, _ call: Call, _ place: String) {
    let isNew = stage.isPublished(tree, as: stage.after)
    #expect(isNew || stage.isPublished(tree, as: stage.before), "\(place): half-published")
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
    #expect(isNew == (call.number > stage.exchange), "\(said): published: \(isNew)")
    #expect(ending.talk.contains("payout: ") || isSilenced, "\(said)")
    if case .error = disturbance, call.name != "unlink" {
      // A reconciliation shows payments.csv first; what that replaced is removed by the next command.
      let leftovers = tree.leftovers.filter {
        stage.name != .reconcile || !$0.hasPrefix("payments/.")
      }
      #expect(isNew || leftovers.isEmpty, "\(said): \(leftovers)")
    }
  }

  /// Whether standard error fails, too.
  private var isSilenced: Bool {
    if case .errorFromThereOn = disturbance { true } else { false }
  }

  // MARK: Healing

  private func heal(_ bench: Bench, _ tree: Tree, _ place: String) throws -> Bool {
    let state = tree.fingerprint
    guard !stage.healed.withLock({ $0.contains(state) }) else { return false }
    if try bench.expectHealing(place) { stage.healed.withLock { _ = $0.insert(state) } }
    return true
  }
}

extension Stage {
  /// Whether readers of statements see what they saw in another tree.
  func isPublished(_ tree: Tree, as other: Tree) -> Bool {
    tree.published(name.publishes) == other.published(name.publishes)
  }

  /// Where a workspace is not what the command gives undisturbed.
  func differences(in workspace: URL) throws -> [String] {
    try Tree(workspace).differences(from: after)
  }
}
