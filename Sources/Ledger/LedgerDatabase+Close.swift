import ByteStreams
import Domain
import ExactMoney

// What a close records.

extension LedgerDatabase {
  /// Closes the open period and opens the next, in one transaction.
  ///
  /// - Throws: ``LedgerFault``, of the refusals ``LedgerRefusal/notOpen(_:open:)``,
  ///   ``LedgerRefusal/sums(_:equation:)``, ``LedgerRefusal/opening(_:stored:coop:)``,
  ///   ``LedgerRefusal/leftOut(_:)``, and ``LedgerRefusal/contradiction(reason:)`` for what the
  ///   database itself refuses: a balance twice, a paymentId or an adjustment that is known.
  package func close(_ close: LedgerClose) throws(LedgerFault) {
    try database.transaction { () throws(LedgerFault) in
      try requireOpen(close.period)
      let run = try insert(
        run: LedgerRun(
          kind: .close, period: close.period, asOf: close.asOf, feeds: 0, rows: 0))
      try insert(close, run)
      if let copies = close.copiesDigest {
        try insert(setting: LedgerDatabase.copiesSetting(close.period), copies.hex)
      }
      if close.drawing > 1 {
        try insert(setting: LedgerDatabase.drawingSetting(close.period), String(close.drawing))
      }
      if !close.userId.isEmpty { try insert(closeUser: close.userId, close.period) }
      try insert(close.keySegments, run)
      try insert(close.fateChanges)
      try insertSettlements(close)
      try insert(close.adjustments, close.period)
      try insert(close.leverMonths, close.period)
      // After the payments, to which they may refer.
      if let files = close.paymentFiles { try insert(files) }
      try insert(period: close.period.next)
    }
  }

  private func insert(_ close: LedgerClose, _ run: Int64) throws(LedgerFault) {
    var postings = 0
    for settlement in close.settlements { postings += try LedgerPosting.all(settlement).count }
    let payments = close.settlements.count { $0.payment != nil }
    let insert = try database.prepare(
      """
      INSERT INTO close (period, run, manifestDigest, settlements, postings, payments,
        adjustments, leverMonths)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    try insert.run(
      .period(close.period), .integer(run), .digest(close.manifestDigest),
      .integer(close.settlements.count), .integer(postings), .integer(payments),
      .integer(close.adjustments.count), .integer(close.leverMonths.count))
  }

  private func insertSettlements(_ close: LedgerClose) throws(LedgerFault) {
    let writer = try LedgerSettlementWriter(database, close.period)
    var openings = try LedgerOpenings(self, before: close.period)
    try requireReturns(close)
    var keys: [LedgerBalanceKey] = []
    for settlement in close.settlements {
      if let equation = settlement.brokenEquation {
        throw .refused(.sums(settlement.balance, equation: equation))
      }
      let key = try writer.key(settlement.balance)
      try openings.take(key, settlement)
      try writer.settle(settlement, key)
      keys.append(key)
    }
    try openings.requireNoneLeft()
    try writer.flush()
    for (settlement, key) in zip(close.settlements, keys) { try writer.post(settlement, key) }
    try writer.flush()
  }

  /// Every payment that waits to be put back is.
  private func requireReturns(_ close: LedgerClose) throws(LedgerFault) {
    let waiting = Set(try pendingReturns().map(\.paymentId))
    let taken = close.settlements.flatMap(\.returns).map(\.paymentId)
    guard waiting == Set(taken), waiting.count == taken.count else {
      throw .refused(.contradiction(reason: "a payment that came back is left out, or is none"))
    }
  }

  private func insert(
    _ adjustments: [LedgerAdjustment], _ period: Period
  ) throws(LedgerFault) {
    let insert = try database.prepare(
      "INSERT INTO adjustment (adjustmentId, period, contentDigest) VALUES (?, ?, ?)")
    for adjustment in adjustments {
      try insert.run(
        .text(adjustment.adjustmentId), .period(adjustment.period),
        .digest(adjustment.contentDigest))
    }
  }

  private func insert(_ months: [LedgerLeverMonth], _ period: Period) throws(LedgerFault) {
    let insert = try DatabaseInsert(
      database, "leverMonth",
      ["month", "partner", "program", "lever", "period", "basisPicos", "earnedPicos"])
    let partners = try LedgerNames.partners(database)
    let programs = try LedgerNames.programs(database)
    let levers = try LedgerNames.levers(database)
    for month in months {
      try insert.add([
        .period(month.month), .integer(try partners.number(month.participantId)),
        .integer(try programs.number(month.program)), .integer(try levers.number(month.lever)),
        .period(period), .amount(month.basis), .amount(month.earned),
      ])
    }
    try insert.flush()
  }
}
