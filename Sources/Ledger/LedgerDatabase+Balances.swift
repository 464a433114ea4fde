package import Domain

// What the closes recorded.

extension LedgerDatabase {
  /// The closes, in the order of their periods.
  ///
  /// - Throws: ``LedgerFault``.
  package func closes() throws(LedgerFault) -> [LedgerClosing] {
    var closes: [LedgerClosing] = []
    let query = try database.prepare(
      """
      SELECT close.period, asOf, hex(manifestDigest) FROM close
      JOIN run ON run.number = close.run ORDER BY close.period
      """)
    try query.rows { row throws(LedgerFault) in
      closes.append(
        LedgerClosing(
          period: try row.period(0), asOf: try row.day(1), manifestDigest: try row.digest(2)))
    }
    return closes
  }

  /// The balances that were not zero after the close of a period, co-op or other, by
  /// participantId, program and currency (by their bytes).
  ///
  /// - Throws: ``LedgerFault``.
  package func balances(after period: Period) throws(LedgerFault) -> [LedgerBalance] {
    var balances: [LedgerBalance] = []
    let query = try database.prepare(
      """
      SELECT participantId, program.name, currency, closing, coopClosing FROM settlement
      JOIN partner ON partner.number = settlement.partner
      JOIN program ON program.number = settlement.program
      WHERE period = ? AND (closing <> '0' OR coopClosing <> '0')
      ORDER BY participantId, program.name, currency
      """)
    try query.rows(.period(period)) { row throws(LedgerFault) in
      let name = try row.balanceName(from: 0)
      balances.append(
        LedgerBalance(
          name: name, closing: try row.money(3, name.currency),
          coopClosing: try row.money(4, name.currency)))
    }
    return balances
  }

  /// The settlements of a closed period, by participantId, program and currency.
  ///
  /// - Throws: ``LedgerFault``.
  package func settlements(_ period: Period) throws(LedgerFault) -> [LedgerSettlement] {
    var settlements: [LedgerSettlement] = []
    let query = try database.prepare(
      """
      SELECT participantId, program.name, s.currency, opening, earned, adjustments,
        currencyChange, gross, salesTax, withheldTax, totalPayment, closing, coopOpening, coop,
        coopCurrencyChange, coopClosing, paymentMethod, holds, paymentId, attempt
      FROM settlement AS s
      JOIN partner ON partner.number = s.partner
      JOIN program ON program.number = s.program
      LEFT JOIN payment USING (period, partner, program, currency)
      WHERE s.period = ? ORDER BY participantId, program.name, s.currency
      """)
    try query.rows(.period(period)) { row throws(LedgerFault) in
      settlements.append(try LedgerSettlement(row))
    }
    let returns = Dictionary(grouping: try returns(takenBy: period), by: \.balance)
    guard !returns.isEmpty else { return settlements }
    for index in settlements.indices {
      settlements[index].returns = returns[settlements[index].balance] ?? []
    }
    return settlements
  }

  /// Where tiers and caps stood after the close of a period, by month, participantId, program and
  /// lever.
  ///
  /// - Parameters:
  ///   - last: The last close that counts.
  ///   - month: Only this month.
  /// - Throws: ``LedgerFault``.
  package func leverMonths(
    upTo last: Period, month: Period? = nil
  ) throws(LedgerFault) -> [LedgerLeverMonth] {
    var months: [LedgerLeverMonth] = []
    // Of a group, SQLite gives the row that has the maximum.
    let query = try database.prepare(
      """
      SELECT participantId, program.name, lever.name, month, basisPicos, earnedPicos FROM (
        SELECT month, partner, program, lever, basisPicos, earnedPicos, max(period)
        FROM leverMonth WHERE period <= ?1 AND month BETWEEN ?2 AND ?3
        GROUP BY month, partner, program, lever) AS latest
      JOIN partner ON partner.number = latest.partner
      JOIN program ON program.number = latest.program
      JOIN lever ON lever.number = latest.lever
      ORDER BY month, participantId, program.name, lever.name
      """)
    try query.rows(
      .period(last), .text(month?.text ?? ""), .text(month?.text ?? "9999-12")
    ) { row throws(LedgerFault) in
      months.append(
        LedgerLeverMonth(
          participantId: row.text(0), program: row.text(1), lever: row.text(2),
          month: try row.period(3), basis: try row.amount(4), earned: try row.amount(5)))
    }
    return months
  }

  /// The adjustments posted, by id.
  ///
  /// - Throws: ``LedgerFault``.
  package func adjustments() throws(LedgerFault) -> [LedgerAdjustment] {
    var adjustments: [LedgerAdjustment] = []
    let query = try database.prepare(
      "SELECT adjustmentId, hex(contentDigest), period FROM adjustment ORDER BY adjustmentId")
    try query.rows { row throws(LedgerFault) in
      adjustments.append(
        LedgerAdjustment(
          adjustmentId: row.text(0), contentDigest: try row.digest(1),
          period: try row.period(2)))
    }
    return adjustments
  }

  /// The payments issued by the close of a period, by participantId, program and currency.
  ///
  /// - Throws: ``LedgerFault``.
  package func payments(_ period: Period) throws(LedgerFault) -> [LedgerPayment] {
    try payments(where: "payment.period = ?", .period(period))
  }

  /// The payment with this id.
  ///
  /// - Throws: ``LedgerFault``.
  package func payment(paymentId: String) throws(LedgerFault) -> LedgerPayment? {
    try payments(where: "paymentId = ?", .text(paymentId)).first
  }

  private func payments(
    where condition: String, _ value: DatabaseValue
  ) throws(LedgerFault) -> [LedgerPayment] {
    var payments: [LedgerPayment] = []
    let query = try database.prepare(
      """
      SELECT participantId, program.name, currency, paymentId, period, attempt, paymentMethod,
        amount
      FROM payment JOIN settlement USING (period, partner, program, currency)
      JOIN partner ON partner.number = payment.partner
      JOIN program ON program.number = payment.program
      WHERE \(condition) ORDER BY participantId, program.name, currency, attempt
      """)
    try query.rows(value) { row throws(LedgerFault) in
      let name = try row.balanceName(from: 0)
      payments.append(
        LedgerPayment(
          paymentId: row.text(3), period: try row.period(4), balance: name,
          attempt: row.count(5), paymentMethod: try row.paymentMethod(6),
          amount: try row.money(7, name.currency)))
    }
    return payments
  }
}

extension LedgerSettlement {
  /// A settlement from its names, its 13 amounts, and what else the register says of it.
  fileprivate init(_ row: DatabaseRow) throws(LedgerFault) {
    let name = try row.balanceName(from: 0)
    self.init(
      participantId: name.participantId, program: name.program, currency: name.currency)
    opening = try row.money(3, name.currency)
    earned = try row.money(4, name.currency)
    adjustments = try row.money(5, name.currency)
    currencyChange = try row.money(6, name.currency)
    gross = try row.money(7, name.currency)
    salesTax = try row.money(8, name.currency)
    withheldTax = try row.money(9, name.currency)
    totalPayment = try row.money(10, name.currency)
    closing = try row.money(11, name.currency)
    coopOpening = try row.money(12, name.currency)
    coop = try row.money(13, name.currency)
    coopCurrencyChange = try row.money(14, name.currency)
    coopClosing = try row.money(15, name.currency)
    paymentMethod = try row.paymentMethod(16)
    holds = try row.read(HoldReasons(text: row.text(17)), 17)
    if let paymentId = row.optionalText(18) {
      payment = Payment(paymentId: paymentId, attempt: row.count(19))
    }
  }
}
