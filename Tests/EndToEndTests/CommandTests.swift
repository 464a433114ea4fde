import Foundation
import Testing

@Suite("The command line")
struct CommandTests {
  @Test("explain shows the catalogue")
  func explainCommand() throws {
    let result = try Program.run(["explain", "r203"])
    #expect(result.code == 0)
    #expect(result.output.contains("R203 (error): not a decimal"))
    #expect(try Program.run(["explain", "R999"]).code == 66)
  }

  @Test("check keeps what it writes down in TMPDIR, or in the workspace, or needs no place at all")
  func temporaryDirectory() throws {
    let feed = Program.root.appending(path: "samples/rejected/R203.csv").path
    let missing = Program.temporary().path
    #expect(try Program.run(["check", feed], environment: ["TMPDIR": missing]).code == 73)
    #expect(try Program.run(["check", feed], environment: ["TMPDIR": ""]).code == 1)
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let before = try Program.files(workspace)
    let arguments = ["check", "--workspace", workspace.path, feed]
    #expect(try Program.run(arguments, environment: ["TMPDIR": ""]).code == 1)
    #expect(try Program.files(workspace) == before)
  }

  @Test("usage errors are 64, missing files 66")
  func exitCodes() throws {
    #expect(try Program.run(["run", "--no-such-flag"]).code == 64)
    #expect(try Program.run(["run", "--as-of", "31.10.2026"]).code == 64)
    #expect(try Program.run(["check", "/nonexistent.csv"]).code == 66)
  }
}
