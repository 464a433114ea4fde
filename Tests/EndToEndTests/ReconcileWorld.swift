import Foundation
import Testing

/// A workspace of five partners that is run and closed month by month, and the files of its banks.
struct ReconcileWorld {
  typealias Record = Outbox.Record

  /// A payment as `payments.csv` has it.
  struct Payment: Hashable {
    var id: String
    var partner: String
    var currency: String
    /// In hundredths.
    var amount: Int
  }

  static let euroAccount = "IE06CTSO99010012345678"
  static let poundAccount = "GB81WDGB99000012345678"
  static let partners = ["A", "B", "C", "D", "E"]

  let root: URL

  init() throws {
    root = Program.temporary()
    try write("payout.yaml", Self.configuration)
    try write("plans/cloud.yaml", Self.plan)
    try write("exchange-rates.csv", "period,from,to,rate,source\n")
    for (name, text) in Self.registry { try write("registry/\(name).csv", text) }
    try write("bank/gb.yaml", Self.profile)
    try FileManager.default.createDirectory(
      at: root.appending(path: "inbox"), withIntermediateDirectories: true)
  }

  func remove() { Program.remove(root) }

  func write(_ path: String, _ text: String) throws {
    let url = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  @discardableResult
  func expect(_ code: Int32, _ arguments: [String]) throws -> Program.Result {
    let result = try Program.run(arguments + ["--workspace", root.path])
    #expect(result.code == code, "\(arguments): \(result.output)\(result.talk)")
    return result
  }

  // MARK: Months

  /// What each partner earns in a month, in hundredths: whole euros, so that taxes are exact.
  static func earned(_ partner: String, _ month: Int) -> Int {
    ((partners.firstIndex(of: partner) ?? 0) + 1) * 100_00 + month * 1_00
  }

  func run(_ period: String) throws {
    let month = Int(period.suffix(2)) ?? 0
    let rows = Self.partners.map { partner in
      let amount = Self.earned(partner, month) / 10
      return "\(partner)-\(period),\(partner),Cloud,\(period)-10,\(partner == "E" ? "GBP" : "EUR"),"
        + "\(amount).00\n"
    }
    let head =
      "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount\n"
    try write("inbox/sales-\(period).csv", head + rows.joined())
    try expect(0, ["run", "--quiet"])
  }

  /// Runs and closes a month.
  ///
  /// - Returns: Its payments by partner.
  func close(_ period: String) throws -> [String: Payment] {
    try run(period)
    try expect(0, ["close", period, "--quiet"])
    return try payments(period)
  }

  func payments(_ period: String) throws -> [String: Payment] {
    let files = try Outbox(directory: root.appending(path: "payments/\(period)"))
    let payments = try files.table("payments.csv").map { row in
      Payment(
        id: row["paymentID"] ?? "", partner: row["participantID"] ?? "",
        currency: row["paymentCurrencyCode"] ?? "", amount: Self.cents(row["totalPayment"] ?? ""))
    }
    return Dictionary(uniqueKeysWithValues: payments.map { ($0.partner, $0) })
  }

  func status(_ period: String, _ payment: Payment?) throws -> String? {
    let files = try Outbox(directory: root.appending(path: "payments/\(period)"))
    return try files.table("payments.csv").first { $0["paymentID"] == payment?.id }?[
      "paymentStatus"]
  }

  /// The rows of a register by partner.
  func register(_ period: String) throws -> [String: Record] {
    let files = try Outbox(directory: root.appending(path: "outbox/\(period)"))
    return Dictionary(
      uniqueKeysWithValues: try files.table("register.csv").map { ($0["participantId"] ?? "", $0) })
  }

  // MARK: Reconciling

  @discardableResult
  func reconcile(_ files: [(name: String, text: String)], code: Int32? = 0) throws
    -> Program.Result
  {
    for file in files { try write(file.name, file.text) }
    let command = ["reconcile"] + files.map { root.path + "/" + $0.name }
    guard let code else { return try Program.run(command + ["--workspace", root.path]) }
    return try expect(code, command)
  }

  /// `reconciliation.json` of a period, its sums by currency.
  func sums(_ period: String) throws -> [String: [String: Any]] {
    let url = root.appending(path: "reconciliation/\(period)/reconciliation.json")
    let json = try JSONSerialization.jsonObject(with: try Data(contentsOf: url))
    let sums = try #require((json as? [String: Any])?["sums"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: sums.map { ($0["currency"] as? String ?? "", $0) })
  }

  static func cents(_ text: String) -> Int { Int(text.replacing(".", with: "")) ?? .min }

  static func text(_ cents: Int) -> String {
    let rest = abs(cents) % 100
    return "\(cents < 0 ? "-" : "")\(abs(cents) / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension ReconcileWorld {
  // MARK: The workspace

  private static let configuration = """
    openPeriod: 2026-07
    payer:
      name: Contoso Payouts Ltd
      street: 1 Harbour Row
      postCode: D02 XY01
      town: Dublin
      country: IE
      iban: \(euroAccount)
      bic: CTSOIE2DXXX
      id: IE-PAYOUTS-01
      accounts:
        - {currency: GBP, iban: \(poundAccount), bic: CTSOGB2LXXX}

    """

  private static let plan = """
    program: Cloud
    currency: EUR
    eligibility: {all: []}
    defaultLever: Core
    levers:
      - lever: Core
        earningType: Fee
        rates: [{rate: 10%}]

    """

  private static let profile = """
    account: \(poundAccount)
    currency: GBP
    columns: {date: Date, debit: Out, credit: In, endToEndId: Reference}

    """

  private static let registry = [
    "partners": """
    participantId,name,role,country,language,street,postCode,town
    A,Alpha GmbH,directBill,DE,en,Ring 1,50667,Köln
    B,Bravo SARL,directBill,FR,en,Rue 2,75001,Paris
    C,Charlie AG,directBill,CH,en,Platz 3,8001,Basel
    D,Delta BV,directBill,NL,en,Kade 4,1011 AB,Breda
    E,Echo Ltd,directBill,GB,en,Lane 5,EC1A 1AA,London

    """,
    "payment-profiles": """
    participantId,status,completedOn,method,currency,iban,bic
    A,valid,2026-01-05,bankTransfer,EUR,DE44999000010000005001,
    B,valid,2026-01-05,bankTransfer,EUR,FR1799999000010000005002M02,
    C,valid,2026-01-05,bankTransfer,EUR,CH2899999000000005006,
    D,valid,2026-01-05,bankTransfer,EUR,NL97WDGT0000005008,
    E,valid,2026-01-05,bankTransfer,GBP,GB85WNGT99999900005005,WNGTGB2LXXX

    """,
    "tax-profiles": """
    participantId,status,completedOn,withholdingRate,salesTaxRate
    A,valid,2026-01-05,,19%
    B,valid,2026-01-05,10%,
    C,valid,2026-01-05,10%,19%
    D,valid,2026-01-05,,
    E,valid,2026-01-05,,

    """,
    "users": "userId,name,email,role,participantId,programName\n",
    "agreements": "participantId,agreement,validFrom,validTo\n",
    "competencies": "participantId,competency,level,validFrom,validTo\n",
    "enrollments": "participantId,programName,status,invitedOn,enrolledOn,endsOn\n",
  ]
}
