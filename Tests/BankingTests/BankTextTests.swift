import TestSupport
import Testing

@testable import Banking

@Suite("A text in the characters of banks")
struct BankTextTests {
  struct Case: Sendable {
    var original: String
    var text: String
    var replaced = 0
    var lost = 0
    var isReadable = true
  }

  @Test(
    "is as near to the original as can be",
    arguments: [
      Case(
        original: "Alpha (Nord), Ltd. + Co: it's 1/2?-", text: "Alpha (Nord), Ltd. + Co: it's 1/2?-"
      ),
      Case(original: "Müller & Søn", text: "Muller + Son", replaced: 3),
      Case(original: "Straße", text: "Strasse", replaced: 1),
      // The same letter in two forms: one code point, and a letter with a mark.
      Case(original: "é", text: "e", replaced: 1),
      Case(original: "e\u{301}", text: "e", replaced: 1),
      Case(original: "Łódź Æsir Œuvre Þór", text: "Lodz AEsir OEuvre THor", replaced: 7),
      Case(original: "Ελλάς", text: "Ellas", replaced: 5),
      Case(original: "Щука България", text: "SHTuka Balgariya", replaced: 12),
      Case(original: "a_b@c", text: "a-b(at)c", replaced: 2),
      Case(original: "  a\u{A0}b  ", text: "a b", replaced: 1),
      Case(original: "한빛", text: "..", lost: 2, isReadable: false),
      Case(original: "한빛 Ltd", text: ".. Ltd", lost: 2),
      Case(original: "한빛시스템 Co", text: "..... Co", lost: 5, isReadable: false),
      Case(original: "", text: "", isReadable: false),
      Case(original: "???", text: "???", isReadable: false),
    ])
  func written(_ test: Case) {
    let text = BankText(test.original, max: 70)
    #expect(text.text == test.text)
    #expect(text.replaced == test.replaced && text.lost == test.lost)
    #expect(text.isReadable == test.isReadable)
    #expect(!text.isShortened)
  }

  @Test("is cut at its limit, and no blank ends it")
  func shortened() {
    #expect(BankText("abc", max: 3).text == "abc")
    #expect(!BankText("abc", max: 3).isShortened)
    #expect(BankText("abcd", max: 3).text == "abc")
    #expect(BankText("ab cd", max: 3).text == "ab")
    // A letter may become two.
    #expect(BankText("abß", max: 3).text == "abs")
    #expect(BankText("abß", max: 3).isShortened)
  }

  @Test("never has other characters, nor more than its limit", arguments: 0..<4 as Range<UInt64>)
  func random(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
    for _ in 0..<500 {
      var original = ""
      for _ in 0..<Int.random(in: 0...40, using: &generator) {
        let scalar = Unicode.Scalar(UInt32.random(in: 0...0x4FF, using: &generator))
        if let scalar { original.unicodeScalars.append(scalar) }
      }
      let max = Int.random(in: 1...35, using: &generator)
      let text = BankText(original, max: max)
      #expect(text.text.allSatisfy(allowed.contains), "\(original)")
      #expect(text.text.utf8.count <= max)
      // Whatever was written before is written the same again.
      let again = BankText(text.text, max: max)
      #expect(again.text == text.text && again.replaced == 0 && again.lost == 0)
    }
  }
}
