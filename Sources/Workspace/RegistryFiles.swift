import Domain
import ExactMoney

/// Reads the registry: seven tables about partners, checked against each other and the plans.
struct RegistryFiles {
  private let plans: Plans
  private var ids = NameIndex()
  private(set) var findings: [Finding] = []

  private var partners: [Partner] = []
  private var agreements: [[Agreement]] = []
  private var competencies: [[Competency]] = []
  private var enrollments: [[Enrollment]] = []
  private var taxProfiles: [[TaxProfile]] = []
  private var paymentProfiles: [[PaymentProfile]] = []
  private var users: [User] = []

  init(plans: Plans) {
    self.plans = plans
  }

  /// The files, in the order in which they are read.
  static let names = [
    "partners", "agreements", "competencies", "enrollments", "tax-profiles", "payment-profiles",
    "users",
  ]

  /// Reads all tables.
  ///
  /// - Parameter bytes: Of a file of ``names``.
  mutating func read(_ bytes: (String) -> [UInt8]?) -> Registry? {
    for name in RegistryFiles.names {
      guard let bytes = bytes(name) else { continue }
      read(name, bytes)
    }
    guard findings.isEmpty else { return nil }
    return Registry(
      partners: partners, agreements: agreements, competencies: competencies,
      enrollments: enrollments, taxProfiles: taxProfiles, paymentProfiles: paymentProfiles,
      users: users)
  }

  private mutating func read(_ name: String, _ bytes: [UInt8]) {
    let file = "registry/\(name).csv"
    switch name {
    case "partners": readPartners(bytes, file)
    case "agreements": readAgreements(bytes, file)
    case "competencies": readCompetencies(bytes, file)
    case "enrollments": readEnrollments(bytes, file)
    case "tax-profiles": readTaxProfiles(bytes, file)
    case "payment-profiles": readPaymentProfiles(bytes, file)
    default: readUsers(bytes, file)
    }
  }

  // MARK: Partners

  private mutating func readPartners(_ bytes: [UInt8], _ file: String) {
    var table = TableReader(
      bytes, file: file,
      columns: [
        .init("participantId", required: true), .init("name", required: true),
        .init("role", required: true), .init("country", required: true), .init("language"),
        .init("status"), .init("payableFrom"), .init("street"), .init("postCode"), .init("town"),
      ])
    var seen = NameIndex()
    var partners: [Partner] = []
    table.forEachRow { row in
      guard let partner = RegistryFiles.partner(&row) else { return }
      if !seen.insert(partner.participantId, number: 0) {
        row.report(.X906, 0, "the partner stands twice")
      }
      partners.append(partner)
    }
    self.partners = partners.sorted { precedesInBytes($0.participantId, $1.participantId) }
    for (number, partner) in self.partners.enumerated() {
      ids.insert(partner.participantId, number: number)
    }
    agreements = Array(repeating: [], count: partners.count)
    competencies = Array(repeating: [], count: partners.count)
    enrollments = Array(repeating: [], count: partners.count)
    taxProfiles = Array(repeating: [], count: partners.count)
    paymentProfiles = Array(repeating: [], count: partners.count)
    findings += table.findings.findings
  }

  private static func partner(_ row: inout TableReader) -> Partner? {
    let id = row.value(0, expected: "at most 200 bytes without control characters") { text in
      text.utf8.count <= 200 && !text.unicodeScalars.contains(where: isControl) ? text : nil
    }
    let name = row.text(1)
    let role = row.word(2, PartnerRole.self)
    let country = row.value(3, expected: "a country code of ISO 3166, like DE") {
      Countries.contains($0) ? $0 : nil
    }
    let language = row.value(4, expected: "a language tag like ko or en-GB") {
      isLanguage($0) ? $0 : nil
    }
    let status = row.word(5, PartnerStatus.self)
    let payableFrom = row.day(6)
    guard let id, let name, let role, let country else { return nil }
    var partner = Partner(participantId: id, name: name, role: role, country: country)
    partner.language = language ?? "en"
    partner.status = status ?? .active
    partner.payableFrom = payableFrom
    partner.street = row.raw(7)
    partner.postCode = row.raw(8)
    partner.town = row.raw(9)
    return partner
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  private static func isLanguage(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return (2...3).contains(parts[0].utf8.count)
      && parts.allSatisfy { part in
        (1...8).contains(part.utf8.count)
          && part.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isAlphabetic
            || ("0"..."9").contains($0) }
      }
  }

