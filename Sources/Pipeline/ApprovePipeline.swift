import Banking
import ByteStreams
package import Domain
import Ledger
package import Logging
import Workspace

/// What is to be approved, and by whom.
package struct ApproveRequest: Sendable {
  package var root: String
  package var period: Period
  /// Nil to see only what would be signed.
  package var signer: Signer?
  package var logger = Logger(label: "payout")

  package struct Signer: Sendable {
    package var userId: String
    /// The private key, as openssl writes it.
    package var keyFile: String

    package init(userId: String, keyFile: String) {
      self.userId = userId
      self.keyFile = keyFile
    }
  }

  package init(root: String, period: Period) {
    self.root = root
    self.period = period
  }
}

/// What was approved, or is to be.
package struct ApproveReport: Sendable {
  /// As before the approval.
  package var payments: PaymentReport
  /// The text that is signed; its last line names nobody where nobody signs.
  package var text: String
  /// Nil where nothing was signed.
  package var file: String?
  /// How many approvals count now.
  package var approvals: Int
}

/// Signs the payments of a closed period.
package struct ApprovePipeline {
  private let request: ApproveRequest

  package init(_ request: ApproveRequest) {
    self.request = request
  }

  /// Shows what there is to sign, and signs it if somebody is named.
  ///
  /// - Throws: ``RunFailure``: 66 if the period is not closed or the key is missing, 65 if the user
  ///   may not approve or the key is another one.
  package func approve() throws(RunFailure) -> ApproveReport {
    let open = try OpenWorkspace.open(root: request.root)
    do {
      try open.heal()
      return try approve(open)
    } catch {
      throw RunFailure(error)
    }
  }

  private func approve(_ open: OpenWorkspace) throws -> ApproveReport {
    let close = try open.closing(request.period)
    let staged = try PaymentPublication(
      ledger: open.ledger, paths: open.paths, today: open.workspace
    ).draw(close)
    staged.discard()
    let payments = staged.report
    if [.noAccount, .refused].contains(payments.state) {
      throw RunFailure(
        payments.state == .noAccount ? .configuration : .sumsDisagree, payments.reason ?? "",
        findings: payments.findings.listed)
    }
    let approval = PaymentApproval(
      payments.manifest, digest: staged.digest, userId: request.signer?.userId ?? "")
    var report = ApproveReport(
      payments: payments, text: approval.text, approvals: payments.approvals)
    guard let signer = request.signer else { return report }
    let approvals = PaymentApprovals(
      period: request.period, paths: open.paths, approvers: open.workspace.approvers,
      closeUser: try open.ledger.closeUser(request.period))
    let signature = try sign(approval, try approvals.approver(signer.userId), signer.keyFile)
    try requireOpen(approvals, payments, approval, signer.userId)
    try Interruption.check()
    Interruption.commit()
    try write(approval.file(signature: signature), signer.userId, open.paths)
    request.logger.info("\(signer.userId) approved the payments of \(request.period.text)")
    report.file = open.paths.approvalName(request.period, signer.userId)
    report.approvals = try approvals.find(payments.manifest, digest: staged.digest).valid.count
    return report
  }

  private func sign(
    _ approval: PaymentApproval, _ approver: Approver, _ keyFile: String
  ) throws -> [UInt8] {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.readFile(keyFile, limit: 1 << 16)
    } catch {
      throw RunFailure(.noInput, "the key: \(error.description)")
    }
    guard let key = Ed25519PrivateKey(pem: bytes) else {
      throw RunFailure(
        .noInput, "\(keyFile) is no private key of Ed25519, or the passphrase is wrong")
    }
    guard key.publicKey == approver.publicKey else {
      throw RunFailure(
        .sumsDisagree,
        "the key is not that of \(approver.userId) in registry/approvers.csv: nothing was signed")
    }
    return key.sign(Array(approval.text.utf8))
  }

  /// An approval after the files were written would look as if it had been asked for.
  private func requireOpen(
    _ approvals: PaymentApprovals, _ payments: PaymentReport, _ approval: PaymentApproval,
    _ userId: String
  ) throws {
    guard payments.isRecorded else { return }
    let file = approvals.paths.approval(request.period, userId)
    let bytes = try? FileSystem.readFile(file, limit: 1 << 16)
    guard let bytes, approval.signature(in: bytes) != nil else {
      throw RunFailure(
        .sumsDisagree, "the payment files of \(request.period.text) were written already")
    }
  }

  private func write(_ file: [UInt8], _ userId: String, _ paths: WorkspacePaths) throws(FileError) {
    try FileSystem.createDirectory(paths.approvals(request.period))
    try FileSystem.writeFileAtomically(paths.approval(request.period, userId), file)
  }
}
