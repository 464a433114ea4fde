import Domain
import Workers

/// Reads the registry: seven tables about partners, checked against each other and the plans.
enum RegistryFiles {
  /// A file of the registry.
  enum Table: String, CaseIterable, Sendable {
    case partners, agreements, competencies, enrollments
    case taxProfiles = "tax-profiles"
    case paymentProfiles = "payment-profiles"
    case users

    /// Relative to the workspace.
    var path: String { "registry/\(rawValue).csv" }

    /// The header of a file, for who has to make one.
    var header: String {
      let columns =
        switch self {
        case .partners: PartnersFile.columns
        case .agreements: AgreementsFile.columns
        case .competencies: CompetenciesFile.columns
        case .enrollments: EnrollmentsFile.columns
        case .taxProfiles: TaxProfilesFile.columns
        case .paymentProfiles: PaymentProfilesFile.columns
        case .users: UsersFile.columns
        }
      return columns.map(\.name).joined(separator: ",")
    }
  }

  /// Reads all tables that there are, some of them at the same time.
  ///
  /// - Parameters:
  ///   - names: The programs; the partners are filled in from `partners.csv`.
  ///   - tables: The bytes of each file that could be read.
  /// - Returns: Of use only where nothing was found.
  static func read(
    _ names: inout RegistryNames, _ findings: inout [Finding], tables: [Table: [UInt8]]
  ) -> Registry {
    var partners: [Partner] = []
    if let bytes = tables[.partners] {
      let path = Table.partners.path
      (partners, names.knowsAllPartners) = PartnersFile.read(bytes, file: path, &findings)
      names.partners = index(partners)
    }
    let reading = TableReading(tables: tables, names: names, partnerCount: partners.count)
    let others = OrderedWork(threads: Threads.count) { (table: Table) in reading.read(table) }
    defer { others.finish() }
    // The order of the findings is that of the tables.
    for table in Table.allCases where table != .partners { others.add(table) }
    var contents = TableContents(partnerCount: partners.count)
    while others.pending > 0 { contents.take(others.next()) }
    findings += contents.findings
    return Registry(
      partners: partners, agreements: contents.agreements, competencies: contents.competencies,
      enrollments: contents.enrollments, taxProfiles: contents.taxProfiles,
      paymentProfiles: contents.paymentProfiles, users: contents.users)
  }

  private static func index(_ partners: [Partner]) -> NameIndex {
    var index = NameIndex()
    for (number, partner) in partners.enumerated() {
      index.insert(partner.participantId, number: number)
    }
    return index
  }
}

/// What the tables beside `partners.csv` say: by partner, but for the users.
private struct TableContents: Sendable {
  var agreements: [[Agreement]] = []
  var competencies: [[Competency]] = []
  var enrollments: [[Enrollment]] = []
  var taxProfiles: [[TaxProfile]] = []
  var paymentProfiles: [[PaymentProfile]] = []
  var users: [User] = []
  var findings: [Finding] = []

  init() {}

  /// With nothing of any partner.
  init(partnerCount: Int) {
    agreements = Array(repeating: [], count: partnerCount)
    competencies = Array(repeating: [], count: partnerCount)
    enrollments = Array(repeating: [], count: partnerCount)
    taxProfiles = Array(repeating: [], count: partnerCount)
    paymentProfiles = Array(repeating: [], count: partnerCount)
  }

  /// Takes over the table that another one has.
  mutating func take(_ other: TableContents) {
    if !other.agreements.isEmpty { agreements = other.agreements }
    if !other.competencies.isEmpty { competencies = other.competencies }
    if !other.enrollments.isEmpty { enrollments = other.enrollments }
    if !other.taxProfiles.isEmpty { taxProfiles = other.taxProfiles }
    if !other.paymentProfiles.isEmpty { paymentProfiles = other.paymentProfiles }
    if !other.users.isEmpty { users = other.users }
    findings += other.findings
  }
}

/// Reads any of the tables beside `partners.csv`, which do not depend on each other.
private struct TableReading: Sendable {
  let tables: [RegistryFiles.Table: [UInt8]]
  let names: RegistryNames
  let partnerCount: Int

  func read(_ table: RegistryFiles.Table) -> TableContents {
    var found = TableContents()
    guard let bytes = tables[table] else { return found }
    let path = table.path
    func lists<Element>() -> [[Element]] { Array(repeating: [], count: partnerCount) }
    switch table {
    case .partners: break
    case .agreements:
      found.agreements = lists()
      AgreementsFile.read(bytes, file: path, names, into: &found.agreements, &found.findings)
    case .competencies:
      found.competencies = lists()
      CompetenciesFile.read(bytes, file: path, names, into: &found.competencies, &found.findings)
    case .enrollments:
      found.enrollments = lists()
      EnrollmentsFile.read(bytes, file: path, names, into: &found.enrollments, &found.findings)
    case .taxProfiles:
      found.taxProfiles = lists()
      TaxProfilesFile.read(bytes, file: path, names, into: &found.taxProfiles, &found.findings)
    case .paymentProfiles:
      found.paymentProfiles = lists()
      PaymentProfilesFile.read(
        bytes, file: path, names, into: &found.paymentProfiles, &found.findings)
    case .users: found.users = UsersFile.read(bytes, file: path, names, &found.findings)
    }
    return found
  }
}
