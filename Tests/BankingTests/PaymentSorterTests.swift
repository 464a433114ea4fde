import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Which file a payment goes into")
struct PaymentSorterTests {
  /// A change of a payment of 100 EUR inside SEPA, and where it goes.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var place: String
    var codes: [FindingCode]
    var change: @Sendable (inout PaymentOrder) throws -> Void

    init(
      _ name: String, _ place: String, _ codes: [FindingCode] = [],
      _ change: @escaping @Sendable (inout PaymentOrder) throws -> Void
    ) {
      testDescription = name
      self.place = place
      self.codes = codes
      self.change = change
    }
  }

  static let cases: [Case] = [
    Case("inside SEPA", "SEPA") { _ in },
    Case("a credit note", "credit note") { $0.method = .creditNote },
    Case("a partner abroad with an account inside SEPA", "SEPA") { $0.country = "US" },
    Case("another currency", "transfer") { $0.amount = try money("100.00", "GBP") },
    Case("an account outside SEPA", "transfer") { $0.iban = "SA0380000000608010167519" },
    Case("an account number", "transfer") {
      $0.iban = ""
      $0.accountNumber = "110-000-1"
    },
    Case("outside SEPA without a bic", "unsent: bic", [.B604]) {
      $0.iban = "SA0380000000608010167519"
      $0.bic = ""
    },
    Case("outside SEPA with something else for a bic", "unsent: bic", [.B604]) {
      $0.iban = "SA0380000000608010167519"
      $0.bic = "COBADEF"
    },
    Case("outside SEPA without a town", "unsent: town", [.B604]) {
      $0.iban = "SA0380000000608010167519"
      $0.town = ""
    },
    Case("a name that no bank reads, and no bic", "unsent: name bic", [.B604, .B604]) {
      $0.iban = "SA0380000000608010167519"
      $0.accountHolder = "한빛"
      $0.bic = ""
    },
    Case("the largest amount of SEPA", "SEPA") { $0.amount = try money("999999999.99") },
    Case("a larger one", "unsent: amount", [.B604]) { $0.amount = try money("1000000000.00") },
    Case("an account number that is too long", "unsent: accountNumber", [.B604]) {
      $0.iban = ""
      $0.accountNumber = String(repeating: "1", count: 35)
    },
    Case("an account number with a slash", "unsent: accountNumber", [.B604]) {
      $0.iban = ""
      $0.accountNumber = "1/2"
    },
    Case("no town inside SEPA", "SEPA", [.B603]) { $0.town = "" },
    Case("a street that no bank reads", "SEPA", [.B603]) { $0.street = "견본길" },
    Case("letters with accents", "SEPA", [.B601]) { $0.accountHolder = "Müller" },
    Case("a long name", "SEPA", [.B602]) { $0.accountHolder = String(repeating: "a", count: 71) },
    Case("an account in the United States", "ACH") { try Self.makeAmerican(&$0) },
    Case("the same in another currency", "unsent: bic", [.B604]) {
      try Self.makeAmerican(&$0)
      $0.amount = try money("1.00", "CAD")
    },
    Case("the largest amount of ACH", "ACH") {
      try Self.makeAmerican(&$0)
      $0.amount = try money("99999999.99", "USD")
    },
    Case("a larger one of ACH", "unsent: amount", [.B604]) {
      try Self.makeAmerican(&$0)
      $0.amount = try money("100000000.00", "USD")
    },
    Case("a long account number of ACH", "unsent: accountNumber", [.B604]) {
      try Self.makeAmerican(&$0)
      $0.accountNumber = String(repeating: "1", count: 18)
    },
    Case("a long name of ACH", "ACH", [.B602]) {
      try Self.makeAmerican(&$0)
      $0.accountHolder = String(repeating: "a", count: 23)
    },
  ]

  private static func makeAmerican(_ order: inout PaymentOrder) throws {
    order.amount = try money("100.00", "USD")
    order.iban = ""
    order.bic = ""
    order.accountNumber = "000123"
    order.routingNumber = Fixture.routingNumber
  }

  @Test("by what is known of the account", arguments: cases)
  func place(_ test: Case) throws {
    var order = try Fixture.order("PAY-1", "100.00")
    try test.change(&order)
    let sorted = try Fixture.sort([order], Fixture.americanPayer())
    #expect(Self.place(sorted) == test.place)
    let own = sorted.findings.listed.filter { $0.feed != "payout.yaml" }
    #expect(own.map(\.code) == test.codes)
    #expect(own.allSatisfy { $0.participantId == "A" && !$0.remedy.isEmpty })
    #expect(sorted.all.map(\.paymentId) == ["PAY-1"])
  }

  private static func place(_ sorted: SortedPayments) -> String {
    if let unsent = sorted.unsent.first {
      return "unsent: " + unsent.reasons.map(\.rawValue).joined(separator: " ")
    }
    if !sorted.creditNotes.isEmpty { return "credit note" }
    if sorted.ach != nil { return "ACH" }
    if !sorted.withoutAccount.isEmpty { return "no account" }
    return sorted.transfers.first?.blocks.first?.isSEPA == true ? "SEPA" : "transfer"
  }

  @Test("an account in the United States of which the payer has none is no transfer without a bic")
  func noAmericanAccount() throws {
    var order = try Fixture.order("PAY-1", "100.00")
    try Self.makeAmerican(&order)
    #expect(Self.place(try Fixture.sort([order])) == "unsent: usAccount")
    order.bic = "LTWRUS33XXX"
    #expect(Self.place(try Fixture.sort([order])) == "transfer")
  }

  @Test("bank details are in no finding")
  func secrets() throws {
    var order = try Fixture.order("PAY-1", "100.00", iban: "SA0380000000608010167519")
    order.accountHolder = "Geheim Ü"
    order.bic = "SECRETBIC"
    for finding in try Fixture.sort([order]).findings.listed {
      let text = "\(finding)"
      #expect(!text.contains("SA03") && !text.contains("SECRET") && !text.contains("Geheim"))
    }
  }

  @Test("an account of its own pays a currency; without any account, payments wait")
  func accounts() throws {
    var payer = try Fixture.payer()
    var pounds = PayerAccount(currency: try currency("GBP"))
    pounds.iban = "GB82WEST12345698765432"
    payer.accounts = [pounds]
    let orders = [try Fixture.order("PAY-1", "1.00"), try Fixture.order("PAY-2", "2.00", "GBP")]
    let sorted = try Fixture.sort(orders, payer)
    #expect(sorted.transfers.map(\.account.iban) == [payer.iban, pounds.iban])
    // An IBAN with wrong check digits is none; the other account still pays.
    payer.iban = "IE28AIBK93115212345678"
    let without = try Fixture.sort(orders, payer)
    #expect(without.withoutAccount.map(\.paymentId) == ["PAY-1"])
    #expect(without.transfers.map(\.account.iban) == [pounds.iban])
    payer.name = "한빛"
    #expect(try Fixture.sort(orders, payer).withoutAccount.count == 2)
  }

  @Test("a block for each currency, day and kind, however they come")
  func blocks() throws {
    let abroad = "SA0380000000608010167519"
    let orders = [
      try Fixture.order("PAY-1", "1.00", date: "2026-11-20"), try Fixture.order("PAY-2", "2.00"),
      try Fixture.order("PAY-3", "3.00", iban: abroad), try Fixture.order("PAY-4", "4.00", "GBP"),
      try Fixture.order("PAY-5", "5.00"),
    ]
    let blocks = try Fixture.sort(orders).transfers.flatMap(\.blocks)
    let shown = blocks.map { block in
      "\(block.currency.code) \(block.executionDate.text) \(block.isSEPA) \(block.orders.count)"
    }
    #expect(
      shown == [
        "EUR 2026-11-16 true 2", "EUR 2026-11-16 false 1", "EUR 2026-11-20 true 1",
        "GBP 2026-11-16 false 1",
      ])
  }
}
