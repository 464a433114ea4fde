import Foundation
import Testing

@Suite("Arguments that cannot be meant")
struct UsageTests {
  static let wrong: [[String]] = [
    ["init", ""], ["run", "--workspace", ""], ["close", "2026-10", "--preview", ""],
    ["run", "--metrics", ""], ["run", "--metrics", "payout.yaml"],
    ["status", "--metrics", "x.txt"],
    ["check", ""], ["check", "--workspace", ""], ["retake", ""], ["statement", ""],
    ["explain", ""], ["diff", "", "2026-10"],
  ]

  @Test("end with 64, and nothing changes", arguments: wrong)
  func usage(arguments: [String]) throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let before = try Program.files(root)
    let workspace = arguments.contains("--workspace") || arguments[0] == "init"
    let result = try Program.run(arguments + (workspace ? [] : ["--workspace", root.path]))
    #expect(result.code == 64, "\(result.output) \(result.talk)")
    #expect(try Program.files(root) == before)
  }

  @Test(
    "a workspace that is not there is one line and 66",
    arguments: ["run", "check", "status", "verify"])
  func missing(command: String) throws {
    let result = try Program.run([command, "--workspace", Program.temporary().path])
    #expect(result.code == 66, "\(result.talk)")
    #expect(result.talk.split(separator: "\n").count == 1, "\(result.talk)")
  }

  @Test("a new workspace needs a new or empty directory", arguments: [false, true])
  func initial(isFile: Bool) throws {
    let root = Program.temporary()
    defer { Program.remove(root) }
    if isFile {
      try Data("mine".utf8).write(to: root)
    } else {
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: root.appending(path: "mine"))
    }
    let result = try Program.run(["init", root.path])
    #expect(result.code == 73, "\(result.talk)")
    let file = isFile ? root : root.appending(path: "mine")
    #expect(try Data(contentsOf: file) == Data("mine".utf8))
    #expect(try isFile || Program.files(root).count == 1)
  }
}
