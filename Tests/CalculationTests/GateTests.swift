import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Gates")
struct GateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var why: String
    var holds: String
    var change: @Sendable (inout Account) throws -> Void
    var testDescription: String { why }

    init(
      _ why: String, _ holds: String, _ change: @escaping @Sendable (inout Account) throws -> Void
    ) {
      self.why = why
      self.holds = holds
      self.change = change
    }
  }

  static let partner: [Case] = [
    Case("nothing is wrong", "") { _ in },
    Case("suspended", "H501") { $0.partner.status = .suspended },
    Case("terminated", "H501") { $0.partner.status = .terminated },
  ]

  static let enrollment: [Case] = [
    Case("the tree does not ask", "") { $0.eligibility = .agreement("mpn", when: nil) },
    Case("asked, no row", "H502") { $0.eligibility = .enrollment(when: nil) },
    Case("asked deep inside", "H502") {
      $0.eligibility = .all([.any([.all([.enrollment(when: nil)])])])
    },
    Case("asked of others only", "") {
      $0.eligibility = .enrollment(when: PartnerCondition(country: "KR"))
    },
    Case("asked of partners like this", "H502") {
      $0.eligibility = .enrollment(when: PartnerCondition(country: "IE"))
    },
    Case("enrolled", "") { try $0.enroll(.enrolled) },
    Case("invited", "H502") { try $0.enroll(.invited) },
    Case("action required", "H502") { try $0.enroll(.actionRequired) },
    Case("being validated", "H502") { try $0.enroll(.validating) },
    // Who has left is still paid what was earned, if it is known when.
    Case("inactive since a day", "") { try $0.enroll(.inactive, endsOn: "2026-07-31") },
    Case("inactive", "H502") { try $0.enroll(.inactive) },
    Case("discontinued since a day", "") { try $0.enroll(.discontinued, endsOn: "2026-07-31") },
    Case("discontinued", "H502") { try $0.enroll(.discontinued) },
    Case("enrolled in another program", "H502") {
      try $0.enroll(.enrolled)
      $0.enrollments[0].program = 1
    },
  ]

  static let tax: [Case] = [
    Case("no tax profile", "H503") { $0.taxProfile = nil },
    Case("tax profile pending", "H503") { $0.taxProfile?.status = .pending },
    Case("tax profile invalid", "H503") { $0.taxProfile?.status = .invalid },
    // The last day of the period is 2026-10-31.
    Case("expired before", "H503") { $0.taxProfile?.expiresOn = try day("2026-10-30") },
    Case("expires on the last day", "H503") { $0.taxProfile?.expiresOn = try day("2026-10-31") },
    Case("expires on the next day", "") { $0.taxProfile?.expiresOn = try day("2026-11-01") },
  ]

  static let payment: [Case] = [
    Case("no payment profile", "H504") { $0.paymentProfile = nil },
    Case("payment profile pending", "H504") { $0.paymentProfile?.status = .pending },
    Case("payment profile invalid", "H504") { $0.paymentProfile?.status = .invalid },
    Case("transfer without any account", "H504") { $0.paymentProfile?.method = .bankTransfer },
    Case("transfer to an account number", "") {
      $0.paymentProfile?.method = .bankTransfer
      $0.paymentProfile?.accountNumber = "110-123-456789"
    },
    Case("transfer to an IBAN", "") {
      $0.paymentProfile?.method = .bankTransfer
      $0.paymentProfile?.iban = "IE29AIBK93115212345678"
    },
    Case("an IBAN with wrong check digits, whatever else there is", "H504") {
      $0.paymentProfile?.method = .bankTransfer
      $0.paymentProfile?.iban = "IE92AIBK93115212345678"
      $0.paymentProfile?.accountNumber = "110-123-456789"
    },
    Case("a credit note needs no account", "") {
      $0.paymentProfile?.iban = "IE92AIBK93115212345678"
    },
    Case("hold", "H505") { $0.paymentProfile?.hold = true },
    Case("hold and pending", "H504 H505") {
      $0.paymentProfile?.hold = true
      $0.paymentProfile?.status = .pending
    },
  ]

  @Test("H501, H502", arguments: partner + enrollment)
  func ofThePartner(_ row: Case) throws { try check(row) }

  @Test("H503, H504, H505", arguments: tax + payment)
  func ofTheProfiles(_ row: Case) throws { try check(row) }

  /// 100 USD are available.
  private func check(_ row: Case) throws {
    var account = try Account()
    try account.add("100")
    try row.change(&account)
    let settlement = try account.settle()
    #expect(settlement.holdCodes == row.holds)
    #expect(settlement.status == (row.holds.isEmpty ? .upcoming : .onHold))
    #expect(settlement.totalPayment.text == (row.holds.isEmpty ? "100.00" : "0.00"))
    #expect(settlement.closing.text == (row.holds.isEmpty ? "0.00" : "100.00"))
  }

  @Test("all that apply, ascending")
  func all() throws {
    var account = try Account()
    account.partner.status = .terminated
    account.eligibility = .enrollment(when: nil)
    account.taxProfile = nil
    account.paymentProfile?.status = .invalid
    account.paymentProfile?.hold = true
    account.thresholds = [account.planCurrency: try amount("50")]
    try account.add("10")
    #expect(try account.settle().holdCodes == "H501 H502 H503 H504 H505 H506")
    try account.add("-20")
    // Nothing in EUR can be converted.
    try account.add("1", "EUR")
    #expect(try account.settle().holdCodes == "H501 H502 H503 H504 H505 H507 H508")
  }

  @Test("with nothing available nothing is due, whatever is wrong")
  func nothingDue() throws {
    var account = try Account()
    account.partner.status = .terminated
    account.taxProfile = nil
    account.paymentProfile = nil
    try account.add("10")
    try account.add("-10")
    let settlement = try account.settle()
    #expect(settlement.holds.isEmpty)
    #expect(settlement.status == .nothingDue)
    #expect(settlement.closing.isZero)
  }

  @Test("H507: what is owed is carried, never paid")
  func negative() throws {
    var account = try Account()
    account.thresholds = [account.planCurrency: try amount("50")]
    try account.add("-0.01")
    let settlement = try account.settle()
    #expect(settlement.holdCodes == "H507")
    #expect(settlement.totalPayment.isZero)
    #expect(settlement.closing.text == "-0.01")
  }
}

extension Account {
  /// Asks for an enrollment, and gives one.
  fileprivate mutating func enroll(_ status: EnrollmentStatus, endsOn: String? = nil) throws {
    eligibility = .enrollment(when: nil)
    enrollments = [
      Enrollment(
        program: 0, status: status, enrolledOn: try day("2026-01-01"), endsOn: try endsOn.map(day))
    ]
  }
}
