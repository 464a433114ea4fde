import Foundation
import Testing

/// A workspace on which the command of a stage is tried again and again.
///
/// Most of the time of a small run goes into the start of the program. So it is started once, stops
/// before its first call that changes files, and forks from there for each attempt; until there it
/// has read nothing that an attempt changes.
final class Bench {
  let stage: Stage
  let workspace: URL
  private let server: Process
  private let requests = Pipe()
  private let answers = Pipe()

  init(_ stage: Stage) throws {
    self.stage = stage
    workspace = try Scratch.copy(stage.workspace)
    var environment = try Disturber.environment()
    environment["DISTURB_SERVE"] = "1"
    server = Process()
    server.executableURL = try Payout.executable.get()
    server.arguments = Payout.arguments(stage.arguments, in: workspace)
    server.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    server.standardInput = requests
    server.standardOutput = answers
    try server.run()
  }

  deinit {
    try? requests.fileHandleForWriting.close()
    server.waitUntilExit()
    Scratch.remove(workspace)
  }

  /// Makes the workspace what it is before the command.
  func reset() throws {
    try FileManager.default.removeItem(at: workspace)
    try FileManager.default.copyItem(at: stage.workspace, to: workspace)
  }

  /// Runs the command.
  ///
  /// - Returns: How it ended, and the call that was disturbed.
  func run(
    _ disturbance: (what: Disturbance, at: Int)? = nil
  ) throws -> (ending: Payout.Ending, met: Call?) {
    let (log, talk) = (Scratch.file(), Scratch.file())
    defer { [log, talk].forEach(Scratch.remove) }
    let how = disturbance.map { "\($0.at)\t\($0.what.text)" } ?? "0\tnothing"
    try requests.fileHandleForWriting.write(
      contentsOf: Data("\(log.path)\t\(talk.path)\t\(how)\n".utf8))
    let answer = String(decoding: answers.fileHandleForReading.availableData, as: UTF8.self)
    let status = try #require(Int32(answer.dropLast()), "the program has ended: \(answer)")
    // As in <sys/wait.h>.
    let signal = status & 0x7F
    let ending = Payout.Ending(
      status: signal == 0 ? status >> 8 & 0xFF : signal, isSignal: signal != 0,
      talk: String(decoding: try Data(contentsOf: talk), as: UTF8.self))
    return (ending, try Disturber.calls(log, in: workspace).first { $0.wasDisturbed })
  }

  /// Runs the command undisturbed: it must give what it gives where nothing ever was disturbed.
  ///
  /// - Parameter place: What was done before, for who reads the failure.
  /// - Returns: Whether it did.
  func expectHealing(_ place: String) throws -> Bool {
    let ending = try run().ending
    let wasRight = !ending.isSignal && ending.status == stage.status
    #expect(wasRight, "\(place), then again: \(ending)")
    let differences = try stage.differences(in: workspace)
    #expect(differences.isEmpty, "\(place), then again: \(differences)")
    return wasRight && differences.isEmpty
  }
}
