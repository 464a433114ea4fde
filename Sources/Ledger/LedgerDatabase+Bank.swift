import ByteStreams
import Domain
import ExactMoney

// What banks have said.

extension LedgerDatabase {
  /// The files of banks, in the order in which they were reconciled.
  ///
  /// - Throws: ``LedgerFault``.
  func bankFiles() throws(LedgerFault) -> [LedgerBankFile] {
    var files: [LedgerBankFile] = []
    let query = try database.prepare(
      """
      SELECT number, period, name, deliveredAs, hex(digest), format, messageId, pending
      FROM bankFile ORDER BY number
      """)
    try query.rows { row throws(LedgerFault) in
      files.append(
        LedgerBankFile(
          number: row.count(0), period: try row.period(1), name: row.text(2),
          deliveredAs: row.text(3), digest: try row.digest(4), format: row.text(5),
          messageId: row.text(6), pending: row.count(7)))
    }
    return files
  }

  /// Their entries, in order.
  ///
  /// - Parameter condition: Which, as SQL.
  /// - Throws: ``LedgerFault``.
  func bankEntries(where condition: String = "1") throws(LedgerFault) -> [LedgerBankEntry] {
    var entries: [LedgerBankEntry] = []
    let query = try database.prepare(
      """
      SELECT number, bankFile, line, hex(identity), day, direction, currency, amount, reference,
        endToEndId, repeats
      FROM bankEntry WHERE \(condition) ORDER BY number
      """)
    try query.rows { row throws(LedgerFault) in
      let currency = try row.currency(6)
      entries.append(
        LedgerBankEntry(
          number: row.count(0), file: row.count(1), line: row.count(2),
          identity: try row.digest(3), day: try row.day(4), isDebit: row.text(5) == "debit",
          currency: currency, amount: row.isNull(7) ? nil : try row.money(7, currency),
          reference: row.text(8), endToEndId: row.text(9),
          repeats: row.isNull(10) ? nil : row.count(10)))
    }
    return entries
  }

  /// The payments that were issued, with what became of them, by period, partner and program.
  ///
  /// - Parameter condition: Which, as SQL about `payment`.
  /// - Throws: ``LedgerFault``.
  func stories(
    where condition: String? = nil, _ values: DatabaseValue...
  ) throws(LedgerFault) -> [LedgerPaymentStory] {
    var stories: [LedgerPaymentStory] = []
    var places: [String: Int] = [:]
    let query = try database.prepare(
      """
      SELECT participantId, program.name, payment.currency, payment.paymentId, payment.period,
        attempt, paymentMethod, payment.amount, gross, salesTax, withheldTax, r.period
      FROM payment JOIN settlement AS s USING (period, partner, program, currency)
      JOIN partner ON partner.number = payment.partner
      JOIN program ON program.number = payment.program
      LEFT JOIN settlementReturn AS r ON r.paymentId = payment.paymentId
      WHERE \(condition ?? "1")
      ORDER BY payment.period, participantId, program.name, payment.currency, attempt
      """)
    try query.rows(values) { row throws(LedgerFault) in
      let name = try row.balanceName(from: 0)
      let payment = LedgerPayment(
        paymentId: row.text(3), period: try row.period(4), balance: name, attempt: row.count(5),
        paymentMethod: try row.paymentMethod(6), amount: try row.money(7, name.currency))
      var story = LedgerPaymentStory(
        payment: payment, gross: try row.money(8, name.currency),
        salesTax: try row.money(9, name.currency), withheldTax: try row.money(10, name.currency))
      if !row.isNull(11) { story.putBack = try row.period(11) }
      places[payment.paymentId] = stories.count
      stories.append(story)
    }
    // One payment has its own looked up; of all of them the tables are read once.
    let ids = condition == nil ? [nil] : stories.map { Optional($0.payment.paymentId) }
    try addEvents(ids, places, to: &stories)
    try addStatuses(ids, places, to: &stories)
    try addOtherEntries(places, to: &stories)
    return stories
  }

