import Domain
import ExactMoney

/// Reads `adjustments.csv`.
enum AdjustmentsFile {
  static let path = "adjustments.csv"
  private static let columns: [TableColumn] = [
    .required("adjustmentId"), .required("participantId"), .required("programName"),
    .required("amount"), .required("currency"), .required("appliesTo"), .required("reasonCode"),
    .init("note"), .init("approvedBy"),
  ]

  /// The adjustments in the order of the file.
  static func read(
    _ bytes: [UInt8], _ names: RegistryNames, _ findings: inout [Finding]
  ) -> [Adjustment] {
    var table = TableReader(bytes, file: path, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    var adjustments: [Adjustment] = []
    table.forEachRow { row in
      let id = row.text(0)
      if let id { keys.add(&row, 0, "adjustmentId", name: id) }
      let partner = names.partner(&row, 1)
      let program = names.program(&row, 2)
      let amount = row.value(3, expected: "a decimal like -1234.50") { ExactAmount($0) }
      let currency = row.currency(4)
      let appliesTo = row.period(5)
      let reasonCode = row.text(6)
      guard let id, let partner, let program, let amount, let currency, let appliesTo,
        let reasonCode
      else { return }
      adjustments.append(
        Adjustment(
          adjustmentId: id, partner: partner, program: program, amount: amount,
          currency: currency, appliesTo: appliesTo, reasonCode: reasonCode, note: row.raw(7),
          approvedBy: row.raw(8)))
    }
    findings += table.findings.finished()
    return adjustments
  }
}
