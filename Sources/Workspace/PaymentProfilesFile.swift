import Domain

/// Reads `registry/payment-profiles.csv`.
enum PaymentProfilesFile {
  static let columns: [TableColumn] = [
    .required("participantId"), .init("programName"), .required("status"), .init("completedOn"),
    .required("method"), .required("currency"), .secret("accountHolder"), .secret("iban"),
    .secret("accountNumber"), .secret("bic"), .init("hold"),
    .secret("routingNumber"),
  ]

  /// Adds the profiles to the lists of their partners.
  static func read(
    _ bytes: [UInt8], file: String, _ names: RegistryNames, into lists: inout [[PaymentProfile]],
    _ findings: inout [Finding]
  ) {
    var table = TableReader(bytes, file: file, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    table.forEachRow { row in
      let partner = names.partner(&row, 0)
      let program = names.programOrAll(&row, 1)
      let profile = read(&row, program)
      guard let partner, let program, let profile else { return }
      keys.add(&row, 1, "participantId and program", partner: partner, program: program.number)
      lists[partner].append(profile)
    }
    findings += table.findings.finished()
  }

  private static func read(
    _ row: inout TableReader, _ program: ProgramOrAll?
  ) -> PaymentProfile? {
    let status = row.word(2, ProfileStatus.self)
    let completedOn = row.day(3)
    let method = row.word(4, PaymentMethod.self)
    let currency = row.currency(5)
    // Check digits are no matter of the registry: a wrong IBAN holds the payment (H504).
    let iban = row.value(7, expected: "an IBAN of capitals and digits without blanks") { text in
      text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        ? text : nil
    }
    let hold = row.value(10, expected: "yes or no") { isHeld($0) }
    let routingNumber = row.value(11, expected: "nine digits with a right check digit") {
      RoutingNumber.isValid($0) ? $0 : nil
    }
    guard let status, let method, let currency else { return nil }
    var profile = PaymentProfile(
      program: program?.number, status: status, method: method, currency: currency)
    profile.completedOn = completedOn
    profile.accountHolder = row.raw(6)
    profile.iban = iban ?? ""
    profile.accountNumber = row.raw(8)
    profile.bic = row.raw(9)
    profile.routingNumber = routingNumber ?? ""
    profile.hold = hold ?? false
    return profile
  }

  private static func isHeld(_ text: String) -> Bool? {
    switch text {
    case "yes": true
    case "no": false
    default: nil
    }
  }
}
