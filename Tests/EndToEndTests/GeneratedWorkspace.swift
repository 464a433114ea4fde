import Foundation
import TestSupport

/// A workspace whose partners, plans, rates and rows a seed repeats.
///
/// Partners differ in what they lack, programs in how they pay, and rows are refunds, duplicates,
/// not yet due or wrong now and then. No row contradicts another one, since the first of two such
/// rows counts and then their order matters.
struct GeneratedWorkspace {
  /// One row of a feed, by the names of its fields.
  typealias Row = [String: String]

  static let fields = [
    "earningId", "participantId", "programName", "transactionDate", "transactionCurrency",
    "transactionAmount", "lever", "earningType", "earningRate", "earningAmount", "transactionId",
    "solutionArea", "customerName", "productName", "reasonCode", "relatedEarningId",
  ]

  private static let partners = (1...9).map { "00\($0)" }
  private static let currencies = ["USD", "EUR", "KRW"]

  private var generator: SeededGenerator
  private let rounding: String
  private var files: [String: String] = [:]
  private(set) var rows: [Row] = []

  init(seed: UInt64, rowCount: Int) {
    generator = SeededGenerator(seed: seed)
    rounding = seed % 2 == 0 ? "halfEven" : "halfAwayFromZero"
    writeConfiguration()
    writeRates()
    writeTiers()
    writeGiven()
    writeRegistry()
    for number in 0..<rowCount { rows.append(makeRow(number)) }
  }

  mutating func shuffledRows() -> [Row] {
    rows.shuffled(using: &generator)
  }

