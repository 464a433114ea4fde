import Domain
import ExactMoney
import Feeds
import Ledger

/// Proves that everything adds up (docs/rules.md, "What must add up") before it is published.
///
/// Each sum is worked out here again from its parts, not taken from whoever made it.
struct Proof {
  private(set) var feeds = 0
  private(set) var statements = 0
  private(set) var registerRows = 0
  /// What the statements pay, by currency; compared with the register in the end.
  private var statementPayments: [Currency: Money] = [:]
  private var registerPayments: [Currency: Money] = [:]

  /// Proves that the rows of a feed are all in one bucket each, and the amounts too.
  ///
  /// - Throws: ``RunFailure``.
  mutating func check(_ feed: PeriodSession.SessionFeed, _ tally: BucketTally) throws {
    feeds += 1
    let name = feed.feed.name
    var rows = 0
    var sums = [ExactAmount](repeating: .zero, count: Currency.count)
    for (key, entry) in tally.entries where key.feed == Int(feed.feed.number) {
      rows += entry.rows
      if let currency = key.currency {
        sums[Int(currency.index)] = try sums[Int(currency.index)].plus(entry.amount)
      }
    }
    guard rows == feed.totals.rows else {
      throw failure("feed \(name): \(feed.totals.rows) rows, \(rows) in buckets")
    }
    for currency in Currency.all
    where sums[Int(currency.index)] != feed.totals.sums[Int(currency.index)] {
      throw failure("feed \(name): amounts in \(currency.code) are not all in buckets")
    }
  }

  /// Proves that a settlement's lines, subtotals, totals and balances add up.
  ///
  /// - Throws: ``RunFailure``.
  mutating func check(_ settlement: Settlement, partner: String) throws {
    statements += 1
    try checkSubtotals(settlement, partner)
    let zero = Money.zero(settlement.currency)
    var earned = zero
    var coop = settlement.coopMoved
    for subtotal in settlement.subtotals {
      earned = try earned.plus(subtotal.amount).minus(subtotal.coop)
      coop = try coop.plus(subtotal.coop)
    }
    var adjustments = zero
    for line in settlement.adjustmentLines { adjustments = try adjustments.plus(line.amount) }
    let closing = try settlement.opening.plus(earned).plus(adjustments).minus(settlement.gross)
    let payment = try settlement.gross.plus(settlement.salesTax).minus(settlement.withheldTax)
    let coopClosing = try settlement.coopOpening.plus(coop)
    guard earned == settlement.earned, adjustments == settlement.adjustments,
      coop == settlement.coop, closing == settlement.closing,
      coopClosing == settlement.coopClosing, payment == settlement.totalPayment,
      !settlement.totalPayment.isNegative
    else { throw failure("the statement of \(partner) does not add up") }
    try add(settlement.totalPayment, to: &statementPayments)
  }

  private func checkSubtotals(_ settlement: Settlement, _ partner: String) throws {
    struct Key: Hashable {
      var period: Period
      var lever: Int
      var type: EarningType
      var currency: Currency
    }
    var sums: [Key: ExactAmount] = [:]
    // Lines of one key stand together: the dictionary is asked where a stretch of them ends.
    var stretch: (key: Key, sum: ExactAmount)?
    for line in settlement.lines {
      let key = Key(
        period: line.period, lever: Int(line.record.lever), type: line.record.earningType,
        currency: line.earnedCurrency)
      if let ended = stretch, ended.key != key {
        sums[ended.key] = try (sums[ended.key] ?? .zero).plus(ended.sum)
        stretch = nil
      }
      stretch = (key, try (stretch?.sum ?? .zero).plus(line.earned ?? .zero))
    }
    if let stretch { sums[stretch.key] = try (sums[stretch.key] ?? .zero).plus(stretch.sum) }
    for subtotal in settlement.subtotals {
      let key = Key(
        period: subtotal.period, lever: subtotal.lever, type: subtotal.earningType,
        currency: subtotal.earnedCurrency)
      guard sums.removeValue(forKey: key) == subtotal.earned ?? .zero else {
        throw failure("lines and subtotals of \(partner) disagree")
      }
    }
    guard sums.isEmpty else { throw failure("lines of \(partner) are in no subtotal") }
  }

  /// Counts a row of the register.
  mutating func register(_ settlement: Settlement) throws {
    registerRows += 1
    try add(settlement.totalPayment, to: &registerPayments)
  }

  /// Proves that statements and register pay the same.
  ///
  /// - Throws: ``RunFailure``.
  func finish() throws {
    for (currency, amount) in statementPayments
    where registerPayments[currency] ?? .zero(currency) != amount {
      throw failure("statements and register pay different amounts in \(currency.code)")
    }
  }

  /// What was proved, and over how many things.
  var checks: [(rule: String, checked: Int)] {
    [
      ("rows and amounts of each feed are in one bucket each", feeds),
      ("lines, subtotals, totals and balances add up", statements),
      ("statements and register pay the same", registerRows),
    ]
  }

  /// What the register pays, by currency code.
  var paid: [(currency: Currency, amount: Money)] {
    registerPayments.filter { !$0.value.isZero }.sorted { $0.key < $1.key }.map { ($0, $1) }
  }

  private func add(_ money: Money, to sums: inout [Currency: Money]) throws {
    sums[money.currency] = try (sums[money.currency] ?? .zero(money.currency)).plus(money)
  }

  private func failure(_ what: String) -> RunFailure {
    let message = "a sum does not hold: \(what); nothing was published"
    return RunFailure(
      .sumsDisagree, message, findings: [Finding(.C402, feed: "", message: message)])
  }
}
