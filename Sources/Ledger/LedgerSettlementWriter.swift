import Domain

/// Writes the settlements of one period, with their postings and payments.
final class LedgerSettlementWriter {
  private let periodText: DatabaseValue
  private let partners: LedgerNames
  private let programs: LedgerNames
  private let settlements: DatabaseInsert
  private let postings: DatabaseInsert
  private let payments: DatabaseInsert
  private let returns: DatabaseInsert

  private static let balance = ["period", "partner", "program", "currency"]
  private static let amounts = [
    "opening", "earned", "adjustments", "currencyChange", "gross", "salesTax", "withheldTax",
    "totalPayment", "closing", "coopOpening", "coop", "coopCurrencyChange", "coopClosing",
  ]

  /// - Throws: ``LedgerFault``.
  init(_ database: Database, _ period: Period) throws(LedgerFault) {
    periodText = .period(period)
    let balance = LedgerSettlementWriter.balance
    partners = try LedgerNames.partners(database)
    programs = try LedgerNames.programs(database)
    settlements = try DatabaseInsert(
      database, "settlement",
      balance + LedgerSettlementWriter.amounts + ["paymentMethod", "holds"])
    postings = try DatabaseInsert(
      database, "posting", balance + ["cause", "debit", "credit", "amount"])
    payments = try DatabaseInsert(
      database, "payment", balance + ["paymentId", "attempt", "amount"])
    returns = try DatabaseInsert(
      database, "settlementReturn", balance + ["paymentId", "event"])
  }

  /// - Throws: ``LedgerFault``.
  func key(_ name: LedgerBalanceName) throws(LedgerFault) -> LedgerBalanceKey {
    LedgerBalanceKey(
      partner: try partners.number(name.participantId),
      program: try programs.number(name.program), currency: name.currency)
  }

  /// Writes a settlement, now or by ``flush()``.
  ///
  /// - Throws: ``LedgerFault``.
  func settle(_ row: LedgerSettlement, _ key: LedgerBalanceKey) throws(LedgerFault) {
    let amounts = row.amounts.map { DatabaseValue.money($0) }
    try settlements.add(
      balance(key) + amounts + [.text(row.paymentMethod?.rawValue), .text(row.holds.text)])
  }

  /// Writes what a settlement posts and pays, now or by ``flush()``; all settlements are flushed.
  ///
  /// - Throws: ``LedgerFault``.
  func post(_ row: LedgerSettlement, _ key: LedgerBalanceKey) throws(LedgerFault) {
    let balance = balance(key)
    for posting in try LedgerPosting.all(row) {
      try postings.add(
        balance + [
          .text(posting.cause.rawValue), .text(posting.debit), .text(posting.credit),
          .text(String(posting.amount)),
        ])
    }
    for returned in row.returns {
      try returns.add(balance + [.text(returned.paymentId), .integer(returned.event)])
    }
    guard let payment = row.payment else { return }
    try payments.add(
      balance + [.text(payment.paymentId), .integer(payment.attempt), .money(row.totalPayment)])
  }

  /// Writes what waits.
  ///
  /// - Throws: ``LedgerFault``.
  func flush() throws(LedgerFault) {
    try settlements.flush()
    try postings.flush()
    try payments.flush()
    try returns.flush()
  }

  private func balance(_ key: LedgerBalanceKey) -> [DatabaseValue] {
    [periodText, .integer(key.partner), .integer(key.program), .currency(key.currency)]
  }
}
