import Foundation
import Testing

/// Programs that people use on what is written; `scripts/setup` installs them.
enum Tool {
  /// Runs a script of `Tests/Python`.
  static func python(_ script: String, _ arguments: [String]) throws -> Program.Result {
    let path = Program.root.appending(path: "Tests/Python/" + script).path
    return try Program.run(URL(filePath: "/usr/bin/python3"), [path] + arguments, [:])
  }

  static func hledger(_ journal: URL, _ arguments: [String]) throws -> Program.Result {
    try Program.run(
      URL(filePath: "/usr/bin/hledger"), ["-f", journal.path] + arguments, ["LC_ALL": "C.UTF-8"])
  }
}

/// A workspace made of files that a test writes.
struct ReportWorkspace {
  let root: URL

  /// The sample `csp` with some of its files replaced.
  init(_ replaced: [String: String] = [:], sample: String = "csp") throws {
    root = try Program.workspace(sample)
    for (path, text) in replaced {
      try Data(text.utf8).write(to: root.appending(path: path))
    }
  }

  func remove() { Program.remove(root) }

  var outbox: URL { root.appending(path: "outbox/2026-10") }

  /// Changes a file.
  func edit(_ path: String, _ change: (inout String) -> Void) throws {
    let url = root.appending(path: path)
    var text = try String(contentsOf: url, encoding: .utf8)
    change(&text)
    try Data(text.utf8).write(to: url)
  }

  @discardableResult
  func payout(_ arguments: [String], codes: Set<Int32> = [0, 1]) throws -> Program.Result {
    let result = try Program.run(arguments + ["--workspace", root.path])
    #expect(codes.contains(result.code), "\(arguments): \(result.talk)\(result.output)")
    return result
  }
}
