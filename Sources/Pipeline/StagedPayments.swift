import Banking
import ByteStreams
import Domain
import Ledger
import Workspace

/// The payment files of a period while they are drawn, and what may become of them.
///
/// They are built beside their final place. Where they were never written, the ledger's commit of
/// ``record`` makes them count; ``publish()`` makes them visible.
final class StagedPayments {
  let report: PaymentReport
  /// Of their manifest.
  let digest: SHA256Digest
  /// What the ledger is to record; nil if they are recorded already, or may not be written.
  let record: LedgerPaymentFiles?
  private let directory: StagedDirectory
  private let early: [(name: String, bytes: [UInt8])]
  private let final: String

  /// Draws them.
  ///
  /// - Parameters:
  ///   - source: The period.
  ///   - closeUser: Who runs, or ran, the close.
  ///   - today: The workspace as it is now; nil where nobody is to be asked.
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  init(
    _ source: PaymentSource, closeUser: String?, today: LoadedWorkspace?, _ ledger: Ledger,
    _ paths: WorkspacePaths
  ) throws {
    final = paths.payments(source.period)
    let directory = try StagedDirectory(final: final)
    self.directory = directory
    do {
      let recorded = try ledger.paymentFiles(source.period)
      let drawn = try PaymentDrawing(
        source: source, recorded: recorded, today: today?.configurationText
      ).draw(into: directory)
      let judgement = try PaymentJudgement(
        source: source, drawn: drawn, outputs: directory.outputs, recorded: recorded,
        paths: paths
      ).judge(closeUser: closeUser, today: today)
      report = judgement.report
      digest = drawn.digest
      early = drawn.early
      record = judgement.record
    } catch {
      directory.discard()
      throw error
    }
  }

  /// Makes them visible; where they have to wait, only what waits for nobody.
  ///
  /// - Precondition: ``record`` is in the ledger.
  /// - Throws: ``FileError``.
  func publish() throws(FileError) {
    if report.state == .written { return try directory.publish() }
    discard()
    if [.waiting, .noAccount].contains(report.state) { try publishEarly() }
  }

  /// Writes what banks have said since into `payments.csv`; what was never written stays so.
  ///
  /// - Throws: ``FileError``.
  func publishStandings() throws(FileError) {
    if report.isRecorded { return try publish() }
    discard()
    if report.state != .refused { try publishEarly() }
  }

  private func publishEarly() throws(FileError) {
    let isThere = early.allSatisfy { name, bytes in
      VerifyFiles.fault(
        final + "/" + name, sha256: SHA256Digest.of(bytes).hex, bytes: bytes.count) == nil
    }
    if isThere { return }
    let directory = try StagedDirectory(final: final)
    do throws(FileError) {
      for (name, bytes) in early { try directory.write(name, bytes) }
    } catch {
      directory.discard()
      throw error
    }
    try directory.publish()
  }

  /// Forgets them.
  func discard() {
    directory.discard()
  }
}
