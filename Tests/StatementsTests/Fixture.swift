import Domain
import ExactMoney
import TestSupport
import Testing

/// A registry of two partners with two programs, of which a test changes what it is about.
///
/// Partners: 0 = `0048101`, Fabrikam; 1 = `=2`, a name with a comma. Programs: 0 = `CSP Direct`
/// with the levers 0 = `Core` and 1 = `Growth`; 1 = `CSP Indirect`.
struct Fixture {
  var partners: [Partner]
  var agreements: [[Agreement]] = [[], []]
  var competencies: [[Competency]] = [[], []]
  var enrollments: [[Enrollment]] = [[], []]
  var taxProfiles: [[TaxProfile]] = [[], []]
  var users: [User] = []

  init() {
    partners = [
      Partner(participantId: "0048101", name: "Fabrikam", role: .directBill, country: "DE"),
      Partner(participantId: "=2", name: "Wide, World", role: .directBill, country: "US"),
    ]
  }

  var registry: Registry {
    Registry(
      partners: partners, agreements: agreements, competencies: competencies,
      enrollments: enrollments, taxProfiles: taxProfiles, paymentProfiles: [[], []], users: users)
  }

  static func plans() throws -> Plans {
    let currency = try TestSupport.currency("EUR")
    return Plans(
      ["CSP Direct", "CSP Indirect"].map { program in
        Plan(
          program: program, currency: currency, eligibility: .all([]), defaultLever: 0,
          levers: ["Core", "Growth"].map { Lever(name: $0, earningType: .rebate, rule: .given) },
          disputeDays: 90, file: "plans/csp.yaml")
      })
  }
}
