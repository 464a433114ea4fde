import Banking
import ByteStreams
import Domain
import Ledger
import Workspace

/// Proves the payment files of a closed period: that they are what was written, can be drawn again,
/// hold every payment of the register once, and were approved.
struct VerifyPayments {
  let close: LedgerClosing
  let ledger: Ledger
  let paths: WorkspacePaths

  private var period: Period { close.period }
  private var directory: String { paths.payments(period) }

  /// - Throws: ``FileError``; what the ledger throws.
  func check(_ report: inout VerifyReport) throws {
    guard let recorded = try ledger.paymentFiles(period) else { return try checkWaiting(&report) }
    guard let drawn = try draw(recorded, &report) else { return }
    if drawn.digest != recorded.manifestDigest {
      report.add(
        .paymentFiles, directory, "drawn again, the payment files have other bytes", .report)
    }
    try checkSums(drawn.manifest, &report)
    try checkApprovals(recorded, drawn.manifest, &report)
  }

  // MARK: Files

  /// Draws them outside the workspace and compares every file with the one that is there.
  private func draw(
    _ recorded: LedgerPaymentFiles?, _ report: inout VerifyReport
  ) throws -> DrawnPayments? {
    let staged = try StagedDirectory(final: paths.scratch + "/payments-" + period.text)
    defer { staged.discard() }
    do {
      let today =
        recorded == nil ? WorkspaceLoader.load(root: paths.root).workspace?.configurationText : nil
      let drawn = try PaymentDrawing(
        source: try PaymentSource(close, ledger, paths), recorded: recorded, today: today
      ).draw(into: staged)
      if recorded != nil { try compare(staged, &report) }
      return drawn
    } catch let failure as RunFailure {
      // What they are drawn from is the directory of the close, where that is there.
      let isPublished = Publication.isPublished(close, paths: paths)
      report.add(
        .paymentFiles, directory, "they cannot be drawn again: \(failure.message)",
        isPublished ? .report : .close(period))
    } catch let fault as LedgerFault {
      report.add(.paymentFiles, directory, "they cannot be drawn again: \(fault)", .report)
    } catch let error as FileError where !error.path.hasPrefix(paths.scratch) {
      report.add(.paymentFiles, error.path, "they cannot be drawn again: \(error)", .report)
    }
    return nil
  }

  private func compare(_ staged: StagedDirectory, _ report: inout VerifyReport) throws {
    var found = Set(try VerifyFiles.list(directory))
    for output in staged.outputs {
      let path = directory + "/" + output.path
      guard found.remove(output.path) != nil else {
        report.add(.paymentFiles, path, "the file is missing", .payments(period))
        continue
      }
      guard try SHA256Digest.ofFile(path).0 != output.digest else { continue }
      let isReport = output.path == PaymentDirectory.reportName
      report.add(
        .paymentFiles, path,
        "it is not what was written"
          + " \(try VerifyFiles.firstDifference(path, staged.staging + "/" + output.path))",
        isReport ? .payments(period) : .compare)
    }
    for name in found.sorted() {
      report.add(
        .paymentFiles, directory + "/" + name, "no such payment file was written",
        .remove("\(directory)/\(name)"))
    }
  }

  /// What is in the files that are there, against the register.
  private func checkSums(_ manifest: PaymentManifest, _ report: inout VerifyReport) throws {
    guard
      let bytes = try? FileSystem.readFile(
        paths.outbox(period) + "/register.csv", limit: Int.max - 1),
      let register = try? VerifyRegister(bytes, period: period.text)
    else { return }
    var left: [String: VerifyBankFile.Payment] = [:]
    for row in register.rows.values where !row.paymentId.isEmpty {
      left[row.paymentId] = VerifyBankFile.Payment(
        paymentId: row.paymentId, currency: row.currency, amount: row.amount("totalPayment"))
    }
    report.count(.paymentFiles, left.count, period: period)
    for file in manifest.files {
      let path = directory + "/" + file.path
      guard let bytes = try? FileSystem.readFile(path, limit: Int.max - 1) else { continue }
      let read = VerifyBankFile(bytes, format: file.format)
      if let fault = read.fault { report.add(.paymentFiles, path, fault, .compare) }
      for payment in read.payments where left.removeValue(forKey: payment.paymentId) != payment {
        report.add(
          .paymentFiles, path,
          "payment \(SafeText.shown(payment.paymentId)) is not in the register, has another amount"
            + " there, or is in two files", .compare)
      }
    }
    for id in left.keys.sorted() {
      report.add(
        .paymentFiles, directory, "payment \(SafeText.shown(id)) is in no file", .compare)
    }
  }

  // MARK: Approvals

  private func checkApprovals(
    _ recorded: LedgerPaymentFiles, _ manifest: PaymentManifest, _ report: inout VerifyReport
  ) throws {
    let closeUser = try ledger.closeUser(period)
    for approval in recorded.approvals {
      let signed = PaymentApproval(
        manifest, digest: recorded.manifestDigest, userId: approval.userId)
      let path = paths.approval(period, approval.userId)
      let isSigned = Ed25519.isSigned(
        Array(signed.text.utf8), by: approval.publicKey, signature: approval.signature)
      if !isSigned || approval.userId == closeUser {
        report.add(.approvals, path, "the approval that the ledger has does not count", .report)
      }
      let file = try? FileSystem.readFile(path, limit: 1 << 16)
      if file != signed.file(signature: approval.signature) {
        report.add(
          .approvals, path, "it is missing, or not the approval by which files were written",
          .restore(path))
      }
    }
    report.count(.approvals, recorded.approvals.count, period: period)
    try checkNumber(recorded, manifest, closeUser, &report)
  }

  /// Whether there are as many as the period's own configuration asks for.
  private func checkNumber(
    _ recorded: LedgerPaymentFiles, _ manifest: PaymentManifest, _ closeUser: String?,
    _ report: inout VerifyReport
  ) throws {
    guard manifest.total.payments > manifest.creditNotes.payments else { return }
    let kept = try KeptCopies(paths: paths, ledger: ledger).workspace(of: period)
    let approvals = PaymentApprovals(
      period: period, paths: paths, approvers: [], closeUser: closeUser)
    let needed = approvals.needed(kept.configuration.approvals)
    let given = Set(recorded.approvals.map(\.publicKey)).count
    if given < needed {
      report.add(
        .approvals, directory,
        "\(given) approvals let the files be written, \(needed) were asked for",
        .report)
    }
  }

  // MARK: Before they are written

  /// Files that nobody may have written yet, and approvals that do not count.
  private func checkWaiting(_ report: inout VerifyReport) throws {
    for name in try VerifyFiles.list(directory) where !DrawnPayments.earlyNames.contains(name) {
      report.add(
        .paymentFiles, directory + "/" + name,
        "the ledger knows of no payment files that were written", .remove("\(directory)/\(name)"))
    }
    let files = try FileSystem.listDirectory(paths.approvals(period))
      .filter { $0.hasSuffix(PaymentApproval.fileEnding) }
    guard !files.isEmpty, let drawn = try draw(nil, &report) else { return }
    let today = WorkspaceLoader.load(root: paths.root).workspace
    let found = try PaymentApprovals(
      period: period, paths: paths, approvers: today?.approvers ?? [],
      closeUser: try ledger.closeUser(period)
    ).find(drawn.manifest, digest: drawn.digest)
    for finding in found.findings {
      report.add(
        .approvals, paths.root + "/" + finding.feed, finding.message, .approve(period))
    }
    report.count(.approvals, files.count, period: period)
  }
}
