import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("A bank's CSV")
struct BankCSVTests {
  static func profile() throws -> BankProfile {
    var profile = BankProfile(name: "house-bank")
    profile.delimiter = 0x3B
    profile.decimalComma = true
    profile.dates = try #require(DatePattern("dd.MM.yyyy"))
    profile.skippedLines = 1
    profile.account = BankFixture.account
    profile.currency = try currency("EUR")
    profile.columns = [
      .date: "Day", .amount: "Amount", .endToEndId: "Reference", .otherAccount: "Account",
      .reason: "Code", .information: "Text",
    ]
    return profile
  }

  static let text = """
    My bank
    Day;Amount;Reference;Account;Code;Text\r
    16.11.2026;-1.100,50;PAY-1;DE89 3704 0044 0532 0130 00;;"a ""big"" one"\r
    20.11.2026;1.100,50;PAY-1;DE89370400440532013000;AC04;closed\r
    21.11.2026;7,00;NOTPROVIDED;;;interest\r

    """

  @Test("is read by its profile")
  func reads() throws {
    let file = try BankFixture.read(Self.text, profiles: [try Self.profile()])
    #expect(file.format == "house-bank")
    #expect(file.bookings.map(\.direction) == [.debit, .credit, .credit])
    #expect(
      try file.bookings.map(\.amount)
        == [money("1100.50", "EUR"), money("1100.50", "EUR"), money("7.00", "EUR")])
    #expect(file.bookings.map(\.isReturn) == [false, true, false])
    #expect(file.bookings.map(\.details[0].endToEndId) == ["PAY-1", "PAY-1", ""])
    #expect(file.bookings[0].details[0].otherAccount == "DE89370400440532013000")
    #expect(file.bookings[0].details[0].information == "a \"big\" one")
    #expect(file.bookings.map(\.place.line) == [3, 4, 5])
    #expect(try file.bookings[1].day == day("2026-11-20"))
  }

  @Test(
    "that cannot be relied on is refused as a whole",
    arguments: [
      ("Amount;", "Sum;", FindingCode.B621), ("20.11.2026", "31.11.2026", .B624),
      (";7,00;", ";seven;", .B624), (";7,00;", ";7,001;", .B624), (";7,00;", ";;", .B624),
      (";7,00;", ";7.00;", .B624), (";-1.100,50;", ";-1100.5;", .B624),
      (";-1.100,50;", ";-1.10,50;", .B624), (";-1.100,50;", ";.100,50;", .B624),
      (";-1.100,50;", ";-1,100.50;", .B624), (";-1.100,50;", ";-1.100,5.0;", .B624),
      (";closed", ";\"closed", .B620),
    ])
  func refused(old: String, new: String, code: FindingCode) throws {
    let text = Self.text.replacing(old, with: new)
    let finding = try BankFixture.refusal(text, profiles: [try Self.profile()])
    #expect(finding?.code == code)
  }

  @Test("of another account or currency, or without any profile, is refused")
  func others() throws {
    var other = try Self.profile()
    other.account = "DE89370400440532013000"
    #expect(try BankFixture.refusal(Self.text, profiles: [other])?.code == .B622)
    #expect(try BankFixture.refusal(Self.text)?.code == .B621)
  }

  @Test("may have debits and credits in columns of their own")
  func columns() throws {
    var profile = BankProfile(name: "two")
    profile.columns = [
      .date: "date", .debit: "out", .credit: "in", .account: "account", .currency: "currency",
    ]
    let text = """
      date,out,in,account,currency
      2026-11-16,"1,100.50",,\(BankFixture.account),EUR
      2026-11-17,,3,\(BankFixture.account),EUR

      """
    let file = try BankFixture.read(text, profiles: [profile])
    #expect(file.bookings.map(\.direction) == [.debit, .credit])
    #expect(try file.bookings.map(\.amount) == [money("1100.50", "EUR"), money("3.00", "EUR")])
  }
}