  // MARK: What rows of several tables have

  private func partner(_ row: inout TableReader, _ column: Int) -> Int? {
    guard let id = row.text(column) else { return nil }
    if let partner = ids.find(id) { return partner }
    row.report(
      .X908, column, "no partner has this participantId",
      remedy: "Add the partner to registry/partners.csv, or correct the id.")
    return nil
  }

  /// The program, nil where the column is empty; `isValid` is false where it is not known.
  private func program(
    _ row: inout TableReader, _ column: Int
  ) -> (program: Int?, isValid: Bool) {
    guard let name = row.text(column) else { return (nil, false) }
    if name.isEmpty { return (nil, true) }
    if let program = plans.names.find(name) { return (program, true) }
    row.report(
      .X908, column, "no plan has a program of this name",
      remedy: "Add a plan for it to plans/, or correct the name.")
    return (nil, false)
  }

  /// Reports a key that stands twice.
  private func check(
    _ key: String, _ seen: inout Set<String>, _ row: inout TableReader, _ column: Int
  ) {
    if !seen.insert(key).inserted {
      row.report(.X906, column, "another row has the same key")
    }
  }

  // MARK: The other tables

  private mutating func readAgreements(_ bytes: [UInt8], _ file: String) {
    var table = TableReader(
      bytes, file: file,
      columns: [
        .init("participantId", required: true), .init("agreement", required: true),
        .init("validFrom", required: true), .init("validTo"),
      ])
    var seen: Set<String> = []
    table.forEachRow { row in
      let partner = partner(&row, 0)
      let name = row.text(1)
      let validity = row.validity(from: 2, to: 3)
      guard let partner, let name, let validity else { return }
      check("\(partner) \(validity.from.number) \(name)", &seen, &row, 1)
      agreements[partner].append(Agreement(name: name, validity: validity))
    }
    findings += table.findings.findings
  }

  private mutating func readCompetencies(_ bytes: [UInt8], _ file: String) {
    var table = TableReader(
      bytes, file: file,
      columns: [
        .init("participantId", required: true), .init("competency", required: true),
        .init("level"), .init("validFrom", required: true), .init("validTo"),
      ])
    var seen: Set<String> = []
    table.forEachRow { row in
      let partner = partner(&row, 0)
      let name = row.text(1)
      let level = row.value(2, expected: "silver or gold") {
        ["silver": CompetencyLevel.silver, "gold": .gold][$0]
      }
      let validity = row.validity(from: 3, to: 4)
      guard let partner, let name, let validity else { return }
      check("\(partner) \(validity.from.number) \(name)", &seen, &row, 1)
      competencies[partner].append(
        Competency(name: name, level: level ?? .none, validity: validity))
    }
    findings += table.findings.findings
  }

  private mutating func readEnrollments(_ bytes: [UInt8], _ file: String) {
    var table = TableReader(
      bytes, file: file,
      columns: [
        .init("participantId", required: true), .init("programName", required: true),
        .init("status", required: true), .init("invitedOn"), .init("enrolledOn"), .init("endsOn"),
      ])
    var seen: Set<String> = []
    table.forEachRow { row in
      let partner = partner(&row, 0)
      let program = program(&row, 1).program
      let status = row.word(2, EnrollmentStatus.self)
      let invitedOn = row.day(3)
      let enrolledOn = row.day(4)
      let endsOn = row.day(5)
      if status == .enrolled, row.raw(4).isEmpty {
        row.report(.X913, 4, "an enrolled partner has the day on which it enrolled")
      }
      if let enrolledOn, let endsOn, endsOn < enrolledOn {
        row.report(.X907, 5, "ends on \(endsOn.text), before it begins on \(enrolledOn.text)")
      }
      guard let partner, let program, let status else { return }
      check("\(partner) \(program) \(enrolledOn?.number ?? 0)", &seen, &row, 1)
      enrollments[partner].append(
        Enrollment(
          program: program, status: status, invitedOn: invitedOn, enrolledOn: enrolledOn,
          endsOn: endsOn))
    }
    findings += table.findings.findings
  }

