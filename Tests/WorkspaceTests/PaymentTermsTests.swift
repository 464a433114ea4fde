import Domain
import ExactMoney
import Testing
import Workspace

@Suite("What a workspace says of payments")
struct PaymentTermsTests {
  private static let begin = "openPeriod: 2026-10\n"

  @Test(
    "that is wrong says where",
    arguments: [
      ("approvals: 10", [Expected(.X905, 2, 12, "approvals")]),
      ("payments: {dayAfterPeriod: 1}", [Expected(.X903, 2, 12, "payments.dayAfterPeriod")]),
      ("payments: {daysAfterPeriod: -1}", [Expected(.X905, 2, 29, "payments.daysAfterPeriod")]),
      ("payments: {cutOffDays: 11}", [Expected(.X905, 2, 24, "payments.cutOffDays")]),
      ("payments: {weekend: [sunnday]}", [Expected(.X905, 2, 22, "payments.weekend")]),
      (
        "payments: {weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}",
        [Expected(.X905, 2, 21, "payments.weekend")]
      ),
      ("payments: {holidays: [2026-12-25]}", [Expected(.X905, 2, 22, "payments.holidays")]),
      (
        "payments: {holidays: {EU: [2026-12-25]}}",
        [Expected(.X903, 2, 23, "payments.holidays.EU")]
      ),
      (
        "payments: {holidays: {all: [2026-12-32]}}",
        [Expected(.X905, 2, 29, "payments.holidays.all")]
      ),
      (
        "payer: {accounts: [{iban: x}]}",
        [
          Expected(.X904, 2, 20, "payer.accounts.currency"),
          Expected(.X905, 2, 27, "payer.accounts.iban"),
        ]
      ),
      ("payer: {accounts: [{currency: EUR}]}", [Expected(.X904, 2, 20, "payer.accounts")]),
      (
        "payer: {accounts: [{currency: USD, routingNumber: \"990000014\"}]}",
        [Expected(.X905, 2, 51, "payer.accounts.routingNumber")]
      ),
      (
        "payer: {accounts: [{currency: USD, routingNumber: \"990000013\"}]}",
        [Expected(.X905, 2, 20, "payer.accounts")]
      ),
      (
        "payer: {accounts: [{currency: EUR, iban: IE29AIBK93115212345678}, "
          + "{currency: EUR, iban: DE89370400440532013000}]}",
        [Expected(.X906, 2, 67, "payer.accounts")]
      ),
    ])
  func wrong(text: String, expected: [Expected]) {
    let findings = WorkspaceLoader.check(
      yaml: Array((Self.begin + text).utf8), file: "payout.yaml")
    #expect(findings.map(Expected.init) == expected)
    #expect(findings.allSatisfy { !$0.remedy.isEmpty && !"\($0)".contains("9900000") })
  }

  @Test("is read as it is written")
  func right() throws {
    var test = TestWorkspace()
    test["payout.yaml"] = """
      openPeriod: 2026-10
      approvals: 2
      payer:
        name: A
        accounts:
          - {currency: USD, iban: IE29AIBK93115212345678, bic: B}
          - {currency: USD, routingNumber: "990000013", companyId: A1, bankName: Bank}
      payments:
        daysAfterPeriod: 3
        weekend: [friday]
        holidays: {all: [2026-12-25], KRW: []}

      """
    let configuration = try #require(try test.load().workspace).configuration
    #expect(configuration.approvals == 2)
    #expect(configuration.payer.accounts.map(\.companyId) == ["", "A1"])
    #expect(configuration.payments.daysAfterPeriod == 3)
    #expect(configuration.payments.cutOffDays == 1)
    #expect(configuration.payments.weekend == [.friday])
    #expect(configuration.payments.holidays.map(\.text) == ["2026-12-25"])
  }

  @Test(
    "a plan says what its bank is told",
    arguments: [
      ("payment: {purpose: COMM, document: selfBilledInvoice, daysAfterPeriod: 30}", true),
      ("payment: {purpose: comm}", false), ("payment: {document: invoice}", false),
      ("payment: {days: 30}", false), ("payment: {daysAfterPeriod: 367}", false),
    ])
  func plans(text: String, isRight: Bool) throws {
    var test = TestWorkspace()
    test["plans/csp.yaml"] = TestWorkspace.plan + text + "\n"
    let (workspace, findings) = try test.load()
    #expect((workspace != nil) == isRight)
    guard isRight else { return #expect(findings.allSatisfy { $0.field.hasPrefix("payment.") }) }
    let payment = try #require(workspace).plans[0].payment
    #expect(payment.purpose == "COMM" && payment.document == .selfBilledInvoice)
    #expect(payment.daysAfterPeriod == 30)
  }

  private static let key = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="

  @Test(
    "approvers have an id and a key of their own",
    arguments: [
      ("ann,Ann,\(key)", [Expected]()),
      (
        "ann,Ann,\(key)\nann,Bob,\(key)",
        [
          Expected(.X906, 3, 1, "userId"), Expected(.X906, 3, 9, "publicKey"),
        ]
      ),
      ("../ann,Ann,\(key)", [Expected(.X905, 2, 1, "userId")]),
      ("ann,Ann,", [Expected(.X904, 2, 9, "publicKey")]),
      (
        "ann,Ann,MCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
        [
          Expected(.X905, 2, 9, "publicKey")
        ]
      ),
      ("ann,Ann,abc", [Expected(.X905, 2, 9, "publicKey")]),
    ])
  func approvers(rows: String, expected: [Expected]) throws {
    var test = TestWorkspace()
    test["registry/approvers.csv"] = "userId,name,publicKey\n" + rows + "\n"
    let (workspace, findings) = try test.load()
    #expect(findings.map(Expected.init) == expected)
    if expected.isEmpty {
      let approver = try #require(workspace?.approvers.first)
      #expect(approver.userId == "ann" && approver.publicKey.first == 0x19)
      #expect(approver.publicKey.count == 32)
    }
  }

  @Test("a routing number is checked, and shown in no finding")
  func routing() throws {
    var test = TestWorkspace()
    test["registry/payment-profiles.csv"] = """
      participantId,status,method,currency,routingNumber
      A,valid,bankTransfer,USD,990000014

      """
    let findings = try test.load().findings
    #expect(findings.map(Expected.init) == [Expected(.X905, 2, 26, "routingNumber")])
    #expect(!"\(findings)".contains("990000014"))
  }
}
