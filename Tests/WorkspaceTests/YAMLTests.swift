import Domain
import Testing
import Workspace

@Suite("A YAML file")
struct YAMLTests {
  @Test(
    "that cannot be read is one finding with its place",
    arguments: [
      ("", nil, nil),
      ("# nothing but a comment\n", nil, nil),
      ("program: a\n---\nprogram: b\n", 2, 1),
      ("program:\n\t- a\n", 2, 1),
      ("program: [a\n", 2, 1),
      ("program: \"a\n", 2, 1),
      ("program: a\0b\n", 1, 11),
      ("program: a\rcurrency: b\n", 1, 11),
      ("program: 가\u{2028}\n", 1, 13),
      ("program: &a x\n", 1, 10),
      ("program: !!python/object x\n", 1, 10), ("program: !other [x]\n", 1, 10),
      ("program: &a x\naliases: [*a]\n", 1, 10),
      ("? [a]\n: b\n", 1, 3),
    ] as [(String, Int?, Int?)])
  func unreadable(text: String, line: Int?, column: Int?) {
    let findings = WorkspaceLoader.check(yaml: Array(text.utf8), file: "plan.yaml")
    #expect(findings.map(Expected.init) == [Expected(.X902, line, column, "")])
    #expect(findings.allSatisfy { !$0.remedy.isEmpty })
  }

  @Test("must be UTF-8")
  func encoding() {
    let bytes = Array("program: a\naliases: [".utf8) + [0xFF, 0x5D]
    let findings = WorkspaceLoader.check(yaml: bytes, file: "plan.yaml")
    #expect(findings.map(Expected.init) == [Expected(.X902, 2, 11, "")])
  }

  /// Named by their number only, as they are long.
  private static let longTexts = [
    // Aliases of aliases, as values and as a key, which would be compared as a whole.
    YAMLTests.laughs, YAMLTests.laughs + "? *a9\n: x\n",
    // Nesting, by brackets, dashes, question marks and indentation.
    String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
    String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
    (0..<1500).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    // Size.
    "program: " + String(repeating: "a", count: 5 << 20),
    "aliases: [" + String(repeating: "a,", count: 250_000) + "]",
  ]

  @Test(
    "cannot make reading take long",
    arguments: longTexts.indices)
  func bounded(number: Int) {
    let text = Self.longTexts[number]
    let clock = ContinuousClock()
    let start = clock.now
    let findings = WorkspaceLoader.check(yaml: Array(text.utf8), file: "plan.yaml")
    #expect(findings.map(\.code) == [.X902])
    #expect(clock.now - start < .seconds(20))
  }

  private static let laughs =
    "a0: &a0 [x]\n"
    + (1..<10).map { number in
      let aliases = [String](repeating: "*a\(number - 1)", count: 10).joined(separator: ", ")
      return "a\(number): &a\(number) [\(aliases)]\n"
    }.joined()

  @Test("cut off anywhere is no crash and, but for its end, no sound plan")
  func truncated() {
    let plan = Array(TestWorkspace.plan.utf8)
    let levers = TestWorkspace.plan.split(separator: "rates:")[0].utf8.count
    for count in 0..<plan.count {
      let findings = WorkspaceLoader.check(yaml: Array(plan[..<count]), file: "plan.yaml")
      // From the first lever with rates on, what follows may be absent.
      if count < levers { #expect(!findings.isEmpty) }
    }
  }

  @Test("with random bytes changed is no crash", arguments: 0..<20 as Range<UInt64>)
  func damaged(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      var plan = Array(TestWorkspace.plan.utf8)
      for _ in 0..<3 {
        let bytes = Array("{}[]:,-#&*!|>'\"%@`? \n\t~\0".utf8) + [0xFF]
        plan[Int.random(in: 0..<plan.count, using: &generator)] =
          bytes.randomElement(using: &generator) ?? 0
      }
      for finding in WorkspaceLoader.check(yaml: plan, file: "plan.yaml") {
        #expect(finding.code.rawValue.hasPrefix("X9"))
        #expect(!finding.remedy.isEmpty)
      }
    }
  }
}
