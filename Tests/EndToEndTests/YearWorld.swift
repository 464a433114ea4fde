import Foundation

/// How a lever of a scripted year earns.
enum YearRule {
  case rates([YearRate])
  case tiers(isSlab: Bool, [YearTier])
  case given
}

/// A rate and the last day on which it counts.
struct YearRate {
  var rate: Int128
  var to: String?

  init(_ rate: Int128, to: String? = nil) { (self.rate, self.to) = (rate, to) }
}

/// A step of tiers; the last one has no upper end.
struct YearTier {
  var upTo: Int128?
  var rate: Int128

  init(upTo: Int128? = nil, _ rate: Int128) { (self.upTo, self.rate) = (upTo, rate) }
}

struct YearLever {
  var name: String
  var type: String
  var rule: YearRule
  var cap: Int128?
}

/// A plan of a scripted year; its first lever is the default one.
struct YearPlan {
  var name: String
  var currency: String
  var asksForEnrollment: Bool
  var levers: [YearLever]
  var rebateShare: Int128?
  var thresholds: [String: Int128] = [:]
  var disputeDays: Int
}

struct YearTax {
  var completedOn = "2026-01-15"
  var expiresOn: String?
  var withholding: Int128 = 0
  var sales: Int128 = 0
}

struct YearPayment {
  var currency: String
  var completedOn = "2026-01-15"
  var isHeld = false
}

struct YearEnrollment {
  var status = "enrolled"
  var enrolledOn = "2026-02-02"
  var endsOn: String?
}

/// What the registry says of a partner.
struct YearPartner {
  var id: String
  var status = "active"
  var payableFrom: String?
  /// Of the one agreement that plans ask for.
  var agreements: [(from: String, to: String?)] = [("2026-01-01", nil)]
  /// By program.
  var enrollments: [String: YearEnrollment] = [:]
  var tax: YearTax? = YearTax()
  var payment: YearPayment?

  init(_ id: String, paidIn currency: String) {
    self.id = id
    payment = YearPayment(currency: currency)
  }
}

struct YearAdjustment {
  var id: String
  var partner: String
  var program: String
  var amount: Int128
  var currency: String
  var appliesTo: String
}

/// An exchange rate's month and pair.
struct YearPair: Hashable {
  var month: String
  var from: String
  var to: String
}

/// Everything in a workspace but feeds and what the program writes.
struct YearWorld {
  var firstPeriod = "2026-07"
  var isHalfEven = false
  var plans: [YearPlan] = []
  var partners: [YearPartner] = []
  var rates: [YearPair: Int128] = [:]
  var adjustments: [YearAdjustment] = []
  /// Rates of earlier months are no longer in the file.
  var firstMonthOfRates = ""

  func plan(_ name: String) -> YearPlan? { plans.first { $0.name == name } }

  func partner(_ id: String) -> YearPartner? { partners.first { $0.id == id } }

  /// Changes one partner.
  mutating func change(_ id: String, _ body: (inout YearPartner) -> Void) {
    for index in partners.indices where partners[index].id == id { body(&partners[index]) }
  }

  /// Changes one plan.
  mutating func change(plan name: String, _ body: (inout YearPlan) -> Void) {
    for index in plans.indices where plans[index].name == name { body(&plans[index]) }
  }

  /// - Returns: Nil where none is given; 1 between a currency and itself.
  func rate(_ month: String, _ from: String, _ to: String) -> Int128? {
    from == to ? YearMoney.one : rates[YearPair(month: month, from: from, to: to)]
  }
}