  private mutating func readTaxProfiles(_ bytes: [UInt8], _ file: String) {
    var table = TableReader(
      bytes, file: file,
      columns: [
        .init("participantId", required: true), .init("programName"),
        .init("status", required: true), .init("completedOn"), .init("expiresOn"),
        .init("taxId", secret: true), .init("withholdingRate"), .init("salesTaxRate"),
      ])
    var seen: Set<String> = []
    table.forEachRow { row in
      let partner = partner(&row, 0)
      let program = program(&row, 1)
      let status = row.word(2, ProfileStatus.self)
      let completedOn = row.day(3)
      let expiresOn = row.day(4)
      let withholding = row.share(6)
      let salesTax = row.share(7)
      if let completedOn, let expiresOn, expiresOn < completedOn {
        row.report(.X907, 4, "expires on \(expiresOn.text), before it was completed")
      }
      guard let partner, program.isValid, let status else { return }
      check("\(partner) \(program.program ?? -1)", &seen, &row, 1)
      var profile = TaxProfile(program: program.program, status: status)
      profile.completedOn = completedOn
      profile.expiresOn = expiresOn
      profile.taxId = row.raw(5)
      profile.withholdingRate = withholding
      profile.salesTaxRate = salesTax
      taxProfiles[partner].append(profile)
    }
    findings += table.findings.findings
  }

  private mutating func readPaymentProfiles(_ bytes: [UInt8], _ file: String) {
    var table = TableReader(
      bytes, file: file,
      columns: [
        .init("participantId", required: true), .init("programName"),
        .init("status", required: true), .init("completedOn"), .init("method", required: true),
        .init("currency", required: true), .init("accountHolder", secret: true),
        .init("iban", secret: true), .init("accountNumber", secret: true),
        .init("bic", secret: true), .init("hold"),
      ])
    var seen: Set<String> = []
    table.forEachRow { row in
      let partner = partner(&row, 0)
      let program = program(&row, 1)
      let status = row.word(2, ProfileStatus.self)
      let completedOn = row.day(3)
      let method = row.word(4, PaymentMethod.self)
      let currency = row.currency(5)
      let iban = row.value(7, expected: "an IBAN without blanks, in capitals") { text in
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
          ? text : nil
      }
      let hold = row.value(10, expected: "yes or no") { ["yes": true, "no": false][$0] }
      guard let partner, program.isValid, let status, let method, let currency else { return }
      check("\(partner) \(program.program ?? -1)", &seen, &row, 1)
      var profile = PaymentProfile(
        program: program.program, status: status, method: method, currency: currency)
      profile.completedOn = completedOn
      profile.accountHolder = row.raw(6)
      profile.iban = iban ?? ""
      profile.accountNumber = row.raw(8)
      profile.bic = row.raw(9)
      profile.hold = hold ?? false
      paymentProfiles[partner].append(profile)
    }
    findings += table.findings.findings
  }

  private mutating func readUsers(_ bytes: [UInt8], _ file: String) {
    var table = TableReader(
      bytes, file: file,
      columns: [
        .init("userId", required: true), .init("name"), .init("email", required: true),
        .init("role", required: true), .init("participantId", required: true),
        .init("programName"),
      ])
    var seen: Set<String> = []
    table.forEachRow { row in
      let userId = row.text(0)
      let email = row.value(2, expected: "an e-mail address") { text in
        text.contains("@") && !text.contains(where: \.isWhitespace) ? text : nil
      }
      let role = row.word(3, UserRole.self)
      let partner = partner(&row, 4)
      let program = program(&row, 5)
      guard let userId, let email, let role, let partner, program.isValid else { return }
      check("\(partner) \(program.program ?? -1) \(userId)", &seen, &row, 0)
      users.append(
        User(
          userId: userId, name: row.raw(1), email: email, role: role, partner: partner,
          program: program.program))
    }
    findings += table.findings.findings
  }
}
