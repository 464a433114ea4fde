import Domain
import ExactMoney

/// Follows every balance from close to close.
struct LedgerVerifier {
  private(set) var found: [LedgerDisagreement] = []
  private let ledger: LedgerDatabase
  /// By the bytes of the names.
  private var closings: [[UInt8]: LedgerBalance] = [:]
  private let postings: DatabaseStatement
  private let payments: DatabaseStatement

  /// - Throws: ``LedgerFault``.
  init(_ ledger: LedgerDatabase) throws(LedgerFault) {
    self.ledger = ledger
    let balance =
      """
      period = ? AND currency = ?
        AND partner = (SELECT number FROM partner WHERE participantId = ?)
        AND program = (SELECT number FROM program WHERE name = ?)
      """
    postings = try ledger.database.prepare(
      "SELECT cause, debit, credit, amount FROM posting WHERE \(balance)")
    payments = try ledger.database.prepare("SELECT amount FROM payment WHERE \(balance)")
  }

  /// Checks the settlements of a period; periods come in their order.
  ///
  /// - Throws: ``LedgerFault``.
  mutating func check(_ period: Period) throws(LedgerFault) {
    var next: [[UInt8]: LedgerBalance] = [:]
    for settlement in try ledger.settlements(period) {
      let key = LedgerVerifier.key(settlement.balance)
      try check(settlement, period, before: closings.removeValue(forKey: key))
      guard !settlement.closing.isZero || !settlement.coopClosing.isZero else { continue }
      next[key] = LedgerBalance(
        name: settlement.balance, closing: settlement.closing,
        coopClosing: settlement.coopClosing)
    }
    let leftOut = closings.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    found += leftOut.map { .leftOut(period, $0.value.name) }
    closings = next
  }

  private mutating func check(
    _ settlement: LedgerSettlement, _ period: Period, before: LedgerBalance?
  ) throws(LedgerFault) {
    let name = settlement.balance
    if let equation = settlement.brokenEquation {
      found.append(.settlement(period, name, equation: equation))
    }
    if settlement.opening.minorUnits != before?.closing.minorUnits ?? 0
      || settlement.coopOpening.minorUnits != before?.coopClosing.minorUnits ?? 0
    {
      found.append(.opening(period, name))
    }
    let values: [DatabaseValue] = [
      .period(period), .currency(name.currency), .text(name.participantId), .text(name.program),
    ]
    if try !postingsAgree(settlement, values) { found.append(.postings(period, name)) }
    if try !paymentAgrees(settlement, values) { found.append(.payment(period, name)) }
  }

  /// The accounts `payable` and `coop` move by what lies between opening and closing, and each
  /// amount of the settlement is posted once.
  private func postingsAgree(
    _ settlement: LedgerSettlement, _ values: [DatabaseValue]
  ) throws(LedgerFault) -> Bool {
    var left = Set(try LedgerPosting.all(settlement).map(\.text))
    var (payable, coop) = (settlement.opening.minorUnits, settlement.coopOpening.minorUnits)
    var agrees = true
    try postings.rows(values) { row throws(LedgerFault) in
      let texts = (0..<4).map(row.text)
      if left.remove(texts.joined(separator: " ")) == nil { agrees = false }
      let amount = try row.whole(3)
      for (account, change) in [(texts[1], -amount), (texts[2], amount)] {
        if account == "payable" { payable &+= change }
        if account == "coop" { coop &+= change }
      }
    }
    return agrees && left.isEmpty && payable == settlement.closing.minorUnits
      && coop == settlement.coopClosing.minorUnits
  }

  private func paymentAgrees(
    _ settlement: LedgerSettlement, _ values: [DatabaseValue]
  ) throws(LedgerFault) -> Bool {
    var amounts: [Int128] = []
    try payments.rows(values) { row throws(LedgerFault) in amounts.append(try row.whole(0)) }
    let total = settlement.totalPayment.minorUnits
    return amounts == (total == 0 ? [] : [total])
  }

  private static func key(_ name: LedgerBalanceName) -> [UInt8] {
    var key = Array(name.currency.code.utf8) + Array(name.participantId.utf8)
    key.append(0)
    key += Array(name.program.utf8)
    return key
  }
}

extension LedgerPosting {
  fileprivate var text: String { "\(cause.rawValue) \(debit) \(credit) \(amount)" }
}
