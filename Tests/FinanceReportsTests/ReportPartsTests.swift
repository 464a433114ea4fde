import Domain
import ExactMoney
import TestSupport
import Testing

@testable import FinanceReports

@Suite("The parts of the report")
struct ReportPartsTests {
  @Test(
    "what comes from outside is no markup, and hides nothing",
    arguments: [
      ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"), ("\u{202E}x", "\\u{202E}x"),
      ("</script>", "&lt;/script&gt;"), ("프로", "프로"), ("\u{0}", "\\u{0}"),
    ])
  func escaping(text: String, expected: String) {
    var html = HTMLText()
    html.text(text)
    #expect(String(decoding: html.bytes, as: UTF8.self) == expected)
  }

  @Test(
    "numbers for people",
    arguments: [
      ("0", "0"), ("-0.50", "−0.50"), ("999", "999"), ("1000", "1,000"),
      ("-1234567.891", "−1,234,567.891"),
      ("12345678901234567890.00", "12,345,678,901,234,567,890.00"),
    ])
  func grouped(plain: String, shown: String) {
    #expect(GroupedNumber.text(plain) == shown)
  }

  @Test(
    "bars are as long as their share, and never nothing",
    arguments: [
      (UInt128(0), UInt128(10), 0), (10, 10, 1000), (5, 10, 500), (1, 1_000_000, 4), (3, 0, 0),
      (UInt128.max, UInt128.max, 1000), (UInt128.max / 2, UInt128.max, 500),
    ])
  func bars(value: UInt128, most: UInt128, length: Int) {
    #expect(HTMLText.thousandths(value, of: most) == length)
  }

  /// RFC 4648, section 10.
  @Test(
    "base 64",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func base64(text: String, expected: String) {
    #expect(ContentPolicy.base64(Array(text.utf8)) == expected)
  }

  private static func money(_ units: Int128, _ code: String = "EUR") throws -> Money {
    Money(minorUnits: units, currency: try #require(Currency(code)))
  }

  @Test("payments are counted by size, in steps of 1, 2, 5")
  func histogram() throws {
    var histogram = PaymentHistogram()
    for units in [99, 100, 199, 200, 499, 500, 999, 1000, 5000] as [Int128] {
      try histogram.add(Self.money(units))
    }
    try histogram.add(Self.money(1, "KRW"))
    let all = histogram.all
    #expect(all.map(\.currency.code) == ["EUR", "KRW"])
    let texts = all[0].bins.map { "\($0.from.text) \($0.to.text) \($0.payments) \($0.sum.text)" }
    #expect(
      texts == [
        "0.00 1.00 1 0.99", "1.00 2.00 2 2.99", "2.00 5.00 2 6.99", "5.00 10.00 2 14.99",
        "10.00 20.00 1 10.00", "20.00 50.00 0 0.00", "50.00 100.00 1 50.00",
      ])
    #expect(all[1].bins.map { "\($0.from.text) \($0.to.text) \($0.payments)" } == ["1 2 1"])
  }

  @Test("the largest amount there is has a bin, too")
  func largest() throws {
    var histogram = PaymentHistogram()
    try histogram.add(Self.money(Int128.max))
    #expect(histogram.all[0].bins.count == 1)
  }

  @Test("the ten largest changes of each currency are kept, the first of those that are as large")
  func movements() throws {
    var movements = Movements()
    func add(_ id: String, _ before: Int128, _ now: Int128, _ code: String = "EUR") throws {
      movements.add(
        try Movements.Movement(
          participantId: id, participantName: "", program: "P",
          before: Self.money(before, code), now: Self.money(now, code)))
    }
    for number in 0..<30 { try add("p\(number)", 0, Int128(number % 15) * 100) }
    try add("down", 5000, 0)
    try add("same", 7, 7)
    try add("won", 0, 1, "KRW")
    let all = movements.all
    #expect(all.map(\.currency.code) == ["EUR", "KRW"])
    #expect(
      all[0].movements.map(\.participantId) == [
        "down", "p14", "p29", "p13", "p28", "p12", "p27", "p11", "p26", "p10",
      ])
    #expect(all[0].movements[0].difference.text == "-50.00")
  }

  @Test("holds are counted by reason, currency and age")
  func holds() throws {
    var table = HoldTable()
    for age in [1, 1, 2, 3, 5, 6, 11, 12, 40] {
      try table.add(.H506, Self.money(1000), age: age)
    }
    try table.add(.H506, Self.money(5, "KRW"), age: 1)
    let entry = try #require(table.entries[.H506])
    #expect(entry.ages == [3, 1, 2, 2, 2])
    #expect(entry.balances == 10)
    #expect(entry.amounts.values.map(\.text).sorted() == ["5", "90.00"])
  }
}
