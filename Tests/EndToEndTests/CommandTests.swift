import Domain
import Testing

@Suite("The command line")
struct CommandTests {
  @Test("every code is explained", arguments: FindingCode.allCases)
  func explain(code: FindingCode) {
    let text = code.text
    for part in [text.title, text.cause, text.example, text.remedy] {
      #expect(!part.isEmpty, "\(code.rawValue)")
    }
  }

  @Test("explain shows the catalogue")
  func explainCommand() throws {
    let result = try Program.run(["explain", "r203"])
    #expect(result.code == 0)
    #expect(result.output.contains("R203 (error): not a decimal"))
    #expect(try Program.run(["explain", "R999"]).code == 66)
  }

  @Test("usage errors are 64, missing files 66")
  func exitCodes() throws {
    #expect(try Program.run(["run", "--no-such-flag"]).code == 64)
    #expect(try Program.run(["run", "--as-of", "31.10.2026"]).code == 64)
    #expect(try Program.run(["check", "/nonexistent.csv"]).code == 66)
  }
}
