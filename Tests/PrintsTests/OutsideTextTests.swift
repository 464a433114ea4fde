import Testing

@testable import Prints

@Suite("Names between our own words")
struct OutsideTextTests {
  @Test(
    "are shown as they are, but for what acts on other text",
    arguments: [
      ("Fabrikam GmbH & Co. <KG>", "Fabrikam GmbH & Co. <KG>"),
      ("Bellows & Söhne 주식회사 🎉", "Bellows & Söhne 주식회사 🎉"),
      // Letters from right to left are isolated, other ones are not.
      ("שלום Ltd.", "\u{2068}שלום Ltd.\u{2069}"), ("شركة", "\u{2068}شركة\u{2069}"),
      // What turns the order around is left out, also the end of an isolate.
      ("A\u{202E}gpj.exe", "Agpj.exe"), ("\u{2067}A\u{2069}B\u{200F}", "AB"),
      ("של\u{2069}ום", "\u{2068}שלום\u{2069}"),
      // What is no text is marked; all stands in one line.
      ("A\nB\u{7F}\u{85}", "A B\u{FFFD}"), ("A\u{2028}B", "A B"),
      ("A\u{0}B\u{1B}[31m", "A\u{FFFD}B\u{FFFD}[31m"), ("", ""),
    ])
  func shown(text: String, shown: String) {
    #expect(OutsideText.shown(text) == shown)
  }
}
