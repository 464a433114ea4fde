import Domain
import ExactMoney

/// Works out why a balance is paid another amount than before, as causes that add up to the
/// difference.
///
/// payment = opening + earned + adjustments − closing + sales tax − withheld tax, and what was
/// earned is taken from one state to the other step by step: new rows, rows gone, rows changed,
/// the cap, the exchange rate. Each step is converted and rounded as a subtotal is, so that what
/// the steps come to is exact.
struct DiffCauses {
  private(set) var causes: [Diff.Cause] = []
  private let old: DiffBalance
  private let new: DiffBalance
  private let rounding: RoundingMode

  private typealias Key = DiffStatement.Key
  private typealias Group = DiffStatement.Group

  /// - Throws: ``RunFailure`` with code 65 if the causes do not come to the difference;
  ///   ``MoneyError``.
  init(from old: DiffBalance, to new: DiffBalance, _ rounding: RoundingMode) throws {
    self.old = old
    self.new = new
    self.rounding = rounding
    try add("opening", new.opening, old.opening)
    if let before = old.statement, let after = new.statement {
      let keys = Set(before.groups.keys).union(after.groups.keys)
      for key in keys.sorted(by: Key.precedes) {
        try earn(key, before.groups[key], after.groups[key])
      }
      try adjust(before.adjustments, after.adjustments)
    } else {
      try add("earned", new.earned, old.earned)
      try add("adjustments", new.adjustments, old.adjustments)
    }
    try add("held", old.closing, new.closing)
    try add("salesTax", new.salesTax, old.salesTax)
    try add("withheldTax", old.withheldTax, new.withheldTax)
    try check()
  }

  private func check() throws {
    var sum = Money.zero(new.name.currency)
    for cause in causes { sum = try sum.plus(cause.money) }
    guard try sum == new.payment.minus(old.payment) else {
      throw RunFailure(
        .sumsDisagree,
        "the causes for \(SafeText.shown(new.name.participantId)) in \(new.name.program) come to"
          + " \(sum.text) \(new.name.currency.code), the payment differs by"
          + " \(try new.payment.minus(old.payment).text)")
    }
  }

  // MARK: Adding causes

  private mutating func add(_ cause: String, _ plus: Money, _ minus: Money) throws {
    let difference = try plus.minus(minus)
    if !difference.isZero { causes.append(Diff.Cause(cause, difference)) }
  }

  private mutating func add(
    _ cause: String, _ key: Key, rows: Int?, _ plus: Money, _ minus: Money
  ) throws {
    let difference = try plus.minus(minus)
    guard !difference.isZero || (rows ?? 0) > 0 else { return }
    var entry = Diff.Cause(cause, difference)
    entry.rows = rows
    entry.lever = key.lever
    entry.earningType = key.earningType
    entry.period = key.period
    causes.append(entry)
  }

  // MARK: What was earned

  private mutating func earn(_ key: Key, _ old: Group?, _ new: Group?) throws {
    let zero = Money.zero(self.new.name.currency)
    // Rows are converted at the old rate; what another rate makes of them is a cause of its own.
    let rate = old == nil ? new?.exchangeRate : old?.exchangeRate
    let before = old ?? Group()
    let after = new ?? Group()
    let end = after.amount ?? zero
    var amount = before.amount ?? zero
    var earned = try DiffCauses.sum(before.lines.values).minus(before.capped)
    for step in try steps(before, after) {
      earned = try earned.plus(step.change)
      let next = try converted(earned, rate)
      try add(step.cause, key, rows: step.rows, next, amount)
      amount = next
    }
    let isOtherRate = old != nil && new != nil && old?.exchangeRate != new?.exchangeRate
    try add(isOtherRate ? "exchangeRate" : "rounding", key, rows: nil, end, amount)
    try add("coop", key, rows: nil, before.coop ?? zero, after.coop ?? zero)
  }

  private func steps(
    _ old: Group, _ new: Group
  ) throws(MoneyError) -> [(cause: String, rows: Int?, change: ExactAmount)] {
    let added = new.lines.filter { old.lines[$0.key] == nil }
    let gone = old.lines.filter { new.lines[$0.key] == nil }
    var changed: [ExactAmount] = []
    for (id, earned) in new.lines {
      guard let before = old.lines[id], before != earned else { continue }
      changed.append(try earned.minus(before))
    }
    return [
      ("newRows", added.count, try DiffCauses.sum(added.values)),
      ("goneRows", gone.count, try DiffCauses.sum(gone.values).negated),
      ("changedRows", changed.count, try DiffCauses.sum(changed)),
      ("cap", nil, try old.capped.minus(new.capped)),
    ]
  }

  private static func sum(
    _ amounts: some Sequence<ExactAmount>
  ) throws(MoneyError) -> ExactAmount {
    var sum = ExactAmount.zero
    for amount in amounts { sum = try sum.plus(amount) }
    return sum
  }

  private func converted(_ earned: ExactAmount, _ rate: ExactRate?) throws(MoneyError) -> Money {
    let currency = new.name.currency
    guard let rate else { return .zero(currency) }
    return try Money(converting: earned, at: rate, to: currency, rounding)
  }

  // MARK: Adjustments

  private mutating func adjust(
    _ before: [String: DiffStatement.Posted], _ after: [String: DiffStatement.Posted]
  ) throws {
    let zero = Money.zero(new.name.currency)
    for id in Set(before.keys).union(after.keys).sorted(by: precedesInBytes) {
      let difference = try (after[id]?.amount ?? zero).minus(before[id]?.amount ?? zero)
      guard !difference.isZero else { continue }
      let isRate = before[id] != nil && before[id]?.given == after[id]?.given
      var cause = Diff.Cause(isRate ? "exchangeRate" : "adjustment", difference)
      cause.adjustmentId = id
      causes.append(cause)
    }
  }
}

extension DiffStatement.Key {
  fileprivate static func precedes(_ left: Self, _ right: Self) -> Bool {
    let lists = (
      [left.lever, left.earningType, left.period, left.currency],
      [right.lever, right.earningType, right.period, right.currency]
    )
    for (a, b) in zip(lists.0, lists.1) where a != b { return precedesInBytes(a, b) }
    return false
  }
}
