/// A partner's program.
struct YearAccount: Hashable, Comparable {
  var partner: String
  var program: String

  static func < (left: Self, right: Self) -> Bool {
    (left.partner, left.program) < (right.partner, right.program)
  }
}

/// What is owed in one currency, and the co-op beside it.
struct YearBalance: Equatable {
  var amount: Int128 = 0
  var coop: Int128 = 0
}

/// A lever's month of one account.
struct YearMonth: Hashable {
  var account: YearAccount
  var lever: String
  var month: String
}

/// What closes leave behind.
struct YearBooks {
  var balances: [YearAccount: [String: YearBalance]] = [:]
  /// The basis of tiers, and what was earned before the cap, both in plan currency.
  var running: [YearMonth: (basis: Int128, earned: Int128)] = [:]
  var adjustments: Set<String> = []
  /// By period.
  var plans: [String: [YearPlan]] = [:]

  mutating func post(_ settled: YearSettlement, in period: String) {
    var balances: [String: YearBalance] = [:]
    for row in settled.rows where row.closing != 0 || row.coopClosing != 0 {
      balances[row.currency] = YearBalance(amount: row.closing, coop: row.coopClosing)
    }
    self.balances[settled.account] = balances
    running.merge(settled.running) { $1 }
  }
}

/// A row of the register.
struct YearRegisterRow: Equatable {
  var currency: String
  var opening: Int128 = 0
  var earned: Int128 = 0
  var adjustments: Int128 = 0
  var gross: Int128 = 0
  var salesTax: Int128 = 0
  var withheldTax: Int128 = 0
  var totalPayment: Int128 = 0
  var closing: Int128 = 0
  var coopOpening: Int128 = 0
  var coop: Int128 = 0
  var coopClosing: Int128 = 0
  var holds: [String] = []
  var hasLines = false

  var isRegistered: Bool {
    hasLines || [opening, closing, coopOpening, coopClosing].contains { $0 != 0 }
  }

  var isZero: Bool { opening == 0 && coopOpening == 0 }
}

/// An accepted earning as it counts.
struct YearLine {
  var entry: YearOracle.Entry
  var lever: YearLever
  var earned: Int128
  var currency: String
  var capped: Int128 = 0
}

struct YearSettlement {
  var account: YearAccount
  var lines: [YearLine] = []
  var rows: [YearRegisterRow] = []
  var running: [YearMonth: (basis: Int128, earned: Int128)] = [:]
}

extension YearOracle {
  private func product(_ amount: Int128, _ rate: Int128, to currency: String? = nil) -> Int128 {
    YearMoney.product(amount, rate, to: currency, halfEven: world.isHalfEven)
  }

  /// A year has every rate that it needs, but where a test takes one away.
  private func fx(_ month: String, _ from: String, _ to: String) -> Int128 {
    world.rate(month, from, to) ?? 0
  }

  /// Every account with a balance, an accepted earning or an adjustment.
  func accounts() -> [YearAccount] {
    var accounts = Set(books.balances.keys)
    for entry in openEntries { accounts.insert(account(entry.row)) }
    for adjustment in openAdjustments {
      accounts.insert(YearAccount(partner: adjustment.partner, program: adjustment.program))
    }
    return accounts.sorted()
  }

  private func account(_ row: YearRow) -> YearAccount {
    YearAccount(partner: row.partner, program: row.program)
  }

  private var openEntries: [Entry] {
    entries.filter { $0.bucket == "accepted" && $0.postedIn == nil }
  }

  func settle(_ account: YearAccount) -> YearSettlement {
    var settled = YearSettlement(account: account)
    guard let plan = world.plan(account.program) else { return settled }
    let own = openEntries.filter { self.account($0.row) == account }
    for lever in plan.levers {
      let lines = own.filter {
        ($0.row.lever.isEmpty ? plan.levers[0].name : $0.row.lever) == lever.name
      }
      for month in Set(lines.map(\.month)).sorted() {
        earn(lines.filter { $0.month == month }, lever, plan, month, &settled)
      }
    }
    addRows(plan, &settled)
    return settled
  }

  // MARK: What accepted earnings earn

  /// The lines of one lever and month: posted ones first, then by date and id.
  private func earn(
    _ entries: [Entry], _ today: YearLever, _ plan: YearPlan, _ month: String,
    _ settled: inout YearSettlement
  ) {
    // Tiers and cap of a closed month are those that were kept.
    let kept = books.plans[month]?.first { $0.name == plan.name }
    let then = kept?.levers.first { $0.name == today.name }
    var lever = today
    if let then {
      lever.cap = then.cap
      if case .tiers = then.rule { lever.rule = then.rule }
    }
    let currency = then == nil ? plan.currency : kept?.currency ?? plan.currency
    let key = YearMonth(account: settled.account, lever: today.name, month: month)
    var (basis, sum) = books.running[key] ?? (0, 0)
    let sorted = entries.sorted { ($0.row.date, $0.row.id) < ($1.row.date, $1.row.id) }
    for entry in sorted {
      var line = YearLine(entry: entry, lever: today, earned: 0, currency: entry.row.currency)
      switch lever.rule {
      case .given: line.earned = entry.row.given ?? 0
      case .rates(let rates):
        let day = entry.followedDay ?? entry.row.date
        let rate = rates.first { day <= $0.to ?? day }?.rate ?? 0
        line.earned = product(entry.row.amount, rate)
      case .tiers(let isSlab, let steps):
        let before = earnings(basis, isSlab, steps)
        basis += product(entry.row.amount, fx(month, entry.row.currency, currency))
        line.earned = earnings(basis, isSlab, steps) - before
        line.currency = currency
      }
      if let cap = lever.cap { applyCap(cap, currency, month, &line, &sum) }
      settled.lines.append(line)
    }
    settled.running[key] = (basis, sum)
  }

