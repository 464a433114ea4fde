import Documents
import Domain
import ExactMoney
import Testing

@Suite("The texts of statements")
struct StatementTextsTests {
  @Test("every word has a text in every language", arguments: StatementLanguage.allCases)
  func complete(language: StatementLanguage) {
    let texts = StatementTexts(language)
    for word in StatementWord.allCases where word != .footer {
      #expect(!texts.text(word).isEmpty, "\(word.name)")
    }
  }

  @Test("a text has the same slots in every language", arguments: StatementWord.allCases)
  func slots(word: StatementWord) {
    for language in StatementLanguage.allCases {
      let texts = StatementTexts(language)
      let used = StatementSlot.allCases.filter { texts.text(word, [$0: "<>"]).contains("<>") }
      #expect(Set(used) == StatementTexts.slots(of: word), "\(language)")
    }
  }

  @Test("every reason has its words", arguments: StatementLanguage.allCases)
  func reasons(language: StatementLanguage) throws {
    let texts = StatementTexts(language)
    for code in FindingCode.allCases where "EH".contains(code.rawValue.prefix(1)) {
      let words = try #require(code.words)
      #expect(!texts.text(words.reason).isEmpty && !texts.text(words.remedy).isEmpty, "\(code)")
    }
  }

  @Test(
    "adjustments of the program's own are called in the partner's language",
    arguments: [
      ("A-1", "goodwill", "A-1", "goodwill"),
      ("", "currencyChange", "Change of the payment currency", ""),
      ("PAY-1", "paymentReturned AC04", "PAY-1", "Payment returned by the bank AC04"),
      ("PAY-1", "paymentReturned", "PAY-1", "Payment returned by the bank"),
    ])
  func adjustments(id: String, code: String, name: String, reason: String) throws {
    var adjustment = Adjustment(
      adjustmentId: id, partner: 0, program: 0, amount: .zero,
      currency: try #require(Currency("EUR")), appliesTo: try #require(Period("2026-10")),
      reasonCode: code)
    adjustment.isReturn = id == "PAY-1"
    let posted = PostedAdjustment(
      adjustment: adjustment, exchangeRate: nil, amount: .zero(adjustment.currency))
    let texts = StatementTexts(.english)
    #expect(texts.name(of: posted) == name)
    #expect(texts.reason(of: posted) == reason)
  }

  @Test(
    "a phrase with a fault is none",
    arguments: ["{count", "count}", "{}", "{cuont}", "a {count} b }", "{{count}}"])
  func faults(text: String) { #expect(StatementPhrase(text) == nil) }

  @Test("another text takes the place of a word's own")
  func replaced() throws {
    var texts = StatementTexts(.english)
    texts.replace(.more, by: try #require(StatementPhrase("+{count}, {file}")))
    #expect(texts.text(.more, [.count: "3", .file: "a.csv"]) == "+3, a.csv")
    #expect(texts.text(.more) == "+, ")
  }
}
