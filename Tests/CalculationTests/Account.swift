import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

/// One partner in one program with all that is settled, of which a test changes what it is about.
///
/// As it stands nothing holds its payments: it is paid in USD, the plan's currency, for 2026-10,
/// without thresholds and taxes.
struct Account {
  var partner = Partner(
    participantId: "0048123", name: "Fabrikam", role: .directBill, country: "IE")
  var enrollments: [Enrollment] = []
  var taxProfile: TaxProfile?
  var paymentProfile: PaymentProfile?
  var eligibility = EligibilityTree.all([])
  var rule = LeverRule.given
  var cap: ExactAmount?
  var split: Split?
  var thresholds: [Currency: ExactAmount] = [:]
  var planCurrency: Currency
  var rates: [ExchangeRates.Key: ExchangeRates.Entry] = [:]
  var lines: [EarningLine] = []
  var adjustments: [Adjustment] = []
  var openings: [Opening] = []
  var running: [LeverMonthKey: RunningMonth] = [:]
  var rounding = RoundingMode.halfAwayFromZero
  /// The lever as it was kept with closed months.
  var kept: [Period: (currency: Currency, lever: Lever)] = [:]

  init() throws {
    planCurrency = try currency("USD")
    taxProfile = TaxProfile(program: nil, status: .valid)
    paymentProfile = PaymentProfile(
      program: nil, status: .valid, method: .creditNote, currency: planCurrency)
  }

  /// Adds a line; its number is its earningId.
  ///
  /// - Parameters:
  ///   - text: The transaction amount.
  ///   - earned: What the row alone earns; nil for what the transaction amount is.
  mutating func add(
    _ text: String, earned: String? = nil, _ code: String = "USD", on date: String = "2026-10-15",
    _ type: EarningType = .fee
  ) throws {
    var record = EarningRecord()
    record.amountPicos = try amount(text).picos
    record.currencyIndex = try currency(code).index
    record.dayNumber = try day(date).number
    record.typeNumber = type.rawValue
    record.row = UInt32(lines.count)
    lines.append(
      EarningLine(
        record: record, offset: 0, earned: try amount(earned ?? text),
        earnedCurrency: record.currency, rate: .one))
  }

  mutating func addRate(_ from: String, _ to: String, _ text: String, in month: String) throws {
    let key = ExchangeRates.Key(
      period: try period(month), from: try currency(from), to: try currency(to))
    rates[key] = ExchangeRates.Entry(rate: try rate(text), source: "")
  }

  mutating func adjust(
    _ text: String, _ code: String = "USD", id: String = "A1", appliesTo: String = "2026-10"
  ) throws {
    adjustments.append(
      Adjustment(
        adjustmentId: id, partner: 0, program: 0, amount: try amount(text),
        currency: try currency(code), appliesTo: try period(appliesTo), reasonCode: "goodwill"))
  }

  mutating func pay(in code: String) throws {
    paymentProfile?.currency = try currency(code)
  }

  mutating func open(_ balance: String, coop: String = "0", _ code: String = "USD") throws {
    let currency = try currency(code)
    openings.append(
      Opening(
        balance: try #require(try amount(balance).exactMoney(currency)),
        coop: try #require(try amount(coop).exactMoney(currency))))
  }

  /// Keeps the lever as it stands with a closed month.
  mutating func keep(_ month: String) throws {
    kept[try period(month)] = (planCurrency, lever)
  }

  /// Where the lever's month stands once what was settled is posted.
  mutating func post(_ settlement: Settlement) {
    for posted in settlement.months {
      running[LeverMonthKey(lever: posted.lever, month: posted.month)] = posted.running
    }
  }

  private var lever: Lever { Lever(name: "Core", earningType: .rebate, rule: rule, cap: cap) }

  private func plan(_ currency: Currency, _ lever: Lever) -> Plan {
    Plan(
      program: "CSP Direct", currency: currency, eligibility: eligibility, defaultLever: 0,
      levers: [lever], split: split, thresholds: thresholds, file: "plans/csp.yaml")
  }

  /// The settlement in the payment currency, where there is one in that only.
  func settle() throws -> Settlement {
    let all = try settleAll()
    return try #require(all.count == 1 ? all.first : nil)
  }

  /// The settlements by currency.
  func settleAll() throws -> [Settlement] {
    let plan = plan(planCurrency, lever)
    let registry = Registry(
      partners: [partner], agreements: [[]], competencies: [[]], enrollments: [enrollments],
      taxProfiles: [taxProfile.map { [$0] } ?? []],
      paymentProfiles: [paymentProfile.map { [$0] } ?? []], users: [])
    let calculator = SettlementCalculator(
      registry: registry, plans: Plans([plan]), rates: ExchangeRates(rates), rounding: rounding,
      period: try period("2026-10"),
      kept: KeptPlans(kept.mapValues { Plans([self.plan($0.currency, $0.lever)]) }))
    var account = SettlementCalculator.Account(partner: 0, program: 0)
    account.accepted = lines
    account.adjustments = adjustments
    account.openings = openings
    account.running = running
    return try calculator.settle(account, idPrecedes: { $0.record.row < $1.record.row })
  }
}

extension Settlement {
  /// What each line earns, by the number under which it was added.
  var earnedTexts: [String] {
    lines.sorted { $0.record.row < $1.record.row }
      .map { $0.earned?.text(decimals: 0) ?? "waits" }
  }

  /// What the cap took from each line.
  var cappedTexts: [String] {
    lines.sorted { $0.record.row < $1.record.row }
      .map { $0.capped.text(decimals: 0) }
  }

  var holdCodes: String { holds.codes.map(\.rawValue).joined(separator: " ") }
}
