import Domain

/// Reads `registry/competencies.csv`.
enum CompetenciesFile {
  static let columns: [TableColumn] = [
    .required("participantId"), .required("competency"), .init("level"), .required("validFrom"),
    .init("validTo"),
  ]

  /// Adds the competencies to the lists of their partners.
  static func read(
    _ bytes: [UInt8], file: String, _ names: RegistryNames, into lists: inout [[Competency]],
    _ findings: inout [Finding]
  ) {
    var table = TableReader(bytes, file: file, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    table.forEachRow { row in
      let partner = names.partner(&row, 0)
      let name = row.text(1)
      let level = row.value(2, expected: "silver or gold") { CompetenciesFile.level($0) }
      let validity = row.validity(from: 3, to: 4)
      guard let partner, let name, let validity else { return }
      keys.add(
        &row, 1, "participantId, competency and validFrom", partner: partner, day: validity.from,
        name: name)
      lists[partner].append(Competency(name: name, level: level ?? .none, validity: validity))
    }
    findings += table.findings.finished()
  }

  private static func level(_ text: String) -> CompetencyLevel? {
    switch text {
    case "silver": .silver
    case "gold": .gold
    default: nil
    }
  }
}