  private func addOtherEntries(
    _ places: [String: Int], to stories: inout [LedgerPaymentStory]
  ) throws(LedgerFault) {
    guard !places.isEmpty else { return }
    // As banks give ids back: in other cases, with blanks.
    let byId = Dictionary(places.map { ($0.uppercased(), $1) }) { first, _ in first }
    let entries = try bankEntries(
      where: """
        repeats IS NULL AND endToEndId <> ''
          AND number NOT IN (SELECT bankEntry FROM paymentEvent WHERE bankEntry IS NOT NULL)
        """)
    for entry in entries {
      guard let place = byId[entry.endToEndId.filter { $0 != " " }.uppercased()] else { continue }
      stories[place].otherEntries.append(entry)
    }
  }

  /// - Parameter ids: Of which payments; nil of all.
  private func addEvents(
    _ ids: [String?], _ places: [String: Int], to stories: inout [LedgerPaymentStory]
  ) throws(LedgerFault) {
    let query = try database.prepare(
      """
      SELECT number, bankFile, bankEntry, kind, step, line, day, moved, reason, information,
        hex(destination), destination IS NULL, paymentId
      FROM paymentEvent \(ids == [nil] ? "" : "WHERE paymentId = ?") ORDER BY number
      """)
    for id in ids {
      try query.rows(id.map { [.text($0)] } ?? []) { row throws(LedgerFault) in
        guard let place = places[row.text(12)] else { return }
        stories[place].events.append(try LedgerPaymentEvent(row, stories[place].payment))
      }
    }
  }

  private func addStatuses(
    _ ids: [String?], _ places: [String: Int], to stories: inout [LedgerPaymentStory]
  ) throws(LedgerFault) {
    let query = try database.prepare(
      """
      SELECT number, bankFile, code, step, line, paymentId
      FROM paymentStatus \(ids == [nil] ? "" : "WHERE paymentId = ?") ORDER BY number
      """)
    for id in ids {
      try query.rows(id.map { [.text($0)] } ?? []) { row in
        guard let place = places[row.text(5)] else { return }
        stories[place].statuses.append(
          LedgerPaymentStatus(
            number: row.count(0), file: row.count(1), paymentId: row.text(5), code: row.text(2),
            step: row.text(3), line: row.count(4)))
      }
    }
  }

  /// The payments that a close put back, with what was said of them then.
  ///
  /// - Throws: ``LedgerFault``.
  func returns(takenBy period: Period) throws(LedgerFault) -> [LedgerReturn] {
    var events: [String: Int] = [:]
    let query = try database.prepare(
      "SELECT paymentId, event FROM settlementReturn WHERE period = ?")
    try query.rows(.period(period)) { row in events[row.text(0)] = row.count(1) }
    guard !events.isEmpty else { return [] }
    return try stories(where: "r.period = ?", .period(period)).compactMap { story in
      story.events.first { $0.number == events[story.payment.paymentId] }
        .map { LedgerReturn(story, $0) }
    }
  }

  /// The payments that wait to be put back by the next close.
  ///
  /// - Throws: ``LedgerFault``.
  func pendingReturns() throws(LedgerFault) -> [LedgerReturn] {
    let condition =
      """
      r.period IS NULL AND payment.paymentId IN
        (SELECT paymentId FROM paymentEvent WHERE kind <> 'booked')
      """
    return try stories(where: condition).compactMap { story in
      story.returning.map { LedgerReturn(story, $0) }
    }
  }
}

extension LedgerPaymentEvent {
  fileprivate init(_ row: DatabaseRow, _ payment: LedgerPayment) throws(LedgerFault) {
    let kind = try row.read(Kind(rawValue: row.text(3)), 3)
    self.init(
      number: row.count(0), file: row.count(1), entry: row.isNull(2) ? nil : row.count(2),
      paymentId: payment.paymentId, kind: kind, step: row.text(4), line: row.count(5),
      day: row.isNull(6) ? nil : try row.day(6),
      moved: row.isNull(7) ? nil : try row.money(7, payment.amount.currency))
    reason = row.text(8)
    information = row.text(9)
    if row.integer(11) == 0 { destination = try row.digest(10) }
  }
}

extension LedgerReturn {
  init(_ story: LedgerPaymentStory, _ event: LedgerPaymentEvent) {
    self.init(
      paymentId: story.payment.paymentId, period: story.payment.period,
      balance: story.payment.balance, gross: story.gross, salesTax: story.salesTax,
      withheldTax: story.withheldTax, event: event.number, reason: event.reason)
  }
}
