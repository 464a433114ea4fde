import ExactMoney
import TestSupport
import Testing

@Suite("Decimals of feeds")
struct DecimalTextTests {
  @Test(
    "read exactly",
    arguments: [
      ("0", "0"), ("+7", "7"), ("-0.00", "0"), ("100.500", "100.5"), ("007", "7"),
      ("123456789012345678.123456789012", "123456789012345678.123456789012"),
    ])
  func reads(text: String, expected: String) {
    #expect(ExactAmount(text)?.text(decimals: 0) == expected)
  }

  @Test(
    "anything that is no plain decimal is refused",
    arguments: [
      "", "-", "+", ".5", "5.", "1e5", "1,234.56", "1 000", " 1", "1 ", "--5", "(5.00)", "12abc",
      "0x10", "€5", "1.2.3", "５",
    ])
  func refuses(text: String) {
    let bytes = Array(text.utf8)
    #expect(DecimalText.amount(bytes.span) == .malformed)
  }

  @Test(
    "too many digits are told apart, zeros counted",
    arguments: ["1234567890123456789", "0000000000000000001", "0.1234567890123", "0.0000000000000"])
  func tooManyDigits(text: String) {
    let bytes = Array(text.utf8)
    #expect(DecimalText.amount(bytes.span) == .tooManyDigits)
  }

  @Test(
    "rates, as they are or in percent",
    arguments: [
      ("0.05", "0.05"), ("5%", "0.05"), ("4.75%", "0.0475"),
      ("0.000000000001%", "0.00000000000001"),
    ])
  func rates(text: String, expected: String) {
    #expect(ExactRate(text)?.text == expected)
  }

  @Test("a percent sign alone, or two, is no rate", arguments: ["%", "5%%", "5 %", "%5"])
  func noRates(text: String) {
    #expect(ExactRate(text) == nil)
  }
}
