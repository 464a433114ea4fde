package import Domain
package import ExactMoney

/// What a partner expects to have earned with one earning, by its own list.
package struct ExpectedEarning: Hashable, Sendable {
  package var earningId: String
  package var amount: ExactAmount
  package var currency: Currency
  package var line: Int
}

/// Reads a partner's own list of what it expects to earn.
package enum ExpectedEarningsFile {
  private static let columns: [TableColumn] = [
    .required("earningId"), .required("earnedAmount"), .required("earnedCurrency"),
  ]

  /// The list in its order, and what is wrong with it; an id may come once.
  ///
  /// - Parameter name: As findings name the file.
  package static func read(
    _ bytes: [UInt8], name: String
  ) -> (earnings: [ExpectedEarning], findings: [Finding]) {
    var table = TableReader(bytes, file: name, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    var earnings: [ExpectedEarning] = []
    table.forEachRow { row in
      let id = row.text(0)
      if let id { keys.add(&row, 0, "earningId", name: id) }
      let amount = row.value(1, expected: "a decimal like -1234.50") { ExactAmount($0) }
      let currency = row.currency(2)
      guard let id, let amount, let currency else { return }
      earnings.append(
        ExpectedEarning(earningId: id, amount: amount, currency: currency, line: row.line))
    }
    return (earnings, table.findings.finished())
  }
}
