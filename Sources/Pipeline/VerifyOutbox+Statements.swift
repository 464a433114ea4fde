import ByteStreams
import Domain

/// Whether statements add up, and to the register.
extension VerifyOutbox {
  mutating func checkStatements(
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
}
