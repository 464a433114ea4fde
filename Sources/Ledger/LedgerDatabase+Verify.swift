import Domain

// What must hold in the ledger, worked out again from its rows.

extension LedgerDatabase {
  /// Works out again what must hold, and returns what does not; empty if all is well.
  ///
  /// Memory grows with the number of balances, not of closes.
  ///
  /// - Throws: ``LedgerFault``, also if the file is too damaged to be read.
  package func verify() throws(LedgerFault) -> [LedgerDisagreement] {
    var found: [LedgerDisagreement] = []
    try database.reading { () throws(LedgerFault) in
      found = try fileDisagreements()
      // What is not even a sound file is not worth being added up.
      guard found.isEmpty else { return }
      found += try schemaDisagreements()
      found += try numberDisagreements()
      found += try closeDisagreements()
      found += try settlementDisagreements()
      found += try bankDisagreements()
    }
    return found
  }

  private func fileDisagreements() throws(LedgerFault) -> [LedgerDisagreement] {
    var found: [LedgerDisagreement] = []
    try database.prepare("PRAGMA integrity_check").rows { row in
      if row.text(0) != "ok" { found.append(.file(row.text(0))) }
    }
    return found
  }

  private func schemaDisagreements() throws(LedgerFault) -> [LedgerDisagreement] {
    var found: [LedgerDisagreement] = []
    try database.prepare("PRAGMA foreign_key_check").rows { row in
      found.append(.reference(table: row.text(0), row: row.isNull(1) ? nil : row.integer(1)))
    }
    if try LedgerSchema.dump(database) != LedgerSchema.dumpOfNew() { found.append(.schema) }
    return found
  }

  private func numberDisagreements() throws(LedgerFault) -> [LedgerDisagreement] {
    var found: [LedgerDisagreement] = []
    for table in [
      "partner", "program", "lever", "run", "feed", "keySegment", "fateChange", "retake",
      "bankFile", "bankEntry", "paymentEvent", "paymentStatus",
    ] {
      try database.prepare("SELECT count(*), ifnull(max(number), 0) FROM \(table)").rows { row in
        if row.integer(0) != row.integer(1) { found.append(.gap(table: table)) }
      }
    }
    return found
  }

  private func closeDisagreements() throws(LedgerFault) -> [LedgerDisagreement] {
    var found: [LedgerDisagreement] = []
    let query = try database.prepare(
      """
      SELECT period, settlements = (SELECT count(*) FROM settlement WHERE period = c.period)
        AND postings = (SELECT count(*) FROM posting WHERE period = c.period)
        AND payments = (SELECT count(*) FROM payment WHERE period = c.period)
        AND adjustments = (SELECT count(*) FROM adjustment WHERE period = c.period)
        AND leverMonths = (SELECT count(*) FROM leverMonth WHERE period = c.period)
        AND EXISTS (SELECT 1 FROM period AS next
          WHERE next.period = strftime('%Y-%m', c.period || '-01', '+1 month'))
      FROM close AS c ORDER BY period
      """)
    try query.rows { row throws(LedgerFault) in
      if row.integer(1) != 1 { found.append(.close(try row.period(0))) }
    }
    return found
  }

  private func settlementDisagreements() throws(LedgerFault) -> [LedgerDisagreement] {
    var verifier = try LedgerVerifier(self)
    for close in try closes() { try verifier.check(close.period) }
    return verifier.found
  }

  /// What events move is what was posted of them, and a payment goes back only with a reason.
  private func bankDisagreements() throws(LedgerFault) -> [LedgerDisagreement] {
    var posted: [Int64: Set<String>] = [:]
    try database.prepare("SELECT event, cause, debit, credit, amount FROM bankPosting").rows {
      row in
      let text = (1...4).map(row.text).joined(separator: " ")
      posted[row.integer(0), default: []].insert(text)
    }
    var found: [LedgerDisagreement] = []
    for story in try stories() {
      let isPutBack = story.putBack != nil
      if isPutBack, story.event(.returned) == nil, story.event(.rejected) == nil {
        found.append(.bank(story.payment.paymentId))
      }
      for event in story.events {
        let expected = LedgerBankPosting.all(event, story.payment.amount).map {
          "\($0.cause) \($0.debit) \($0.credit) \($0.amount)"
        }
        if posted.removeValue(forKey: Int64(event.number)) ?? [] != Set(expected) {
          found.append(.bank(story.payment.paymentId))
        }
      }
    }
    return found
  }
}
