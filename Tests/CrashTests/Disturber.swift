import Foundation
import Testing

/// A call of the program that changes files, as `Fixtures/disturb.c` logs it.
struct Call: Hashable {
  let number: Int
  let name: String
  /// A path or a descriptor.
  let detail: String
  let wasDisturbed: Bool

  /// Whether it writes for people who look on, and not to a file.
  var isTalk: Bool { name == "write" && ["1", "2"].contains(detail) }
}

/// What is done to a call, or to that and those after it.
enum Disturbance: Hashable {
  /// Killed with the call made, half made, or not made.
  case killBefore, killAfter, killHalf
  case signal(Int32)
  case error(Int32)
  case errorFromThereOn(Int32)
  case shortWrites

  /// As `disturb.c` reads it.
  var text: String {
    switch self {
    case .killBefore: "before"
    case .killAfter: "after"
    case .killHalf: "half"
    case .signal(let number): "signal \(number)"
    case .error(let number): "error \(number)"
    case .errorFromThereOn(let number): "onward \(number)"
    case .shortWrites: "short"
    }
  }
}

/// Stands between the program and the C library.
enum Disturber {
  /// The environment in which calls are counted and one of them is disturbed.
  ///
  /// - Parameters:
  ///   - log: The file that gets a line per call.
  ///   - disturbance: What is done to which call.
  static func environment(
    log: URL? = nil, _ disturbance: (Disturbance, at: Int)? = nil
  ) throws -> [String: String] {
    // Hash tables of Swift go by chance, and with them the order of some calls.
    var environment = [
      "LD_PRELOAD": try library.get().path, "DISTURB_NOSYNC": "1",
      "SWIFT_DETERMINISTIC_HASHING": "1",
    ]
    environment["DISTURB_LOG"] = log?.path
    if let (what, at) = disturbance {
      environment["DISTURB_HOW"] = what.text
      environment["DISTURB_AT"] = "\(at)"
    }
    return environment
  }

  /// The calls that a log lists.
  ///
  /// - Parameter workspace: Paths are shown as they are in it.
  static func calls(_ log: URL, in workspace: URL) throws -> [Call] {
    let text = try String(contentsOf: log, encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      let fields = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
      try #require(fields.count == 4, "\(line)")
      return Call(
        number: try #require(Int(fields[0])), name: String(fields[1]),
        detail: String(fields[3]).replacing(workspace.path + "/", with: ""),
        wasDisturbed: fields[2] != "-")
    }
  }

  /// Compiled by the compiler that stands beside `swift`, as a machine may have no other.
  private static let library = Result { () throws -> URL in
    let source = Payout.root.appending(path: "Tests/CrashTests/Fixtures/disturb.c")
    // Beside the tests, as other places may not allow code to be loaded from them.
    let result = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "disturb.so")
    let process = Process()
    let clang: URL = try #require(compiler, "there is no clang beside swift")
    process.executableURL = clang
    process.arguments = [
      "-shared", "-fPIC", "-O1", "-fvisibility=hidden", "-Wall", "-Werror", "-o", result.path,
      source.path,
    ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "disturb.c does not compile")
    return result
  }

  private static var compiler: URL? {
    find("swift").map { $0.deletingLastPathComponent().appending(path: "clang") }
      .flatMap { FileManager.default.isExecutableFile(atPath: $0.path) ? $0 : nil }
      ?? find("clang")
  }

  /// A program on PATH, links resolved.
  static func find(_ program: String) -> URL? {
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return directories.map { URL(filePath: "\($0)/\(program)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }?
      .resolvingSymlinksInPath()
  }
}
