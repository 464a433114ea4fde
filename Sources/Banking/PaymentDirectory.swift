package import ByteStreams
package import Domain
import ExactMoney

/// Writes the payment files of a period into a directory.
package struct PaymentDirectory {
  package static let manifestName = "payments.json"
  /// Not among the files of the manifest, as what banks say changes it.
  package static let reportName = "payments.csv"
  package static let creditNotesName = "credit-notes.csv"

  private let sorted: SortedPayments
  private let payer: BankPayer
  private let period: Period
  private let asOf: Day
  private var manifest: PaymentManifest

  /// - Parameters:
  ///   - asOf: The clock of the close.
  ///   - run: The digest of the final `run.json`.
  package init(
    _ sorted: SortedPayments, payer: Payer, period: Period, asOf: Day, run: SHA256Digest
  ) {
    self.sorted = sorted
    self.payer = BankPayer(payer)
    self.period = period
    self.asOf = asOf
    manifest = PaymentManifest(period: period, asOf: asOf, payer: payer.identity, run: run)
  }

  /// Writes the files, `findings` as bytes of `findings.csv`, and the manifest.
  ///
  /// - Returns: The manifest and its digest.
  /// - Throws: ``FileError``; ``MoneyError`` if a sum is too large.
  package mutating func write(
    to directory: StagedDirectory, findings: [UInt8]
  ) throws -> (manifest: PaymentManifest, digest: SHA256Digest) {
    for (index, file) in sorted.transfers.enumerated() {
      try write(file, number: index + 1, to: directory)
    }
    if let file = sorted.ach { try write(file, to: directory) }
    try writeTables(to: directory, findings: findings)
    manifest.creditNotes = try PaymentManifest.Sums(sorted.creditNotes)
    manifest.unsent = try PaymentManifest.Sums(sorted.unsent.map(\.order))
    manifest.total = try PaymentManifest.Sums(sorted.all)
    let json = try manifest.json()
    try directory.write(PaymentDirectory.manifestName, json)
    return (manifest, SHA256Digest.of(json))
  }

  private mutating func write(
    _ file: TransferFile, number: Int, to directory: StagedDirectory
  ) throws {
    let path = "transfers-\(number).\(CreditTransferFile.format).xml"
    try stream(path, to: directory) { sink in
      try CreditTransferFile(file: file, payer: payer, period: period, asOf: asOf).write(to: sink)
    }
    try list(
      path, CreditTransferFile.format, directory,
      file.blocks.map { ($0.executionDate, $0.orders.map(\.order)) })
  }

  private mutating func write(_ file: ACHFile, to directory: StagedDirectory) throws {
    let path = "transfers-us.ach"
    try stream(path, to: directory) { sink in
      try ACHFileWriter(file: file, payer: payer, period: period, asOf: asOf).write(to: sink)
    }
    try list(
      path, ACHFileWriter.format, directory,
      file.batches.map { ($0.executionDate, $0.orders.map(\.order)) })
  }

  private func stream(
    _ path: String, to directory: StagedDirectory,
    _ body: (([UInt8]) throws -> Void) throws -> Void
  ) throws {
    var file = try directory.stream(path)
    try body { bytes in try file.write(bytes) }
    try directory.finish(file)
  }

  /// The bytes of `credit-notes.csv`.
  package var creditNotes: [UInt8] {
    var notes = CreditNotesCSV()
    for order in sorted.creditNotes { notes.add(order) }
    return notes.bytes
  }

  private mutating func writeTables(to directory: StagedDirectory, findings: [UInt8]) throws {
    var unsent = UnsentCSV()
    for payment in sorted.unsent { unsent.add(payment) }
    for (path, bytes) in [
      (PaymentDirectory.creditNotesName, creditNotes), ("unsent.csv", unsent.bytes),
      ("findings.csv", findings),
    ] {
      try directory.write(path, bytes)
      try list(path, "CSV", directory, nil)
    }
  }

  /// Lists a file that was just written.
  private mutating func list(
    _ path: String, _ format: String, _ directory: StagedDirectory,
    _ groups: [(day: Day, orders: [PaymentOrder])]?
  ) throws {
    guard let output = directory.outputs.first(where: { $0.path == path }) else { return }
    manifest.files.append(
      PaymentManifest.File(
        path: path, format: format, sha256: output.digest.hex, bytes: output.bytes,
        sums: try groups.map { try PaymentManifest.Sums($0.flatMap(\.orders)) },
        executionDates: groups.map { Array(Set($0.map(\.day.text))).sorted() }))
  }
}
