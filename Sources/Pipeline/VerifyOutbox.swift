import ByteStreams
import Domain
import ExactMoney
import Ledger

/// Reads the output directory of a period again and adds everything in it up, with code that shares
/// nothing with what wrote it.
struct VerifyOutbox {
  let period: Period
  let paths: WorkspacePaths
  /// Nil of the open period.
  let close: LedgerClosing?
  /// What the archive and the ledger say of the feeds taken in in the period; nil where that could
  /// not be found out.
  var buckets: VerifyBuckets?
  /// Nil where the ledger is damaged.
  var ledger: Ledger?
  private var manifest: WrittenManifest?
  private var register: VerifyRegister?
  private var seen: Set<[UInt8]> = []

  init(period: Period, paths: WorkspacePaths, close: LedgerClosing?) {
    self.period = period
    self.paths = paths
    self.close = close
  }

  private var directory: String { paths.outbox(period) }

  /// What writes the directory again.
  var remedy: VerifyReport.Remedy { close == nil ? .run : .close(period) }

  /// - Throws: ``FileError`` other than for files that are not there; what the ledger throws.
  mutating func check(_ report: inout VerifyReport) throws {
    try checkManifest(&report)
    guard let manifest else { return }
    try checkFiles(manifest, &report)
    try checkInputs(manifest, &report)
    try checkRegister(&report)
    try checkStatements(manifest, &report)
    try checkBuckets(manifest, &report)
    checkPayments(manifest, &report)
    try checkLedger(&report)
    try checkOpenings(&report)
  }

  // MARK: Files

  private mutating func checkManifest(_ report: inout VerifyReport) throws {
    let path = directory + "/run.json"
    guard let bytes = try read(path) else {
      // An open period may not have been drawn yet.
      if close != nil || FileSystem.exists(directory) {
        report.add(.files, path, "the file is missing", remedy)
      }
      return
    }
    if let close, SHA256Digest.of(bytes) != close.manifestDigest {
      report.add(.files, path, "it is not the one that the ledger has of the close", remedy)
    }
    manifest = WrittenManifest(json: bytes)
    guard let manifest else {
      return report.add(.files, path, "it is no manifest of a run", remedy)
    }
    let state = close == nil ? "draft" : "final"
    if manifest.period != period.text || manifest.state != state {
      report.add(
        .files, path,
        "it is of \(manifest.period), \(manifest.state), not of"
          + " \(period.text), \(state)", remedy)
    }
  }

  private func read(_ path: String) throws(FileError) -> [UInt8]? {
    guard FileSystem.kind(path) == .file else { return nil }
    return try FileSystem.readFile(path, limit: Int.max - 1)
  }

  private func checkFiles(_ manifest: WrittenManifest, _ report: inout VerifyReport) throws {
    var found = Set(try VerifyFiles.list(directory))
    found.remove("run.json")
    for output in manifest.outputs {
      found.remove(output.path)
      let path = directory + "/" + output.path
      if let fault = VerifyFiles.fault(path, sha256: output.sha256, bytes: output.bytes) {
        report.add(.files, path, fault, remedy)
      }
    }
    found.subtract(manifest.reportFiles)
    for (path, what) in VerifyReports.faults(manifest, directory) {
      report.add(.files, directory + "/" + path, what, remedy)
    }
    for path in found.sorted() {
      report.add(.files, directory + "/" + path, "run.json does not list the file", remedy)
    }
    report.count(
      .files, manifest.outputs.count + manifest.reportFiles.count, period: period)
  }

  /// Of a closed period the copies that were kept; of a draft, whether it is up to date.
  private func checkInputs(_ manifest: WrittenManifest, _ report: inout VerifyReport) throws {
    guard close != nil else {
      for input in manifest.inputs where fault(input, in: paths.root) != nil {
        report.notes.append(
          "\(SafeText.escaped(input.path)) has changed since the draft of \(period.text) was drawn")
      }
      return
    }
    let base = paths.closed(period)
    let faults =
      try ledger.map { try KeptCopies(paths: paths, ledger: $0).faults(of: period) } ?? []
    for fault in faults {
      let path = base + "/" + fault.path
      report.add(.copies, path, fault.what, fault.isExtra ? .remove(path) : .restore(path))
    }
    let known = Set(faults.map(\.path))
    for input in manifest.inputs where !known.contains(input.path) {
      guard let what = fault(input, in: base) else { continue }
      report.add(.copies, base + "/" + input.path, what, .restore(base + "/" + input.path))
    }
    report.count(.copies, manifest.inputs.count, period: period)
  }

