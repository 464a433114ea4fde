import Domain
import Eligibility
import ExactMoney
import Testing

/// The day that a test writes as text.
func day(_ text: String) throws -> Day {
  try #require(DayText.plainDay(text), "\(text) is no day")
}

/// One partner and two programs, of which a test changes what it is about.
///
/// As it stands the partner has everything from 2026-07-01 on and needs nothing.
struct Fixture {
  static let program = 0
  static let otherProgram = 1

  var tree = EligibilityTree.all([])
  var partner = Partner(
    participantId: "0048123", name: "Fabrikam", role: .directBill, country: "IE")
  var agreements: [Agreement] = []
  var competencies: [Competency] = []
  var enrollments: [Enrollment] = []
  var taxProfiles: [TaxProfile]
  var paymentProfiles: [PaymentProfile]

  init() throws {
    taxProfiles = [try Fixture.tax(completedOn: "2026-07-01")]
    paymentProfiles = [try Fixture.payment(completedOn: "2026-07-01")]
  }

  static func tax(program: Int? = nil, completedOn: String?) throws -> TaxProfile {
    var profile = TaxProfile(program: program, status: .valid)
    profile.completedOn = try completedOn.map(day)
    return profile
  }

  static func payment(program: Int? = nil, completedOn: String?) throws -> PaymentProfile {
    var profile = PaymentProfile(
      program: program, status: .valid, method: .creditNote, currency: try euro())
    profile.completedOn = try completedOn.map(day)
    return profile
  }

  static func validity(_ from: String, _ to: String? = nil) throws -> Validity {
    Validity(from: try day(from), to: try to.map(day))
  }

  static func euro() throws -> Currency {
    try #require(Currency("EUR"))
  }

  func rules() throws -> EligibilityRules {
    EligibilityRules(registry: registry, plans: try plans())
  }

  /// The codes of the reasons, joined by blanks.
  func reasons(on text: String) throws -> String {
    try rules().reasons(partner: 0, program: Fixture.program, on: day(text)).codes
      .map(\.rawValue).joined(separator: " ")
  }

  var registry: Registry {
    Registry(
      partners: [partner], agreements: [agreements], competencies: [competencies],
      enrollments: [enrollments], taxProfiles: [taxProfiles],
      paymentProfiles: [paymentProfiles], users: [])
  }

  func plans() throws -> Plans {
    let currency = try Fixture.euro()
    return Plans(
      ["CSP Direct", "CSP Indirect"].map {
        Plan(
          program: $0, currency: currency, eligibility: tree, defaultLever: nil, levers: [],
          file: "plans/csp.yaml")
      })
  }
}
