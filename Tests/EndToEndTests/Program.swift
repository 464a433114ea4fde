import Foundation
import Testing

/// Runs the built program as cron would.
struct Program {
  struct Result {
    let code: Int32
    let output: String
    let talk: String
  }

  /// The package's own directory.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// - Parameters:
  ///   - environment: Variables beside those of the tests.
  ///   - watch: Called while it runs.
  static func run(
    _ arguments: [String], environment: [String: String] = [:],
    watch: (Process) -> Void = { _ in }
  ) throws -> Result {
    let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let executable: URL = try #require(candidates(tests).first(where: exists))
    return try run(executable, arguments, environment, watch: watch)
  }

  /// Runs the program as an ordinary user, since root may write where nobody may.
  static func runWithoutRoot(_ arguments: [String]) throws -> Result {
    guard geteuid() == 0 else { return try run(arguments) }
    let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let executable: URL = try #require(candidates(tests).first(where: exists))
    let user = ["--reuid=65534", "--regid=65534", "--clear-groups", executable.path]
    return try run(URL(filePath: "/usr/bin/setpriv"), user + arguments, [:])
  }

  /// Where the programs are that were built.
  static var directory: URL {
    get throws {
      let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      return try #require(candidates(tests).first(where: exists)).deletingLastPathComponent()
    }
  }

  /// Runs a copy of the program that stands elsewhere.
  static func run(at executable: URL, _ arguments: [String]) throws -> Result {
    try run(executable, arguments, [:])
  }

  /// Runs any program.
  static func run(
    _ executable: URL, _ arguments: [String], _ environment: [String: String],
    watch: (Process) -> Void = { _ in }
  ) throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = temporary()
    let talk = temporary()
    for url in [output, talk] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: talk)
    try process.run()
    watch(process)
    process.waitUntilExit()
    defer {
      remove(output)
      remove(talk)
    }
    return Result(
      code: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      talk: String(decoding: try Data(contentsOf: talk), as: UTF8.self))
  }

  /// A copy of a sample that a test may change; it is removed by ``remove(_:)``.
  static func workspace(_ sample: String) throws -> URL {
    let copy = temporary()
    try FileManager.default.copyItem(at: root.appending(path: "samples/" + sample), to: copy)
    return copy
  }

  static func remove(_ url: URL) {
    try? FileManager.default.removeItem(at: url)
  }

  static func temporary() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "payout-test-" + UUID().uuidString)
  }

  /// Every file below a directory, by its path there.
  static func files(_ directory: URL) throws -> [String: Data] {
    let base = directory.resolvingSymlinksInPath().path
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: base) {
      let url = URL(filePath: base + "/" + path)
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        continue
      }
      files[path] = try Data(contentsOf: url)
    }
    return files
  }

  /// Every file of output directories that has the same bytes on any machine: what a workbook is
  /// packed by, and so its digest, is the machine's.
  static func goldens(_ directory: URL) throws -> [String: Data] {
    try files(directory).filter {
      !$0.key.hasSuffix("reconciliation.xlsx") && !$0.key.hasSuffix("reports.sha256")
    }
  }

  /// Replaces what is checked in by what a run wrote.
  static func record(_ outbox: URL, at golden: URL) throws {
    remove(golden)
    for (path, bytes) in try goldens(outbox) {
      let target = golden.appending(path: path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: target)
    }
  }

  private static func candidates(_ tests: URL) -> [URL] {
    [
      tests.appending(path: "payout"), tests.deletingLastPathComponent().appending(path: "payout"),
      root.appending(path: ".build/debug/payout"),
    ]
  }

  private static func exists(_ url: URL) -> Bool {
    FileManager.default.isExecutableFile(atPath: url.path)
  }
}
