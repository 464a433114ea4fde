/// A year written by hand: three partners, each with a life of its own. What each is owed, and why,
/// is worked out beside the figures in `YearTests`.
struct YearScript {
  private var world = YearScript.start
  /// By period, what happens before each run of it.
  private(set) var periods: [String: [YearStep]] = [:]

  init() {
    summer()
    autumn()
    winter()
    spring()
  }

  private static func units(_ value: Int128) -> Int128 { value * YearMoney.one }

  /// The workspace when the year begins.
  static var start: YearWorld {
    var world = YearWorld()
    world.plans = [
      YearPlan(
        name: "Direct", currency: "USD", asksForEnrollment: true,
        levers: [
          YearLever(
            name: "Core", type: "Rebate",
            rule: .rates([YearRate(100_000, to: "2026-12-31"), YearRate(80_000)]))
        ],
        thresholds: ["USD": units(100)], disputeDays: 60),
      YearPlan(
        name: "Volume", currency: "EUR", asksForEnrollment: false,
        levers: [
          YearLever(
            name: "Growth", type: "Rebate",
            rule: .tiers(
              isSlab: false,
              [
                YearTier(upTo: units(1000), 10_000), YearTier(upTo: units(5000), 20_000),
                YearTier(40_000),
              ]),
            cap: units(100)),
          YearLever(name: "Market", type: "Co-op", rule: .given),
        ], disputeDays: 90),
    ]
    world.partners = [
      YearPartner("P1", paidIn: "USD"), YearPartner("P2", paidIn: "EUR"),
      YearPartner("P3", paidIn: "USD"),
    ]
    world.change("P1") {
      $0.enrollments = ["Direct": YearEnrollment()]
      $0.tax?.withholding = 100_000
    }
    world.change("P2") { $0.tax?.sales = 200_000 }
    world.change("P3") {
      $0.enrollments = ["Direct": YearEnrollment()]
      $0.agreements = []
    }
    addRates(&world)
    return world
  }

  private static func addRates(_ world: inout YearWorld) {
    var month = world.firstPeriod
    for _ in 0..<12 {
      for (from, to, rate) in [
        ("EUR", "USD", 1_100_000 as Int128), ("USD", "EUR", 900_000),
        ("USD", "KRW", 1_300_000_000), ("EUR", "KRW", 1_430_000_000),
      ] {
        world.rates[YearPair(month: month, from: from, to: to)] = rate
      }
      month = YearCalendar.next(month)
    }
    world.rates[YearPair(month: "2026-11", from: "EUR", to: "USD")] = 1_200_000
  }

  /// Adds a run.
  private mutating func run(_ period: String, _ feeds: [String: [YearRow]] = [:]) {
    periods[period, default: []].append(YearStep(world: world, feeds: feeds))
  }

  private func direct(
    _ id: String, _ partner: String, _ date: String, _ amount: Int128, related: String = ""
  ) -> YearRow {
    YearRow(id, partner, "Direct", date, amount, "USD", related: related)
  }

  private func volume(
    _ id: String, _ date: String, _ amount: Int128, _ currency: String = "EUR",
    related: String = ""
  ) -> YearRow {
    YearRow(id, "P2", "Volume", date, amount, currency, related: related)
  }

  private mutating func summer() {
    run("2026-07", ["july-1.csv": [direct("E1-1", "P1", "2026-07-10", 700)]])
    run(
      "2026-07",
      [
        "july-2.csv": [
          volume("V-01", "2026-07-04", 800), volume("V-02", "2026-07-20", 1200),
          direct("L-1", "P3", "2026-07-15", 1000),
          direct("L-2", "P3", "2026-07-16", -200, related: "L-1"),
        ]
      ])
    // P3 brings its agreement; it counts from the first of its month.
    world.change("P3") { $0.agreements = [("2026-07-20", "2026-08-31")] }
    run(
      "2026-08",
      [
        "august.csv": [
          direct("E1-2", "P1", "2026-08-05", 500), direct("E1-3", "P1", "2026-07-20", 200),
          volume("V-03", "2026-07-25", 4000), volume("V-04", "2026-08-11", 500),
          YearRow("C-1", "P2", "Volume", "2026-08-15", 9, "EUR", lever: "Market", given: 40),
        ]
      ])
    world.change("P2") { $0.payment?.isHeld = true }
    run(
      "2026-09",
      [
        "september.csv": [
          direct("E1-4", "P1", "2026-09-03", -700, related: "E1-1"),
          direct("E1-5", "P1", "2026-10-15", 500), volume("V-05", "2026-09-09", 1000),
          direct("L-3", "P3", "2026-09-10", 300),
        ]
      ])
  }

