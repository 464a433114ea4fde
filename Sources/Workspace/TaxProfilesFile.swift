import Domain

/// Reads `registry/tax-profiles.csv`.
enum TaxProfilesFile {
  static let columns: [TableColumn] = [
    .required("participantId"), .init("programName"), .required("status"), .init("completedOn"),
    .init("expiresOn"), .secret("taxId"), .init("withholdingRate"), .init("salesTaxRate"),
  ]

  /// Adds the profiles to the lists of their partners.
  static func read(
    _ bytes: [UInt8], file: String, _ names: RegistryNames, into lists: inout [[TaxProfile]],
    _ findings: inout [Finding]
  ) {
    var table = TableReader(bytes, file: file, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    table.forEachRow { row in
      let partner = names.partner(&row, 0)
      let program = names.programOrAll(&row, 1)
      let status = row.word(2, ProfileStatus.self)
      let completedOn = row.day(3)
      let expiresOn = row.day(4)
      let withholdingRate = row.share(6)
      let salesTaxRate = row.share(7)
      row.checkOrder(completedOn, expiresOn, 4)
      guard let partner, let program, let status else { return }
      keys.add(&row, 1, "participantId and program", partner: partner, program: program.number)
      var profile = TaxProfile(program: program.number, status: status)
      profile.completedOn = completedOn
      profile.expiresOn = expiresOn
      profile.taxId = row.raw(5)
      profile.withholdingRate = withholdingRate
      profile.salesTaxRate = salesTaxRate
      lists[partner].append(profile)
    }
    findings += table.findings.finished()
  }
}