  /// What a basis earns in all.
  func earnings(_ basis: Int128, _ isSlab: Bool, _ steps: [YearTier]) -> Int128 {
    if basis < 0 { return product(basis, steps[0].rate) }
    if isSlab { return product(basis, steps.first { basis <= $0.upTo ?? basis }?.rate ?? 0) }
    // Added exactly, rounded once.
    var (exact, from): (Int128, Int128) = (0, 0)
    for step in steps where from < basis {
      let to = min(basis, step.upTo ?? basis)
      exact += (to - from) * step.rate
      from = to
    }
    return YearMoney.divide(exact, YearMoney.one, halfEven: world.isHalfEven)
  }

  private func applyCap(
    _ cap: Int128, _ currency: String, _ month: String, _ line: inout YearLine,
    _ sum: inout Int128
  ) {
    let inPlan = product(line.earned, fx(month, line.currency, currency))
    let payable = min(cap, sum + inPlan) - min(cap, sum)
    sum += inPlan
    guard payable != inPlan else { return }
    let kept = YearMoney.divide(line.earned * payable, inPlan, halfEven: world.isHalfEven)
    line.capped = line.earned - kept
    line.earned = kept
  }

  // MARK: Balances

  private func addRows(_ plan: YearPlan, _ settled: inout YearSettlement) {
    let openings = books.balances[settled.account] ?? [:]
    let payment = world.partner(settled.account.partner)?.payment
    let currency = payment?.currency ?? openings.keys.min() ?? plan.currency
    var row = YearRegisterRow(currency: currency)
    row.hasLines = !settled.lines.isEmpty
    row.opening = openings[currency]?.amount ?? 0
    row.coopOpening = openings[currency]?.coop ?? 0
    addSubtotals(settled.lines, plan, &row)
    for adjustment in openAdjustments
    where adjustment.partner == settled.account.partner
      && adjustment.program == settled.account.program
    {
      row.hasLines = true
      row.adjustments += product(
        adjustment.amount, fx(period, adjustment.currency, currency), to: currency)
    }
    for (old, balance) in openings.sorted(by: { $0.key < $1.key }) where old != currency {
      settled.rows.append(move(balance, from: old, to: &row))
    }
    row.coopClosing = row.coopOpening + row.coop
    pay(settled.account, plan, &row)
    settled.rows.append(row)
    settled.rows.removeAll { !$0.isRegistered }
    settled.rows.sort { $0.currency < $1.currency }
  }

  private func addSubtotals(_ lines: [YearLine], _ plan: YearPlan, _ row: inout YearRegisterRow) {
    var sums: [[String]: Int128] = [:]
    for line in lines {
      sums[[line.entry.month, line.lever.name, line.lever.type, line.currency], default: 0] +=
        line.earned
    }
    for (key, sum) in sums {
      let amount = product(sum, fx(period, key[3], row.currency), to: row.currency)
      var paid = amount
      if key[2] == "Co-op" { paid = 0 }
      if key[2] == "Rebate", let share = plan.rebateShare {
        paid = product(amount, share, to: row.currency)
      }
      row.earned += paid
      row.coop += amount - paid
    }
  }

  /// A balance in a currency that is no longer that of payment.
  private func move(
    _ balance: YearBalance, from old: String, to row: inout YearRegisterRow
  ) -> YearRegisterRow {
    var left = YearRegisterRow(currency: old)
    (left.opening, left.adjustments) = (balance.amount, -balance.amount)
    (left.coopOpening, left.coop) = (balance.coop, -balance.coop)
    let rate = fx(period, old, row.currency)
    row.adjustments += product(balance.amount, rate, to: row.currency)
    row.coop += product(balance.coop, rate, to: row.currency)
    if balance.amount != 0 { row.hasLines = true }
    return left
  }

  private func pay(_ account: YearAccount, _ plan: YearPlan, _ row: inout YearRegisterRow) {
    let available = row.opening + row.earned + row.adjustments
    row.closing = available
    row.holds = available == 0 ? [] : holds(account, plan, available, row.currency)
    guard row.holds.isEmpty, available > 0 else { return }
    let tax = world.partner(account.partner)?.tax
    row.gross = available
    row.salesTax = product(available, tax?.sales ?? 0, to: row.currency)
    row.withheldTax = product(available, tax?.withholding ?? 0, to: row.currency)
    row.totalPayment = row.gross + row.salesTax - row.withheldTax
    row.closing = 0
  }

  private func holds(
    _ account: YearAccount, _ plan: YearPlan, _ available: Int128, _ currency: String
  ) -> [String] {
    guard let partner = world.partner(account.partner) else { return ["lost"] }
    var holds: [String] = []
    if partner.status != "active" { holds.append("H501") }
    if plan.asksForEnrollment {
      let enrollment = partner.enrollments[plan.name]
      if !(enrollment.map { $0.status == "enrolled" || $0.endsOn != nil } ?? false) {
        holds.append("H502")
      }
    }
    if partner.tax == nil || partner.tax?.expiresOn ?? "9999" <= lastDay { holds.append("H503") }
    if partner.payment == nil { holds.append("H504") }
    if partner.payment?.isHeld == true { holds.append("H505") }
    var threshold = plan.thresholds[currency]
    if threshold == nil, let own = plan.thresholds[plan.currency] {
      threshold = product(own, fx(period, plan.currency, currency), to: currency)
    }
    if available > 0, available < threshold ?? 0 { holds.append("H506") }
    if available < 0 { holds.append("H507") }
    return holds
  }
}
