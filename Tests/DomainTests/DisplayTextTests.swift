import Domain
import Testing

@Suite("Text from outside, fit for a page")
struct DisplayTextTests {
  static let cases: [(text: String, shown: String)] = [
    ("Fabrikam GmbH", "Fabrikam GmbH"), ("", ""), ("  two  blanks ", "  two  blanks "),
    ("한국 파트너 é – “x”", "한국 파트너 é – “x”"),
    // One line, whatever ends a line elsewhere.
    ("A\nB", "A B"), ("A\r\nB", "A B"), ("A \n  B", "A B"),
    ("A\u{85}B\u{2028}C\u{2029}D", "A B C D"),
    // What turns the order of letters, and cannot be seen.
    ("gnp\u{202E}exe.\u{202C}", "gnpexe."), ("\u{2067}A\u{2069} \u{202A}B", "A B"),
    ("\nA\n\n", "A"), ("A\tB", "A B"), ("\n", ""),
  ]

  @Test("stands in one line", arguments: cases)
  func oneLine(text: String, shown: String) {
    #expect(DisplayText.of(text) == shown)
  }

  @Test(
    "is cut where it is too long, and between characters", arguments: ["x", "가", "é", "👩‍👩‍👧", "ש"])
  func cut(unit: String) {
    let length = unit.unicodeScalars.count
    let fitting = String(repeating: unit, count: DisplayText.lengthMax / length)
    #expect(DisplayText.of(fitting) == fitting)
    let shown = DisplayText.of(String(repeating: unit, count: 10_000))
    #expect(shown.hasSuffix("…"))
    #expect(shown.unicodeScalars.count <= DisplayText.lengthMax)
    #expect(shown.dropLast().allSatisfy { String($0) == unit })
    #expect(shown.count - 1 >= (DisplayText.lengthMax - 1) / length - 1)
  }

  @Test("one character of thousands of parts is cut, too")
  func marks() {
    let shown = DisplayText.of("a" + String(repeating: "\u{300}", count: 10_000))
    #expect(shown.unicodeScalars.count == DisplayText.lengthMax)
    #expect(shown.unicodeScalars.last == "…")
  }

  @Test(
    "bytes that may stay as they are are told",
    arguments: [
      ("Fabrikam", true), ("가나다", true), ("A\nB", false), ("A\u{85}B", false), ("“", false),
      (String(repeating: "x", count: 161), false),
    ])
  func plain(text: String, isPlain: Bool) {
    #expect(DisplayText.isPlain(text.utf8.span) == isPlain)
  }
}
