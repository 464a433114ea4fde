import Domain
import ExactMoney
import TestSupport
import Testing

/// A registry of two partners with two programs, of which a test changes what it is about.
///
/// Partners: 0 = `0048101`, Fabrikam; 1 = `=2`, a name with a comma. Programs: 0 = `CSP Direct`
/// with the levers 0 = `Core` and 1 = `Growth`; 1 = `CSP Indirect`.
struct Fixture {
  var partners: [Partner]
  var agreements: [[Agreement]] = [[], []]
  var competencies: [[Competency]] = [[], []]
  var enrollments: [[Enrollment]] = [[], []]
  var taxProfiles: [[TaxProfile]] = [[], []]
  var users: [User] = []

  init() {
    partners = [
      Partner(participantId: "0048101", name: "Fabrikam", role: .directBill, country: "DE"),
      Partner(participantId: "=2", name: "Wide, World", role: .directBill, country: "US"),
    ]
  }

  var registry: Registry {
    Registry(
      partners: partners, agreements: agreements, competencies: competencies,
      enrollments: enrollments, taxProfiles: taxProfiles, paymentProfiles: [[], []], users: users)
  }

  static func plans() throws -> Plans {
    let currency = try TestSupport.currency("EUR")
    return Plans(
      ["CSP Direct", "CSP Indirect"].map { program in
        Plan(
          program: program, currency: currency, eligibility: .all([]), defaultLever: 0,
          levers: ["Core", "Growth"].map { Lever(name: $0, earningType: .rebate, rule: .given) },
          disputeDays: 90, file: "plans/csp.yaml")
      })
  }
}

/// Earnings with their texts, as the ledger gives them to what writes about them.
struct Earnings {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = []

  /// One earning as a test writes it.
  struct Row {
    var id: String
    var transactionId = ""
    var amount: String
    var currency = "EUR"
    var day = "2026-10-05"
    var lever = 0
    var type = EarningType.rebate
    var customerName = ""
    var productName = ""
    var reasonCode = ""
    var feed = 0
    var line = 2
  }

  var page: EarningPage { EarningPage(bytes: bytes, offsets: offsets) }

  /// Adds an earning.
  ///
  /// - Parameters:
  ///   - earned: Nil while it waits for an exchange rate.
  mutating func add(
    _ row: Row, earned: String? = nil, rate: String? = nil, capped: String = "0",
    reasons: IneligibilityReasons = []
  ) throws -> EarningLine {
    var record = EarningRecord()
    record.amountPicos = try amount(row.amount).picos
    record.currencyIndex = try currency(row.currency).index
    record.dayNumber = try day(row.day).number
    record.lever = Int16(row.lever)
    record.typeNumber = row.type.rawValue
    record.feed = UInt32(row.feed)
    record.line = UInt32(row.line)
    record.reasonBits = reasons.rawValue
    let texts = [row.id, row.transactionId, row.customerName, row.productName, row.reasonCode]
    record.earningIdBytes = UInt32(texts[0].utf8.count)
    record.transactionIdBytes = UInt32(texts[1].utf8.count)
    record.customerNameBytes = UInt32(texts[2].utf8.count)
    record.productNameBytes = UInt32(texts[3].utf8.count)
    record.reasonCodeBytes = UInt32(texts[4].utf8.count)
    let offset = bytes.count
    offsets.append(offset)
    // The record itself is in the line; the page is asked for the texts behind it.
    bytes += [UInt8](repeating: 0, count: MemoryLayout<EarningRecord>.size)
    bytes += Array(texts.joined().utf8)
    var line = EarningLine(
      record: record, offset: offset, earned: try earned.map { try amount($0) },
      earnedCurrency: record.currency, rate: try rate.map { try TestSupport.rate($0) })
    line.capped = try amount(capped)
    return line
  }
}
