import Domain
import ExactMoney
import TestSupport
import Testing

@testable import FinanceReports

@Suite("The journal")
struct JournalTests {
  /// What hledger would read otherwise, and how it is written.
  @Test(
    "names that mean something to hledger are encoded",
    arguments: [
      ("Fabrikam Cloud GmbH", "Fabrikam Cloud GmbH"), ("a:b", "a%3Ab"), ("a;b", "a%3Bb"),
      ("two  blanks", "two %20blanks"), (" edge ", "%20edge%20"), ("100%", "100%25"),
      ("line\nbreak", "line%0Abreak"), ("(code) x", "%28code%29 x"), ("a|b", "a%7Cb"),
      ("프로즈웨어", "프로즈웨어"), ("nbsp\u{A0}x", "nbsp%C2%A0x"),
      ("\u{202E}tfel", "%E2%80%AEtfel"), ("", ""),
    ])
  func names(name: String, expected: String) {
    #expect(JournalName.encoded(name) == expected)
  }

  @Test("an entry has two postings for each movement, and asserts the closing at the last of them")
  func entry() throws {
    let euro = try #require(Currency("EUR"))
    func money(_ units: Int128) -> Money { Money(minorUnits: units, currency: euro) }
    var entry = JournalEntry(
      participantId: "00:1", participantName: "A; B", program: "P", closing: money(0),
      coopClosing: money(500))
    entry.paymentId = "PAY-1"
    entry.movements = [
      .init(cause: "earned", debit: "expense", credit: "payable", amount: money(10_000)),
      .init(cause: "coop", debit: "coopExpense", credit: "coop", amount: money(500)),
      .init(cause: "gross", debit: "payable", credit: "payment", amount: money(12_000)),
    ]
    let period = Period(year: 2026, month: 10)
    var journal = JournalText(period: period, isDraft: true)
    journal.bytes = []
    journal.open(
      participantId: "00:1", participantName: "A; B", program: "P", balance: money(2000),
      coop: money(0))
    journal.add(entry)
    #expect(
      String(decoding: journal.bytes, as: UTF8.self) == """
        commodity 1000.00 EUR
        payee A%3B B
        account liabilities:payable:00%3A1:P
        2026-10-01 ! A%3B B | opening
            liabilities:payable:00%3A1:P  -20.00 EUR = -20.00 EUR
            equity:opening  20.00 EUR

        account liabilities:coop:00%3A1:P
        2026-10-31 ! (PAY-1) A%3B B | P  ; participantId:00%3A1
            expenses:partners  100.00 EUR  ; earned
            liabilities:payable:00%3A1:P  -100.00 EUR  ; earned
            expenses:coop  5.00 EUR  ; coop
            liabilities:coop:00%3A1:P  -5.00 EUR = -5.00 EUR  ; coop
            liabilities:payable:00%3A1:P  120.00 EUR = 0.00 EUR  ; gross
            liabilities:payment  -120.00 EUR  ; gross


        """)
  }
}
