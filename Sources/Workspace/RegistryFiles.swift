import Domain

/// Reads the registry: seven tables about partners, checked against each other and the plans.
enum RegistryFiles {
  /// A file of the registry.
  enum Table: String, CaseIterable {
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

  /// Reads all tables that there are.
  ///
  /// - Parameters:
  ///   - names: The programs; the partners are filled in from `partners.csv`.
  ///   - bytes: Of each file, nil where it could not be read.
  /// - Returns: Of use only where nothing was found.
  static func read(
    _ names: inout RegistryNames, _ findings: inout [Finding], bytes: (Table) -> [UInt8]?
  ) -> Registry {
    func bytesAndPath(_ table: Table) -> ([UInt8], String)? {
      bytes(table).map { ($0, table.path) }
    }
    var partners: [Partner] = []
    if let (bytes, path) = bytesAndPath(.partners) {
      (partners, names.knowsAllPartners) = PartnersFile.read(bytes, file: path, &findings)
      names.partners = index(partners)
    }
    var agreements = [[Agreement]](repeating: [], count: partners.count)
    if let (bytes, path) = bytesAndPath(.agreements) {
      AgreementsFile.read(bytes, file: path, names, into: &agreements, &findings)
    }
    var competencies = [[Competency]](repeating: [], count: partners.count)
    if let (bytes, path) = bytesAndPath(.competencies) {
      CompetenciesFile.read(bytes, file: path, names, into: &competencies, &findings)
    }
    var enrollments = [[Enrollment]](repeating: [], count: partners.count)
    if let (bytes, path) = bytesAndPath(.enrollments) {
      EnrollmentsFile.read(bytes, file: path, names, into: &enrollments, &findings)
    }
    var taxProfiles = [[TaxProfile]](repeating: [], count: partners.count)
    if let (bytes, path) = bytesAndPath(.taxProfiles) {
      TaxProfilesFile.read(bytes, file: path, names, into: &taxProfiles, &findings)
    }
    var paymentProfiles = [[PaymentProfile]](repeating: [], count: partners.count)
    if let (bytes, path) = bytesAndPath(.paymentProfiles) {
      PaymentProfilesFile.read(bytes, file: path, names, into: &paymentProfiles, &findings)
    }
    let users = bytesAndPath(.users).map { UsersFile.read($0, file: $1, names, &findings) }
    return Registry(
      partners: partners, agreements: agreements, competencies: competencies,
      enrollments: enrollments, taxProfiles: taxProfiles, paymentProfiles: paymentProfiles,
      users: users ?? [])
  }

  private static func index(_ partners: [Partner]) -> NameIndex {
    var index = NameIndex()
    for (number, partner) in partners.enumerated() {
      index.insert(partner.participantId, number: number)
    }
    return index
  }
}
