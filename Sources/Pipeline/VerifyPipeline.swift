import ByteStreams
package import Domain
import Ledger
package import Logging
import Workspace

/// What `verify` is asked to do.
package struct VerifyRequest: Sendable {
  package var root: String
  /// Only this one, closed or open; nil for all.
  package var period: Period?
  package var logger = Logger(label: "payout")

  package init(root: String) {
    self.root = root
  }
}

/// Proves again what every run proves (docs/rules.md, "What must add up"), the digests of all that
/// is kept, and that closed periods can be drawn again to the same bytes.
///
/// Nothing is written but temporary files outside the workspace, so that a read-only copy or a
/// backup can be verified. The lock of the workspace is shared: verifying may go on in several
/// processes at once, but not beside a run, half of whose changes would look like damage.
package struct VerifyPipeline {
  private let request: VerifyRequest

  package init(_ request: VerifyRequest) {
    self.request = request
  }

  /// Verifies.
  ///
  /// - Throws: ``RunFailure`` where it cannot be found out; what does not hold is in the report.
  package func verify() throws(RunFailure) -> VerifyReport {
    do {
      return try lockAndVerify()
    } catch {
      throw RunFailure(error)
    }
  }

  private func lockAndVerify() throws -> VerifyReport {
    let paths = WorkspacePaths(root: request.root)
    try LedgerTraces(paths: paths).requireLedger()
    let path = paths.ledger + "/lock"
    guard FileSystem.exists(path) else {
      throw RunFailure(.noInput, "there is no ledger in \(request.root): nothing was taken in yet")
    }
    let lock = try FileLock(shared: path)
    let scratch = try FileSystem.makeTemporaryDirectory(
      in: FileSystem.temporaryDirectory(preferred: nil), prefix: "payout-verify-")
    defer { try? FileSystem.removeDirectory(scratch) }
    return try withExtendedLifetime(lock) {
      try verify(WorkspacePaths(root: request.root, scratch: scratch))
    }
  }

  private func verify(_ paths: WorkspacePaths) throws -> VerifyReport {
    var report = VerifyReport()
    guard let proof = try prove(paths, &report) else { return report }
    let closes = proof.closes.filter { request.period ?? $0.period == $0.period }
    let open = [proof.openPeriod].compactMap { $0 }
      .filter { request.period ?? $0 == $0 && !closes.map(\.period).contains($0) }
    if let period = request.period, closes.isEmpty, open.isEmpty {
      throw RunFailure(.noInput, "\(period.text) is neither closed nor open")
    }
    let ledger = proof.damaged.isEmpty ? try openLedger(paths, &report) : nil
    if let ledger {
      try VerifyBankArchive(ledger: ledger, paths: paths).check(&report)
      try VerifyReconciliation(ledger: ledger, paths: paths).check(request.period, &report)
    }
    for period in closes.map(\.period) + open {
      request.logger.info("verifying \(period.text)")
      report.period = period
      let close = closes.first { $0.period == period }
      var outbox = VerifyOutbox(period: period, paths: paths, close: close)
      outbox.buckets = try checkFeeds(proof, period, close, ledger, paths, &report)
      outbox.ledger = ledger
      try outbox.check(&report)
      guard let close, let ledger else { continue }
      try VerifyDrawing(ledger: ledger, paths: paths).check(close, &report)
      try VerifyPayments(close: close, ledger: ledger, paths: paths).check(&report)
    }
    return report
  }

  /// Looks at the ledger itself; nil if nothing in it can be relied on.
  private func prove(
    _ paths: WorkspacePaths, _ report: inout VerifyReport
  ) throws -> LedgerProof? {
    let proof: LedgerProof
    do {
      proof = try LedgerProof(directory: paths.ledger)
    } catch .damaged(let path, let reason) {
      report.count(.ledger, 0)
      report.add(.ledger, path, reason, .restore("the whole directory \(paths.ledger)"))
      return nil
    }
    report.count(.ledger, proof.closes.count)
    for disagreement in proof.disagreements {
      report.add(
        .ledger, paths.ledger + "/" + LedgerDatabase.fileName, disagreement.description,
        .restore("the whole directory \(paths.ledger)"))
    }
    report.count(.segments, proof.files)
    for file in proof.damaged {
      report.add(.segments, file.path, file.reason, .restore(file.path))
    }
    return proof.disagreements.isEmpty ? proof : nil
  }

  private func openLedger(
    _ paths: WorkspacePaths, _ report: inout VerifyReport
  ) throws -> Ledger? {
    do {
      return try Ledger(directory: paths.ledger, access: .read)
    } catch let fault as KeySegmentFault {
      report.add(.segments, paths.ledger, "\(fault)", .restore(paths.ledger))
    } catch LedgerFault.damaged(let path, let reason) {
      report.add(.ledger, path, reason, .restore(paths.ledger))
    }
    return nil
  }

  /// Checks the feeds taken in in a period.
  ///
  /// - Returns: Where their rows are, nil if that could not be found out.
  private func checkFeeds(
    _ proof: LedgerProof, _ period: Period, _ close: LedgerClosing?, _ ledger: Ledger?,
    _ paths: WorkspacePaths, _ report: inout VerifyReport
  ) throws -> VerifyBuckets? {
    // Values are read with the limits by which they were taken in.
    let root = close == nil ? paths.root : paths.closed(period)
    let limits = WorkspaceLoader.load(root: root).workspace?.configuration.limits
    var feeds = VerifyFeeds(paths: paths, ledger: ledger, limits: limits ?? Limits())
    for feed in proof.feeds where feed.period == period { try feeds.check(feed, &report) }
    return feeds.isComplete ? feeds.buckets : nil
  }
}
