import ByteStreams
import Domain
import ExactMoney

// Recording what banks have said.

extension LedgerDatabase {
  /// Records what a reconciliation found, all of it or nothing.
  ///
  /// - Throws: ``LedgerFault``.
  func record(_ intake: LedgerBankIntake) throws(LedgerFault) {
    try database.transaction { () throws(LedgerFault) in
      try requireOpen(intake.period)
      for (file, _) in intake.files { try insert(file) }
      // What repeats an entry of another file has a later number than that.
      try insert(intake.files.flatMap(\.entries).sorted { $0.number < $1.number })
      try insert(intake.events)
      try insert(intake.statuses)
    }
  }

  private func insert(_ file: LedgerBankFile) throws(LedgerFault) {
    try database.prepare(
      """
      INSERT INTO bankFile (number, period, name, deliveredAs, digest, format, messageId, pending)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      .integer(file.number), .period(file.period), .text(file.name), .text(file.deliveredAs),
      .digest(file.digest), .text(file.format), .text(file.messageId), .integer(file.pending))
  }

  private func insert(_ entries: [LedgerBankEntry]) throws(LedgerFault) {
    let insert = try DatabaseInsert(
      database, "bankEntry",
      [
        "number", "bankFile", "line", "identity", "day", "direction", "currency", "amount",
        "reference", "endToEndId", "repeats",
      ])
    for entry in entries {
      try insert.add([
        .integer(entry.number), .integer(entry.file), .integer(entry.line),
        .digest(entry.identity), .day(entry.day), .text(entry.isDebit ? "debit" : "credit"),
        .currency(entry.currency), entry.amount.map { .money($0) } ?? .null,
        .text(entry.reference), .text(entry.endToEndId),
        entry.repeats.map { .integer($0) } ?? .null,
      ])
    }
    try insert.flush()
  }

  private func insert(_ statuses: [LedgerPaymentStatus]) throws(LedgerFault) {
    let insert = try database.prepare(
      """
      INSERT INTO paymentStatus (number, bankFile, paymentId, code, step, line)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    for status in statuses {
      try insert.run(
        .integer(status.number), .integer(status.file), .text(status.paymentId),
        .text(status.code), .text(status.step), .integer(status.line))
    }
  }

  private func insert(_ events: [LedgerPaymentEvent]) throws(LedgerFault) {
    let insert = try database.prepare(
      """
      INSERT INTO paymentEvent (number, bankFile, bankEntry, paymentId, kind, step, line, day,
        moved, reason, information, destination)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let posting = try database.prepare(
      "INSERT INTO bankPosting (event, cause, debit, credit, amount) VALUES (?, ?, ?, ?, ?)")
    for event in events {
      try insert.run([
        .integer(event.number), .integer(event.file), event.entry.map { .integer($0) } ?? .null,
        .text(event.paymentId), .text(event.kind.rawValue), .text(event.step),
        .integer(event.line), event.day.map { .day($0) } ?? .null,
        event.moved.map { .money($0) } ?? .null, .text(event.reason), .text(event.information),
        event.destination.map { .digest($0) } ?? .null,
      ])
      guard let payment = try payment(paymentId: event.paymentId) else { continue }
      for entry in LedgerBankPosting.all(event, payment.amount) {
        try posting.run(
          .integer(event.number), .text(entry.cause), .text(entry.debit), .text(entry.credit),
          .text(String(entry.amount)))
      }
    }
  }
}
