import Banking
import ByteStreams
import Domain
import Ledger
import Workspace

/// Writes the payment files of a closed period.
struct PaymentPublication {
  let ledger: Ledger
  let paths: WorkspacePaths
  /// The workspace as it is now.
  let today: LoadedWorkspace?

  /// Writes them if they may be written and are not there.
  ///
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func publish(_ close: LedgerClosing) throws -> PaymentReport {
    let staged = try draw(close)
    do {
      try Interruption.check()
      if let record = staged.record { try ledger.record(record) }
    } catch {
      staged.discard()
      throw error
    }
    if staged.report.state == .written { Interruption.commit() }
    try staged.publish()
    return staged.report
  }

  /// Draws them, to be published or discarded.
  ///
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func draw(_ close: LedgerClosing) throws -> StagedPayments {
    let source = try PaymentSource(close, ledger, paths)
    return try StagedPayments(
      source, closeUser: try ledger.closeUser(close.period), today: today, ledger, paths)
  }

  /// Writes those that were recorded and are not there: the process that recorded them was ended.
  ///
  /// Files that are there, or cannot be drawn to the same bytes any more, are left to who asks for
  /// them.
  ///
  /// - Throws: ``RunFailure``; ``FileError``; what the ledger throws.
  func finish(_ close: LedgerClosing) throws {
    let manifest = paths.payments(close.period) + "/" + PaymentDirectory.manifestName
    guard !FileSystem.entryExists(manifest),
      try ledger.paymentFiles(close.period) != nil
    else { return }
    do {
      try draw(close).publish()
    } catch let failure as RunFailure where failure.code != .interrupted {
      // What keeps them from being drawn must not keep the command from mending it.
    }
  }
}

extension LoadedWorkspace {
  /// The text of its `payout.yaml`.
  var configurationText: String? {
    inputs.first { $0.path == "payout.yaml" }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
