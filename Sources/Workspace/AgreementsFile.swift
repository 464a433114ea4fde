import Domain

/// Reads `registry/agreements.csv`.
enum AgreementsFile {
  static let columns: [TableColumn] = [
    .required("participantId"), .required("agreement"), .required("validFrom"), .init("validTo"),
  ]

  /// Adds the agreements to the lists of their partners.
  static func read(
    _ bytes: [UInt8], file: String, _ names: RegistryNames, into lists: inout [[Agreement]],
    _ findings: inout [Finding]
  ) {
    var table = TableReader(bytes, file: file, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    table.forEachRow { row in
      let partner = names.partner(&row, 0)
      let name = row.text(1)
      let validity = row.validity(from: 2, to: 3)
      guard let partner, let name, let validity else { return }
      keys.add(
        &row, 1, "participantId, agreement and validFrom", partner: partner, day: validity.from,
        name: name)
      lists[partner].append(Agreement(name: name, validity: validity))
    }
    findings += table.findings.finished()
  }
}
