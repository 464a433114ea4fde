import Domain
import Testing

@Suite("The catalogue of findings")
struct FindingTextTests {
  @Test("every code has its four texts, each in one line", arguments: FindingCode.allCases)
  func texts(code: FindingCode) {
    let text = code.text
    for part in [text.title, text.cause, text.example, text.remedy] {
      #expect(!part.isEmpty && !part.contains(where: \.isNewline))
      #expect(!part.hasPrefix(" ") && !part.hasSuffix(" ") && !part.contains("  "))
    }
    // A title goes on after it, and docs/findings.md is made of these texts.
    #expect(!text.title.hasSuffix("."))
    #expect(text.cause.hasSuffix(".") && text.remedy.hasSuffix("."))
    #expect(![text.title, text.cause, text.remedy].contains { $0.contains("|") })
  }

  @Test("no two codes say the same")
  func differ() {
    #expect(Set(FindingCode.allCases.map(\.text.title)).count == FindingCode.allCases.count)
  }

  static let files: [(code: FindingCode, file: String)] = [
    (.R205, "registry/partners.csv"), (.R206, "plans/"), (.R207, "plans/"), (.R213, "plans/"),
  ]

  @Test("what may be the registry's or the plan's fault names the file to mend", arguments: files)
  func mend(code: FindingCode, file: String) {
    #expect(code.remedy.contains("to be mended"))
    #expect(code.remedy.contains(file))
  }
}
