import Foundation
import Testing

/// Standard output that cannot be written: an empty file must not pass for an answer.
@Suite("Lost output")
struct LostOutputTests {
  @Test(
    "ends what was asked for it with 74",
    arguments: [["explain", "R201"], ["status"], ["statement", "0048101"], ["verify"]])
  func answers(arguments: [String]) throws {
    let result = try full(arguments)
    #expect(result.code == 74 && result.talk.contains("No space left on device"), "\(result.talk)")
  }

  @Test("of a run is said, and what was published stays so")
  func summary() throws {
    let result = try full(["run"])
    #expect(result.code == 1 && result.talk.contains("cannot write standard output"))
  }

  private func full(_ arguments: [String]) throws -> Program.Result {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    if arguments != ["run"] { _ = try Program.run(["run", "--workspace", root.path, "--quiet"]) }
    let program = try Program.directory.appending(path: "payout").path
    let line = #""$0" "$@" >/dev/full"#
    return try Program.run(
      URL(filePath: "/bin/sh"),
      ["-c", line, program] + arguments + ["--workspace", root.path], [:])
  }
}