extension YearWorld {
  /// Writes the workspace, except for feeds.
  func write(to root: URL) throws {
    for folder in ["registry", "plans", "inbox"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    for (path, text) in files { try Data(text.utf8).write(to: root.appending(path: path)) }
  }

  private var files: [String: String] {
    var files = registry
    files["payout.yaml"] = """
      openPeriod: \(firstPeriod)
      payer: {name: Payer, country: IE, id: P-1}
      rounding: \(isHalfEven ? "halfEven" : "halfAwayFromZero")

      """
    let sorted = rates.filter { $0.key.month >= firstMonthOfRates }.sorted {
      ($0.key.month, $0.key.from, $0.key.to) < ($1.key.month, $1.key.from, $1.key.to)
    }
    files["exchange-rates.csv"] = Self.table(
      "period,from,to,rate",
      sorted.map { "\($0.key.month),\($0.key.from),\($0.key.to),\(YearMoney.text($0.value))" })
    files["adjustments.csv"] = Self.table(
      "adjustmentId,participantId,programName,amount,currency,appliesTo,reasonCode",
      adjustments.map {
        "\($0.id),\($0.partner),\($0.program),\(YearMoney.text($0.amount)),\($0.currency),"
          + "\($0.appliesTo),manual"
      })
    for plan in plans { files["plans/\(plan.name.lowercased()).yaml"] = Self.yaml(plan) }
    return files
  }

  private var registry: [String: String] {
    let profiles = partners.map { partner in (partner.id, partner.tax, partner.payment) }
    return [
      "registry/partners.csv": Self.table(
        "participantId,name,role,country,status,payableFrom",
        partners.map {
          "\($0.id),Partner \($0.id),directBill,IE,\($0.status),\($0.payableFrom ?? "")"
        }),
      "registry/agreements.csv": Self.table(
        "participantId,agreement,validFrom,validTo",
        partners.flatMap { partner in
          partner.agreements.map { "\(partner.id),mpn,\($0.from),\($0.to ?? "")" }
        }),
      "registry/enrollments.csv": Self.table(
        "participantId,programName,status,enrolledOn,endsOn",
        partners.flatMap { partner in
          partner.enrollments.sorted { $0.key < $1.key }.map { program, entry in
            "\(partner.id),\(program),\(entry.status),\(entry.enrolledOn),\(entry.endsOn ?? "")"
          }
        }),
      "registry/tax-profiles.csv": Self.table(
        "participantId,status,completedOn,expiresOn,withholdingRate,salesTaxRate",
        profiles.compactMap { id, tax, _ in
          tax.map {
            "\(id),valid,\($0.completedOn),\($0.expiresOn ?? ""),"
              + "\(YearMoney.text($0.withholding)),\(YearMoney.text($0.sales))"
          }
        }),
      "registry/payment-profiles.csv": Self.table(
        "participantId,status,completedOn,method,currency,hold",
        profiles.compactMap { id, _, payment in
          payment.map {
            "\(id),valid,\($0.completedOn),creditNote,\($0.currency),\($0.isHeld ? "yes" : "no")"
          }
        }),
      "registry/competencies.csv": Self.table(
        "participantId,competency,level,validFrom,validTo", []),
      "registry/users.csv": Self.table("userId,email,role,participantId", []),
    ]
  }

  private static func table(_ header: String, _ rows: [String]) -> String {
    ([header] + rows).joined(separator: "\n") + "\n"
  }

  private static func yaml(_ plan: YearPlan) -> String {
    let leaves = plan.asksForEnrollment ? "[{agreement: mpn}, enrollment]" : "[{agreement: mpn}]"
    var lines = [
      "program: \(plan.name)", "currency: \(plan.currency)", "eligibility: {all: \(leaves)}",
      "defaultLever: \(plan.levers[0].name)", "disputeDays: \(plan.disputeDays)", "levers:",
    ]
    for lever in plan.levers { lines += yaml(lever) }
    if let share = plan.rebateShare {
      let coop = YearMoney.text(YearMoney.one - share)
      lines.append("split: {rebate: \(YearMoney.text(share)), coop: \(coop)}")
    }
    if !plan.thresholds.isEmpty {
      let entries = plan.thresholds.sorted { $0.key < $1.key }
        .map { "\($0.key): \(YearMoney.text($0.value))" }
      lines.append("threshold: {\(entries.joined(separator: ", "))}")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func yaml(_ lever: YearLever) -> [String] {
    var lines = ["  - lever: \(lever.name)", "    earningType: \(lever.type)"]
    switch lever.rule {
    case .rates(let rates):
      lines.append("    rates:")
      for rate in rates {
        let to = rate.to.map { ", to: \($0)" } ?? ""
        lines.append("      - {rate: \(YearMoney.text(rate.rate))\(to)}")
      }
    case .tiers(let isSlab, let steps):
      let entries = steps.map { step in
        let upTo = step.upTo.map { "upTo: \(YearMoney.text($0)), " } ?? ""
        return "{\(upTo)rate: \(YearMoney.text(step.rate))}"
      }
      lines += ["    tiers:", "      mode: \(isSlab ? "slab" : "graduated")"]
      lines.append("      steps: [\(entries.joined(separator: ", "))]")
    case .given: lines.append("    given: true")
    }
    if let cap = lever.cap { lines.append("    cap: \(YearMoney.text(cap))") }
    return lines
  }
}