  private func fault(_ input: WrittenManifest.File, in directory: String) -> String? {
    VerifyFiles.fault(directory + "/" + input.path, sha256: input.sha256, bytes: input.bytes)
  }

  // MARK: Sums

  private mutating func checkRegister(_ report: inout VerifyReport) throws {
    let path = directory + "/register.csv"
    guard let bytes = try read(path) else { return }
    do {
      let read = try VerifyRegister(bytes, period: period.text)
      for fault in read.faults {
        report.add(.register, "\(path):\(fault.line)", fault.what, remedy)
      }
      report.count(.register, read.rows.count, period: period)
      register = read
    } catch {
      report.add(.register, "\(path):\(error.record)", error.reason, remedy)
    }
  }

  private mutating func checkStatements(
    _ manifest: WrittenManifest, _ report: inout VerifyReport
  ) throws {
    guard manifest.hasStatements else { return }
    for name in try FileSystem.listDirectory(directory + "/statements")
    where name.hasSuffix(".csv") {
      let path = directory + "/statements/" + name
      guard let bytes = try read(path) else { continue }
      do {
        try checkStatement(bytes, path, &report)
      } catch {
        report.add(.statements, "\(path):\(error.record)", error.reason, remedy)
      }
      report.count(.statements, 1, period: period)
    }
    guard let register else { return }
    for (key, row) in register.rows where !seen.contains(key) {
      report.add(
        .register, "\(directory)/register.csv:\(row.line)", "the balance is on no statement", remedy
      )
    }
  }

  private mutating func checkStatement(
    _ bytes: [UInt8], _ path: String, _ report: inout VerifyReport
  ) throws(VerifyTable.Fault) {
    var table = try VerifyTable(bytes, columns: StatementColumn.names)
    var section: VerifySection?
    while let record = try table.next() {
      let type = record.text(StatementColumn.lineType)
      let key = record.key(StatementColumn.balance)
      if type == "opening" || section?.key != key {
        finish(&section, path, &report)
        section = VerifySection(key: key, line: record.number)
      }
      section?.add(type, record)
    }
    finish(&section, path, &report)
  }

  private mutating func finish(
    _ section: inout VerifySection?, _ path: String, _ report: inout VerifyReport
  ) {
    guard var done = section.take() else { return }
    done.finish()
    let place = "\(path):\(done.line)"
    for fault in done.faults { report.add(.statements, place, fault, remedy) }
    guard let register else { return }
    guard let row = register.rows[done.key] else {
      if !done.isEmpty { report.add(.register, place, "the register has no such balance", remedy) }
      return
    }
    if !seen.insert(done.key).inserted {
      report.add(.statements, place, "the balance stands on two statements", remedy)
    }
    for difference in VerifyOutbox.differences(done, row) {
      report.add(.register, place, difference, remedy)
    }
  }

  /// What the statement and the register say differently of a balance.
  private static func differences(
    _ section: VerifySection, _ row: VerifyRegister.Row
  ) -> [String] {
    let sums: [(String, Int128)] = [
      ("opening", section.sum("opening")),
      ("earned", section.sum("subtotal") + section.sum("coop")),
      ("adjustments", section.sum("adjustment")), ("gross", -section.sum("gross")),
      ("salesTax", section.sum("salesTax")), ("withheldTax", -section.sum("withheldTax")),
      ("totalPayment", section.sum("payment")), ("closing", section.sum("closing")),
    ]
    var found = sums.filter { row.amount($0.0) != $0.1 }.map { name, sum in
      "\(name) is \(VerifyAmount.text(sum)) here and \(VerifyAmount.text(row.amount(name))) in the"
        + " register"
    }
    if section.holds != row.holds { found.append("the hold reasons are not those of the register") }
    return found
  }

  private func checkPayments(_ manifest: WrittenManifest, _ report: inout VerifyReport) {
    guard let register else { return }
    let path = directory + "/run.json"
    let paid = register.paid
    let said = manifest.paid.mapValues { VerifyAmount.millionths(Array($0.utf8)[...]) }
    for currency in Set(paid.keys).union(said.keys).sorted()
    where paid[currency] != said[currency] ?? nil {
      report.add(
        .payments, path,
        "the register pays \(VerifyAmount.text(paid[currency] ?? 0)) \(SafeText.shown(currency)),"
          + " paid says \(SafeText.shown(manifest.paid[currency] ?? "nothing"))", remedy)
    }
    let ids = register.rows.values.map(\.paymentId).filter { !$0.isEmpty }
    if Set(ids).count != ids.count {
      report.add(.payments, path, "two payments have one paymentId", remedy)
    }
    let held = register.rows.values.count { $0.status == "On hold" }
    if ids.count != manifest.payments || held != manifest.holds {
      report.add(
        .payments, path,
        "the register has \(ids.count) payments and \(held) holds, run.json says"
          + " \(manifest.payments) and \(manifest.holds)", remedy)
    }
    report.count(.payments, ids.count, period: period)
  }

