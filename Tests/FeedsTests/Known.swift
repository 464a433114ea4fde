import Domain
import ExactMoney
import Testing

/// The partners and programs that the feeds of these tests know.
///
/// Partners: 0 = `0048123`, 1 = `한국-7`. Programs: 0 = `CSP Direct`, alias `CSP 1T`, levers
/// 0 = `Core` (default, Rebate) and 1 = `Credit` (Fee); 1 = `Services` without default lever.
enum Known {
  static func registry() -> Registry {
    let partners = ["0048123", "한국-7"].map {
      Partner(participantId: $0, name: "", role: .directBill, country: "IE")
    }
    return Registry(
      partners: partners, agreements: [[], []], competencies: [[], []], enrollments: [[], []],
      taxProfiles: [[], []], paymentProfiles: [[], []], users: [])
  }

  static func plans() throws -> Plans {
    let currency = try #require(Currency("USD"))
    let direct = Plan(
      program: "CSP Direct", aliases: ["CSP 1T"], currency: currency, eligibility: .all([]),
      defaultLever: 0,
      levers: [
        Lever(name: "Core", earningType: .rebate, rule: .given),
        Lever(name: "Credit", earningType: .fee, rule: .given),
      ],
      earningTypes: [Array("partnerearnedcredit".utf8): .fee], file: "plans/direct.yaml")
    let services = Plan(
      program: "Services", currency: currency, eligibility: .all([]), defaultLever: nil,
      levers: [Lever(name: "Hours", earningType: .sell, rule: .given)],
      file: "plans/services.yaml")
    return Plans([direct, services])
  }
}
