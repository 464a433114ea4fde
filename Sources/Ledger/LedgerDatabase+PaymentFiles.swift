import ByteStreams
package import Domain

extension LedgerDatabase {
  /// Who ran the close of a period; nil of one that is not closed, or was before that was recorded.
  ///
  /// - Throws: ``LedgerFault``.
  func closeUser(_ period: Period) throws(LedgerFault) -> String? {
    var user: String?
    let query = try database.prepare("SELECT userId FROM closeUser WHERE period = ?")
    try query.rows(.period(period)) { user = $0.text(0) }
    return user
  }

  /// The payment files that were written of a period; nil if none were.
  ///
  /// - Throws: ``LedgerFault``.
  func paymentFiles(_ period: Period) throws(LedgerFault) -> LedgerPaymentFiles? {
    var files: LedgerPaymentFiles?
    let query = try database.prepare(
      "SELECT hex(manifestDigest), configuration FROM paymentFiles WHERE period = ?")
    try query.rows(.period(period)) { row throws(LedgerFault) in
      files = LedgerPaymentFiles(
        period: period, manifestDigest: try row.digest(0), configuration: row.optionalText(1))
    }
    let approvals = try database.prepare(
      """
      SELECT userId, publicKey, signature FROM paymentApproval WHERE period = ? ORDER BY userId
      """)
    try approvals.rows(.period(period)) { row in
      files?.approvals.append(
        LedgerPaymentApproval(
          userId: row.text(0), publicKey: row.bytes(1), signature: row.bytes(2)))
    }
    let leftOut = try database.prepare(
      "SELECT paymentId FROM paymentLeftOut WHERE period = ? ORDER BY paymentId")
    try leftOut.rows(.period(period)) { row in files?.leftOut.append(row.text(0)) }
    return files
  }

  /// Adds them in the transaction that is open.
  func insert(_ files: LedgerPaymentFiles) throws(LedgerFault) {
    try database.prepare(
      "INSERT INTO paymentFiles (period, manifestDigest, configuration) VALUES (?, ?, ?)"
    ).run(.period(files.period), .digest(files.manifestDigest), .text(files.configuration))
    let insert = try database.prepare(
      """
      INSERT INTO paymentApproval (period, userId, publicKey, signature) VALUES (?, ?, ?, ?)
      """)
    for approval in files.approvals {
      try insert.run(
        .period(files.period), .text(approval.userId), .bytes(approval.publicKey),
        .bytes(approval.signature))
    }
    let leaveOut = try database.prepare(
      "INSERT INTO paymentLeftOut (paymentId, period) VALUES (?, ?)")
    for paymentId in files.leftOut { try leaveOut.run(.text(paymentId), .period(files.period)) }
  }

  func insert(closeUser user: String, _ period: Period) throws(LedgerFault) {
    try database.prepare("INSERT INTO closeUser (period, userId) VALUES (?, ?)")
      .run(.period(period), .text(user))
  }
}

extension Ledger {
  /// Who ran the close of a period; nil of one that is not closed, or was before that was recorded.
  ///
  /// - Throws: ``LedgerFault``.
  package func closeUser(_ period: Period) throws(LedgerFault) -> String? {
    try database.closeUser(period)
  }

  /// The payment files that were written of a period; nil if none were.
  ///
  /// - Throws: ``LedgerFault``.
  package func paymentFiles(_ period: Period) throws(LedgerFault) -> LedgerPaymentFiles? {
    try database.paymentFiles(period)
  }

  /// Records that the payment files of a closed period are written: the commit point of that.
  ///
  /// - Throws: ``LedgerFault``; a refusal where some were recorded before.
  package func record(_ files: LedgerPaymentFiles) throws(LedgerFault) {
    try database.database.transaction { () throws(LedgerFault) in try database.insert(files) }
  }
}