  /// Writes the workspace with these feeds, by name, and returns where it is.
  func write(_ feeds: [String: String]) throws -> URL {
    let root = Program.temporary()
    for folder in ["registry", "plans", "inbox"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    for (path, text) in files { try Data(text.utf8).write(to: root.appending(path: path)) }
    for (name, text) in feeds {
      try Data(text.utf8).write(to: root.appending(path: "inbox/" + name))
    }
    return root
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &generator)]
  }

  private mutating func oneIn(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &generator) == 0
  }

  private mutating func writeConfiguration() {
    files["payout.yaml"] = """
      openPeriod: 2026-10
      payer: {name: Payer, country: IE, id: P-1}
      rounding: \(rounding)
      limits: {rejectRate: 100%}

      """
    var rates = "period,from,to,rate\n"
    for period in ["2026-08", "2026-09", "2026-10"] {
      for from in Self.currencies {
        for to in Self.currencies where from != to {
          rates +=
            "\(period),\(from),\(to),0.\(Int.random(in: 1...99_999_999, using: &generator))\n"
        }
      }
    }
    files["exchange-rates.csv"] = rates
    files["adjustments.csv"] = """
      adjustmentId,participantId,programName,amount,currency,appliesTo,reasonCode
      A-1,001,Rates,-12.34,USD,2026-10,goodwill
      A-2,002,Given,100,KRW,2026-09,goodwill
      A-3,003,Tiers,5,EUR,2026-11,later

      """
  }

  private mutating func writeRates() {
    files["plans/rates.yaml"] = """
      program: Rates
      aliases: [Rates 1T]
      currency: USD
      eligibility: {all: [{agreement: mpn}, enrollment]}
      defaultLever: Core
      levers:
        - lever: Core
          earningType: Rebate
          rates:
            - {rate: 4.75%, from: 2026-09-15, where: {solutionArea: Azure}}
            - {rate: \(Int.random(in: 1...9, using: &generator)).125%}
          cap: \(Int.random(in: 20...400, using: &generator))
        - lever: Extra
          earningType: Fee
          rates: [{rate: 0.3333%}]
      split: {rebate: 60%, coop: 40%}

      """
  }

  private mutating func writeTiers() {
    files["plans/tiers.yaml"] = """
      program: Tiers
      currency: EUR
      eligibility: {all: [{agreement: mpn}]}
      defaultLever: Graduated
      levers:
        - lever: Graduated
          earningType: Rebate
          tiers:
            mode: graduated
            steps: [{upTo: 300, rate: 1%}, {upTo: 1500, rate: 2.5%}, {rate: 4%}]
          cap: \(Int.random(in: 5...90, using: &generator))
        - lever: Slab
          earningType: Sell
          tiers:
            mode: slab
            steps: [{upTo: 500, rate: 1%}, {rate: 3%}]

      """
  }

  private mutating func writeGiven() {
    files["plans/given.yaml"] = """
      program: Given
      currency: KRW
      eligibility: {any: [{agreement: mpn}, {competency: Cloud, level: gold}]}
      defaultLever: Credit
      levers:
        - {lever: Credit, earningType: Fee, given: true}
        - {lever: Market, earningType: Co-op, given: true}
      threshold: {KRW: 3, USD: 0.5}

      """
  }

  private mutating func writeRegistry() {
    var partners = "participantId,name,role,country,status,payableFrom\n"
    var agreements = "participantId,agreement,validFrom,validTo\n"
    var competencies = "participantId,competency,level,validFrom,validTo\n"
    var enrollments = "participantId,programName,status,invitedOn,enrolledOn,endsOn\n"
    var taxes =
      "participantId,programName,status,completedOn,expiresOn,withholdingRate,salesTaxRate\n"
    var payments = "participantId,programName,status,completedOn,method,currency,hold\n"
    for id in Self.partners {
      let status = oneIn(6) ? "suspended" : "active"
      partners +=
        "\(id),\"Partner, \(id)\",directBill,IE,\(status),\(oneIn(5) ? "2026-10-10" : "")\n"
      let from = pick(["2026-01-01", "2026-01-01", "2026-09-20", "2026-10-15"])
      if !oneIn(9) { agreements += "\(id),mpn,\(from),\(oneIn(5) ? "2026-10-20" : "")\n" }
      if oneIn(2) { competencies += "\(id),Cloud,\(pick(["gold", "silver"])),2026-01-01,\n" }
      if !oneIn(6) {
        enrollments += "\(id),Rates,enrolled,,\(pick(["2026-02-02", "2026-10-02"])),\n"
      }
      if !oneIn(9) {
        let withheld = pick(["", "10%", "0.125"])
        taxes += "\(id),,valid,2026-01-05,,\(withheld),\(pick(["", "19%"]))\n"
      }
      if !oneIn(9) {
        let hold = oneIn(6) ? "yes" : "no"
        payments += "\(id),,valid,2026-01-05,creditNote,\(pick(Self.currencies)),\(hold)\n"
      }
    }
    files["registry/partners.csv"] = partners
    files["registry/agreements.csv"] = agreements
    files["registry/competencies.csv"] = competencies
    files["registry/enrollments.csv"] = enrollments
    files["registry/tax-profiles.csv"] = taxes
    files["registry/payment-profiles.csv"] = payments
    files["registry/users.csv"] = "userId,email,role,participantId\n"
  }

  private mutating func makeRow(_ number: Int) -> Row {
    if number > 5, oneIn(12) { return rows[Int.random(in: rows.indices, using: &generator)] }
    if number > 5, oneIn(8), let refund = refund(number) { return refund }
    let program = pick(["Rates", "Rates 1T", "Tiers", "Given"])
    var row: Row = [
      "earningId": "E-\(number)", "participantId": pick(Self.partners), "programName": program,
      "transactionDate": date(), "transactionCurrency": pick(Self.currencies),
      "transactionAmount": cents(-5_000...90_000), "transactionId": "T-\(number)",
      "customerName": pick(["", "Margie's \"Travel\", Inc.", "한빛\nnext line", "=1+1", " a & b "]),
    ]
    switch program {
    case "Tiers": row["lever"] = pick(["", "Graduated", "Slab"])
    case "Given":
      row["lever"] = pick(["", "Credit", "Market"])
      row[oneIn(3) ? "earningRate" : "earningAmount"] = oneIn(2) ? "0.05" : "0.07"
    default:
      row["lever"] = pick(["", "Core", "Extra"])
      row["solutionArea"] = pick(["Azure", "Security"])
    }
    if oneIn(12) { spoil(&row) }
    return row
  }

  private mutating func date() -> String {
    let month = pick(["08", "09", "10", "10", "10", "11"])
    let day = Int.random(in: 1...28, using: &generator)
    return "2026-\(month)-\(day < 10 ? "0" : "")\(day)" + (oneIn(4) ? "T12:00:00Z" : "")
  }

  private mutating func cents(_ range: ClosedRange<Int>) -> String {
    let value = Int.random(in: range, using: &generator)
    let part = String(100 + value.magnitude % 100).dropFirst()
    return (value < 0 ? "-" : "") + "\(value.magnitude / 100).\(part)"
  }

  /// A row that takes back part of an earlier one of a program that pays by rates.
  private mutating func refund(_ number: Int) -> Row? {
    var row = rows[Int.random(in: rows.indices, using: &generator)]
    guard row["programName"]?.hasPrefix("Rates") == true, let id = row["earningId"],
      row["relatedEarningId"] == nil
    else { return nil }
    row["relatedEarningId"] = id
    row["earningId"] = "E-\(number)"
    row["transactionAmount"] = cents(-5_000 ... -1)
    row["transactionDate"] = date()
    row["reasonCode"] = "refund"
    return row
  }

  private mutating func spoil(_ row: inout Row) {
    let wrong = pick([
      ("transactionAmount", "1,50"), ("transactionCurrency", "usd"), ("transactionDate", "soon"),
      ("participantId", "999"), ("programName", "Rate"), ("lever", "None"),
      ("earningType", "Bonus"),
      ("earningRate", "7"), ("transactionAmount", ""),
    ])
    row[wrong.0] = wrong.1
  }
}

extension GeneratedWorkspace {
  /// Rows as CSV, with every value that needs it quoted.
  static func csv(_ rows: [Row]) -> String {
    let lines = rows.map { row in
      fields.map { field in
        let value = row[field] ?? ""
        return value.utf8.contains { [0x22, 0x2C, 0x0D, 0x0A].contains($0) }
          ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
      }.joined(separator: ",")
    }
    return ([fields.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// Rows as XML.
  static func xml(_ rows: [Row]) -> String {
    let earnings = rows.map { row in
      let children = fields.reversed().compactMap { field in
        row[field].map { value in
          let text = value.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
          return "<\(field)>\(text)</\(field)>"
        }
      }
      return "  <earning>\(children.joined())</earning>\n"
    }
    return "<earningsFeed xmlns=\"urn:payout:earnings:1\">\n\(earnings.joined())"
      + "  <controlTotals rows=\"\(rows.count)\"/>\n</earningsFeed>\n"
  }
}