  private func checkBuckets(_ manifest: WrittenManifest, _ report: inout VerifyReport) throws {
    let path = directory + "/buckets.csv"
    guard let bytes = try read(path) else { return }
    do {
      let written = try VerifyBuckets(csv: bytes, period: period.text)
      let rows = written.rowsByBucket
      for bucket in Bucket.allCases where rows[bucket.name] ?? 0 != manifest.rows[bucket.name] ?? 0
      {
        report.add(
          .buckets, path,
          "\(rows[bucket.name] ?? 0) rows are \(bucket.name), run.json says"
            + " \(manifest.rows[bucket.name] ?? 0)", remedy)
      }
      guard let buckets else { return }
      for difference in buckets.differences(from: written) {
        report.add(.buckets, path, difference, remedy)
      }
    } catch {
      report.add(.buckets, "\(path):\(error.record)", error.reason, remedy)
    }
  }

  // MARK: The ledger

  /// What the ledger posted and issued is what the register says, balance by balance.
  private func checkLedger(_ report: inout VerifyReport) throws {
    guard close != nil, let ledger, let register else { return }
    let path = directory + "/register.csv"
    let settlements = try ledger.settlements(period)
    for posted in settlements {
      let name = posted.balance
      guard
        let row = register.row(
          participantId: name.participantId, program: name.program, currency: name.currency.code)
      else {
        report.add(.register, path, "\(name) was posted and is not in the register", remedy)
        continue
      }
      let different = posted.registerAmounts.filter { row.amount($0.name) != $0.millionths }
      for (amount, _) in different {
        report.add(
          .register, "\(path):\(row.line)", "\(amount) is not what the ledger posted", remedy)
      }
      if posted.payment?.paymentId ?? "" != row.paymentId {
        report.add(
          .payments, "\(path):\(row.line)", "the ledger issued another payment", remedy)
      }
    }
    if settlements.count != register.rows.count {
      report.add(
        .register, path,
        "it has \(register.rows.count) balances, the ledger posted"
          + " \(settlements.count)", remedy)
    }
  }

  /// The openings are the closings of the period before, balance by balance.
  private func checkOpenings(_ report: inout VerifyReport) throws {
    let before = Period(number: period.number - 1)
    guard let register, let bytes = try read(paths.outbox(before) + "/register.csv"),
      let earlier = try? VerifyRegister(bytes, period: before.text)
    else { return }
    let path = directory + "/register.csv"
    for key in Set(register.rows.keys).union(earlier.rows.keys) {
      let (old, new) = (earlier.rows[key], register.rows[key])
      let pairs = [("closing", "opening"), ("coopClosing", "coopOpening")]
      for (closing, opening) in pairs
      where old?.amount(closing) ?? 0 != new?.amount(opening) ?? 0 {
        report.add(
          .openings, new.map { "\(path):\($0.line)" } ?? path,
          "\(opening) is \(VerifyAmount.text(new?.amount(opening) ?? 0)), \(closing) of"
            + " \(before.text) was \(VerifyAmount.text(old?.amount(closing) ?? 0)):"
            + " \(VerifyOutbox.shown(key))", remedy)
      }
    }
    report.count(.openings, register.rows.count, period: period)
  }

  private static func shown(_ key: [UInt8]) -> String {
    key.split(separator: 0, omittingEmptySubsequences: false)
      .map { SafeText.shown(String(decoding: $0, as: UTF8.self)) }.joined(separator: ", ")
  }
}

extension LedgerSettlement {
  /// The amounts that the register has, in millionths.
  fileprivate var registerAmounts: [(name: String, millionths: Int128)] {
    let amounts = [
      opening, earned, adjustments, gross, salesTax, withheldTax, totalPayment, closing,
      coopOpening, coop, coopClosing,
    ]
    return zip(VerifyRegister.amounts, amounts).map { name, money in
      let scale = (money.currency.minorDigits..<VerifyAmount.places).reduce(Int128(1)) { power, _ in
        power * 10
      }
      return (name, money.minorUnits * scale)
    }
  }
}
