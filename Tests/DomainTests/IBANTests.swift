import Domain
import Testing

@Suite("Check digits of IBANs")
struct IBANTests {
  static let valid: [String] = [
    // Examples that banks publish: letters inside, digits alone, 15 and 31 characters.
    "GB82WEST12345698765432", "DE89370400440532013000", "FR1420041010050500013M02606",
    "NO9386011117947", "MT84MALT011000012345MTLCAST001S", "IE29AIBK93115212345678",
    // The highest check digits and the lowest.
    "DE97370400440532010043", "DE98370400440532010025", "DE02370400440532010007",
    // Zeros and A are 0 and 10, worked out by hand: 15 zeros, then AA00, is 101000; its
    // remainder is 23, so the check digits are 98 − 23 = 75.
    "AA75000000000000000",
  ]

  @Test("right", arguments: valid)
  func right(iban: String) {
    #expect(IBAN.hasValidCheckDigits(iban))
  }

  static let invalid: [String] = [
    // One digit changed, two neighbours swapped, check digits swapped.
    "GB82WEST12345698765433", "DE89370400440532031000", "DE98370400440532013000",
    // 00, 01 and 99 where 97, 98 and 02 are right: they leave 1 too.
    "DE00370400440532010043", "DE01370400440532010025", "DE99370400440532010007",
    // Another country before the same digits.
    "FR89370400440532013000",
    // Blanks and small letters are for the reader to mend, not to guess.
    "GB82 WEST 1234 5698 7654 32", "gb82west12345698765432", "GB82WEST1234569876543２",
    // Country and check digits in the wrong places: both leave 1, but are none.
    "0098000000000000000", "AAVX000000000000000",
    // Too short, too long, nothing.
    "", "GB82", "NO938601111794", "DE8937040044053201300000000000000000",
  ]

  @Test("wrong", arguments: invalid)
  func wrong(iban: String) {
    #expect(!IBAN.hasValidCheckDigits(iban))
  }

  @Test("every change of one digit is noticed")
  func oneDigit() {
    let iban = Array("DE89370400440532013000".utf8)
    for position in 2..<iban.count {
      for digit in UInt8(0x30)...0x39 where digit != iban[position] {
        var changed = iban
        changed[position] = digit
        let text = String(decoding: changed, as: UTF8.self)
        #expect(!IBAN.hasValidCheckDigits(text), "\(text)")
      }
    }
  }
}
