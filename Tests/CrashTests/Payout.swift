import Foundation
import Testing

/// Runs the built program on a workspace.
enum Payout {
  /// How it ended.
  struct Ending {
    /// Its exit code, or the number of the signal that ended it.
    let status: Int32
    let isSignal: Bool
    /// What it wrote to standard error.
    let talk: String
  }

  /// The package's own directory.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs a command to its end.
  ///
  /// - Parameter environment: Variables beside those of the tests.
  static func run(
    _ arguments: [String], in workspace: URL, _ environment: [String: String]
  ) throws -> Ending {
    try start(arguments, in: workspace, environment).ending()
  }

  /// Starts a command.
  static func start(
    _ arguments: [String], in workspace: URL, _ environment: [String: String]
  ) throws -> Started {
    let process = Process()
    process.executableURL = try executable.get()
    process.arguments = Self.arguments(arguments, in: workspace)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let talk = Scratch.file()
    try Data().write(to: talk)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: talk)
    try process.run()
    return Started(process: process, talk: talk)
  }

  static func arguments(_ arguments: [String], in workspace: URL) -> [String] {
    arguments + ["--workspace", workspace.path, "--quiet"]
  }

  /// A command that was started.
  struct Started {
    let process: Process
    fileprivate let talk: URL

    /// Waits until it ends.
    func ending() throws -> Ending {
      process.waitUntilExit()
      defer { Scratch.remove(talk) }
      return Ending(
        status: process.terminationStatus,
        isSignal: process.terminationReason == .uncaughtSignal,
        talk: String(decoding: try Data(contentsOf: talk), as: UTF8.self))
    }

    /// Waits until it was stopped by a signal, or ended.
    ///
    /// - Returns: Whether it was stopped.
    func waitUntilStopped() -> Bool {
      let path = "/proc/\(process.processIdentifier)/stat"
      while process.isRunning {
        let status = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        // The state comes after the name of the program, which is in parentheses.
        if status.split(separator: ")").last?.hasPrefix(" T") == true { return true }
        usleep(1000)
      }
      return false
    }
  }

  static let executable = Result { () throws -> URL in
    let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let candidates = [
      tests.appending(path: "payout"), tests.deletingLastPathComponent().appending(path: "payout"),
      root.appending(path: ".build/debug/payout"),
    ]
    return try #require(
      candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) })
  }
}

/// Files that only a test needs, in memory where that can be: there are many of them.
enum Scratch {
  /// Removed when the tests end.
  private static let directory: URL = {
    let memory = URL(filePath: "/dev/shm", directoryHint: .isDirectory)
    let parent =
      FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    let directory = parent.appending(path: "payout-crash-\(getpid())")
    try? FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    atexit { Scratch.remove(Scratch.directory) }
    return directory
  }()

  static func file() -> URL {
    directory.appending(path: UUID().uuidString)
  }

  static func remove(_ url: URL) {
    try? FileManager.default.removeItem(at: url)
  }

  /// A copy of a directory.
  static func copy(_ directory: URL) throws -> URL {
    let copy = file()
    try FileManager.default.copyItem(at: directory, to: copy)
    return copy
  }
}
