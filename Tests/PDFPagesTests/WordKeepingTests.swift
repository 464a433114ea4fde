import Testing

@testable import PDFPages

@Suite("Words that are not broken")
struct WordKeepingTests {
  @Test(
    "are the Hangul parts of two to eight syllables",
    arguments: [
      ("Latin only, and Ωmega", []), ("지급", ["지급"]), ("지급 보류 사유", ["지급", "보류", "사유"]),
      ("계좌(8101)로 이체", ["계좌", "이체"]), ("가", []), ("가나다라마바사아자", []),
      ("2026년 10월의 EUR", ["월의"]), ("北京", []),
    ])
  func words(text: String, words: [String]) {
    let bytes = Array(text.utf8)
    let found = WordKeeping.words(of: text).map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(found == words)
  }
}