  private mutating func autumn() {
    world.change("P3") { $0.agreements = [("2026-07-20", "2026-10-31"), ("2026-12-01", nil)] }
    run("2026-10")
    run(
      "2026-10",
      [
        "october.csv": [
          volume("V-06", "2026-10-02", -3000, related: "V-03"),
          direct("L-7", "P3", "2026-11-20", 100),
        ]
      ])
    world.change("P2") { $0.payment = YearPayment(currency: "USD") }
    run(
      "2026-11",
      [
        "november.csv": [
          volume("V-07", "2026-11-11", 2500),
          direct("L-4", "P3", "2026-11-02", -100, related: "L-9"),
          // The same id with another amount replaces the one that was not eligible.
          direct("L-7", "P3", "2026-11-20", 200),
        ]
      ])
    world.change("P3") {
      $0.enrollments["Direct"] = YearEnrollment(status: "discontinued", endsOn: "2026-12-15")
    }
    run("2026-12", ["december.csv": december])
  }

  /// The feed that comes once more over the year's turn.
  var december: [YearRow] {
    [
      direct("E1-6", "P1", "2026-12-12", 3000), volume("V-08", "2026-07-30", 1000),
      volume("V-09", "2026-12-01", 600, "USD"), direct("L-5", "P3", "2026-12-10", 500),
      direct("L-6", "P3", "2026-12-20", 600),
    ]
  }

  private mutating func winter() {
    world.change(plan: "Volume") {
      $0.levers[0].rule = .tiers(
        isSlab: false, [YearTier(upTo: Self.units(2000), 20_000), YearTier(50_000)])
      $0.levers[0].cap = Self.units(50)
    }
    run(
      "2027-01",
      [
        "january.csv": [
          direct("E1-7", "P1", "2027-01-15", -1000, related: "E1-6"),
          volume("V-10", "2027-01-10", 1000), volume("V-11", "2026-11-20", -500),
        ]
      ])
    world.adjustments.append(
      YearAdjustment(
        id: "A-1", partner: "P1", program: "Direct", amount: Self.units(150), currency: "USD",
        appliesTo: "2027-02"))
    run("2027-02", ["february.csv": [volume("V-12", "2027-01-31", 2000)]])
    world.change(plan: "Volume") {
      $0.levers[0].rule = .tiers(
        isSlab: true, [YearTier(upTo: Self.units(2000), 30_000), YearTier(60_000)])
      $0.levers[0].cap = nil
    }
    run(
      "2027-03",
      [
        "march.csv": [
          direct("E1-8", "P1", "2027-03-03", 625), volume("V-13", "2027-03-03", 1500),
          volume("V-14", "2027-03-10", 1000), direct("L-9", "P3", "2026-10-05", 1000),
        ]
      ])
  }

  private mutating func spring() {
    world.change("P2") { $0.payment = YearPayment(currency: "KRW") }
    run(
      "2027-04",
      [
        "april.csv": [
          direct("E1-8", "P1", "2027-03-03", 626), volume("V-15", "2027-03-31", 100),
        ]
      ])
    world.change("P1") { $0.status = "terminated" }
    world.change("P2") { $0.payment = nil }
    run(
      "2027-05",
      [
        "may.csv": [
          direct("E1-9", "P1", "2027-05-10", 2000), volume("V-16", "2027-05-05", 1000),
          direct("L-6", "P3", "2026-12-05", 600),
        ]
      ])
    world.change("P2") { $0.payment = YearPayment(currency: "KRW") }
    run("2027-06")
  }
}
