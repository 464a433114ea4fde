import TestSupport

/// Makes up a year that a seed repeats: partners come, lack things, get them, change their
/// currency and leave; plans and rates move; rows come late, early, twice, changed and taken back.
struct YearGenerator {
  private var generator: SeededGenerator
  private(set) var world = YearWorld()
  private var month: String
  private var delivered: [YearRow] = []
  private var count = 0
  private static let currencies = ["EUR", "KRW", "USD"]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    month = world.firstPeriod
    world.isHalfEven = seed % 2 == 0
    world.plans = [
      YearPlan(
        name: "Direct", currency: "USD", asksForEnrollment: true,
        levers: [
          YearLever(
            name: "Core", type: "Rebate", rule: .rates([YearRate(75_000)]), cap: 90_000_000),
          YearLever(name: "Extra", type: "Fee", rule: .rates([YearRate(3_333)])),
        ],
        rebateShare: 600_000, thresholds: ["USD": 40_000_000], disputeDays: 40),
      YearPlan(
        name: "Volume", currency: "EUR", asksForEnrollment: false,
        levers: [
          YearLever(name: "Growth", type: "Sell", rule: .given, cap: 60_000_000),
          YearLever(name: "Slab", type: "Rebate", rule: .given),
          YearLever(name: "Market", type: "Co-op", rule: .given),
        ], disputeDays: 70),
    ]
    moveTiers()
    for number in 1...6 {
      var partner = YearPartner("00\(number)", paidIn: pick(Self.currencies))
      partner.enrollments = ["Direct": YearEnrollment()]
      partner.tax?.sales = pick([0, 190_000])
      partner.tax?.withholding = pick([0, 125_000])
      world.partners.append(partner)
    }
    for _ in 0..<5 { changePartner() }
    addRates(before: 2)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &generator)]
  }

  private mutating func oneIn(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &generator) == 0
  }

  /// What happens in the open period; afterwards it is the turn of the next one.
  mutating func nextPeriod() -> [YearStep] {
    addRates(before: 0)
    var steps: [YearStep] = []
    for run in 1...2 {
      if oneIn(2) { changePartner() }
      if oneIn(3) { changePartner() }
      if run == 1, oneIn(4) { changePlan() }
      if oneIn(3) { adjust() }
      var rows: [YearRow] = []
      for _ in 0..<Int.random(in: 4...12, using: &generator) { rows.append(makeRow(rows)) }
      delivered += rows
      steps.append(YearStep(world: world, feeds: ["\(month)-\(run).csv": rows]))
    }
    month = YearCalendar.next(month)
    return steps
  }

  // MARK: The workspace

  /// Every rate of the month, and of some months before the first one.
  private mutating func addRates(before: Int) {
    var months = [month]
    if before > 0 { months += ["2026-05", "2026-06"] }
    for month in months {
      for from in Self.currencies {
        for to in Self.currencies where from != to {
          let pair = YearPair(month: month, from: from, to: to)
          let digits: Int128 = to == "KRW" ? 1_000_000 : from == "KRW" ? 1 : 1_000
          world.rates[pair] =
            world.rates[pair] ?? digits
            * Int128(Int.random(in: 700...1_300, using: &generator))
        }
      }
    }
  }

  private mutating func moveTiers() {
    let first = Int128(Int.random(in: 50...400, using: &generator)) * YearMoney.one
    let rate = Int128(Int.random(in: 5_000...20_000, using: &generator))
    for (lever, isSlab) in [(0, false), (1, true)] {
      world.plans[1].levers[lever].rule = .tiers(
        isSlab: isSlab,
        [YearTier(upTo: first, rate), YearTier(upTo: first * 4, rate * 2), YearTier(rate * 3)])
    }
    world.plans[1].levers[0].cap = Int128(Int.random(in: 2...20, using: &generator)) * YearMoney.one
  }

  private mutating func changePlan() {
    moveTiers()
    let cap = Int128(Int.random(in: 10...90, using: &generator)) * YearMoney.one
    world.plans[0].levers[0].cap = oneIn(4) ? 1_000_000_000 : cap
    world.plans[0].thresholds["USD"] = Int128(Int.random(in: 0...60, using: &generator)) * 1_000_000
  }

  private mutating func changePartner() {
    let id = pick(world.partners).id
    let (first, last) = (YearCalendar.firstDay(month), YearCalendar.lastDay(month))
    let (agreement, currency) = (pick(["2026-01-01", first, last]), pick(Self.currencies))
    let kind = Int.random(in: 0..<9, using: &generator)
    let isOn = oneIn(2)
    world.change(id) { partner in
      switch kind {
      case 0: partner.agreements = isOn ? [("2026-01-01", nil)] : [(agreement, last)]
      case 1: partner.agreements = isOn ? [("2026-01-01", nil)] : []
      case 2: partner.enrollments["Direct"] = isOn ? YearEnrollment() : nil
      case 3:
        partner.enrollments["Direct"] = YearEnrollment(status: "discontinued", endsOn: agreement)
        if agreement < "2026-02-02" { partner.enrollments["Direct"]?.endsOn = last }
      case 4, 5: partner.payment = YearPayment(currency: currency)
      case 6: partner.payment = isOn ? nil : YearPayment(currency: currency, isHeld: true)
      case 7: partner.status = isOn ? "suspended" : "active"
      default: partner.payableFrom = isOn ? first : nil
      }
    }
  }

  private mutating func adjust() {
    count += 1
    let appliesTo = oneIn(2) ? month : YearCalendar.next(month)
    world.adjustments.append(
      YearAdjustment(
        id: "A-\(count)", partner: pick(world.partners).id, program: pick(["Direct", "Volume"]),
        amount: amount(-90...90), currency: pick(Self.currencies), appliesTo: appliesTo))
  }

  // MARK: Rows

  private mutating func amount(_ range: ClosedRange<Int>) -> Int128 {
    let cents = Int.random(in: range.lowerBound * 100...range.upperBound * 100, using: &generator)
    return Int128(cents) * 10_000
  }

  /// A day of the open period, of one of the three before it, or of the next one.
  private mutating func day() -> String {
    var months = ["2026-05", "2026-06"]
    while let last = months.last, last != YearCalendar.next(month) {
      months.append(YearCalendar.next(last))
    }
    let recent = months.suffix(5)
    let month = pick(Array(recent) + [month, month, month])
    return month + "-" + YearCalendar.two(Int.random(in: 1...28, using: &generator))
  }

  private mutating func makeRow(_ others: [YearRow]) -> YearRow {
    count += 1
    let known = delivered.suffix(60) + others
    if let row = known.randomElement(using: &generator) {
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: return row
      case 1: return changed(row)
      case 2, 3: return refund(of: row)
      case 4: return refundAhead()
      default: break
      }
    }
    let isDirect = oneIn(2)
    var row = YearRow(
      "E-\(count)", oneIn(40) ? "999" : pick(world.partners).id, isDirect ? "Direct" : "Volume",
      day(), 0, pick(Self.currencies))
    row.amount = amount(oneIn(8) ? -300...0 : 1...900)
    row.lever = pick(isDirect ? ["", "Core", "Extra"] : ["", "Growth", "Slab", "Market"])
    if row.lever == "Market" { row.given = amount(1...20) }
    if oneIn(9), row.program == "Direct" {
      row.id = "P-\(Int.random(in: 1...9, using: &generator))"
    }
    return row
  }

  /// The same id with other content: a conflict, or in the place of one that was not accepted.
  private mutating func changed(_ row: YearRow) -> YearRow {
    var row = row
    row.amount += YearMoney.one
    if oneIn(2) { row.date = day() }
    return row
  }

  private mutating func refund(of sale: YearRow) -> YearRow {
    var row = sale
    row.id = "R-\(count)"
    row.related = sale.id
    row.amount = amount(-200 ... -1)
    row.given = row.given.map { _ in row.amount }
    row.date = day()
    if oneIn(8) { row.partner = pick(world.partners).id }
    return row
  }

  /// A refund of a sale that may come later.
  private mutating func refundAhead() -> YearRow {
    var row = YearRow("R-\(count)", pick(world.partners).id, "Direct", day(), 0, "USD")
    row.amount = amount(-200 ... -1)
    row.related = "P-\(Int.random(in: 1...9, using: &generator))"
    return row
  }
}
