import ByteStreams
package import Domain

// What banks have said of payments.

extension Ledger {
  /// The files of banks, in the order in which they were reconciled.
  ///
  /// - Throws: ``LedgerFault``.
  package func bankFiles() throws(LedgerFault) -> [LedgerBankFile] { try database.bankFiles() }

  /// Their entries, in order.
  ///
  /// - Throws: ``LedgerFault``.
  package func bankEntries() throws(LedgerFault) -> [LedgerBankEntry] {
    try database.bankEntries()
  }

  /// Every payment that was issued, with what became of it.
  ///
  /// - Throws: ``LedgerFault``.
  package func stories() throws(LedgerFault) -> [LedgerPaymentStory] { try database.stories() }

  /// Those that a close issued.
  ///
  /// - Throws: ``LedgerFault``.
  package func stories(of period: Period) throws(LedgerFault) -> [LedgerPaymentStory] {
    try database.stories(where: "payment.period = ?", .period(period))
  }

  /// That of one payment, nil if it was never issued.
  ///
  /// - Throws: ``LedgerFault``.
  package func story(of paymentId: String) throws(LedgerFault) -> LedgerPaymentStory? {
    try database.stories(where: "payment.paymentId = ?", .text(paymentId)).first
  }

  /// The payments that go back into balances in a period: those that its close put back, or, while
  /// it is open, all that wait for that.
  ///
  /// - Throws: ``LedgerFault``.
  package func returns(in period: Period) throws(LedgerFault) -> [LedgerReturn] {
    closes.contains { $0.period == period }
      ? try database.returns(takenBy: period) : try database.pendingReturns()
  }

  /// What was said, up to a period, of payments that came back or were not made.
  ///
  /// - Throws: ``LedgerFault``.
  package func failures(
    upTo period: Period
  ) throws(LedgerFault) -> [(payment: LedgerPayment, event: LedgerPaymentEvent)] {
    var periods: [Int: Period] = [:]
    for file in try bankFiles() { periods[file.number] = file.period }
    guard !periods.isEmpty else { return [] }
    let stories = try database.stories(
      where: "payment.paymentId IN (SELECT paymentId FROM paymentEvent WHERE kind <> 'booked')")
    return stories.flatMap { story in
      story.events.filter { $0.kind != .booked && (periods[$0.file] ?? period) <= period }
        .map { (story.payment, $0) }
    }
  }

  /// Records what a reconciliation found: its commit point.
  ///
  /// - Throws: ``LedgerFault``.
  package func record(_ intake: LedgerBankIntake) throws(LedgerFault) {
    if try database.openPeriod() == nil { try database.begin(intake.period) }
    try database.record(intake)
  }
}
