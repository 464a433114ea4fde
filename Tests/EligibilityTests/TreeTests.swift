import Domain
import Eligibility
import Testing

/// The partner is a direct bill partner in Ireland; it has the agreement `mpn` and silver in
/// `Security` from 2026-08-01 on, and no enrollment.
@Suite("Trees of requirements")
struct TreeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var why: String
    var tree: EligibilityTree
    var reasons: String
    var testDescription: String { why }

    init(_ why: String, _ tree: EligibilityTree, _ reasons: String) {
      self.why = why
      self.tree = tree
      self.reasons = reasons
    }
  }

  static let has = EligibilityTree.agreement("mpn", when: nil)
  static let hasNot = EligibilityTree.agreement("reseller", when: nil)
  static let silver = EligibilityTree.competency("Security", level: .silver, when: nil)
  static let gold = EligibilityTree.competency("Security", level: .gold, when: nil)
  static let enrolled = EligibilityTree.enrollment(when: nil)
  static let elsewhere = PartnerCondition(country: "KR")
  static let here = PartnerCondition(country: "IE")

  static let cases: [Case] = [
    // All: every part that fails is a reason, each code once, ascending.
    Case("all met", .all([has, silver]), ""),
    Case("one of all fails", .all([has, gold]), "E302"),
    Case("all fail", .all([enrolled, gold, hasNot]), "E301 E302 E303"),
    Case("the same code twice", .all([hasNot, .agreement("third", when: nil)]), "E301"),
    // Any: nothing is a reason once one part is met.
    Case("one of any met", .any([hasNot, silver]), ""),
    Case("the last of any met", .any([gold, hasNot, has]), ""),
    Case("none of any met", .any([hasNot, gold]), "E301 E302"),
    // Nested: what fails inside something that is met is no reason.
    Case("any inside all is met", .all([.any([hasNot, silver]), enrolled]), "E303"),
    Case("any inside all fails", .all([.any([hasNot, gold]), has]), "E301 E302"),
    Case("all inside any is met", .any([.all([has, silver]), .all([hasNot, gold])]), ""),
    Case(
      "all inside any fails", .any([.all([has, gold]), .all([silver, enrolled])]), "E302 E303"),
    Case(
      "three deep", .all([.any([.all([has, hasNot]), .any([gold, enrolled])])]),
      "E301 E302 E303"),
    Case("three deep, met at the bottom", .all([.any([.all([has, .any([gold, silver])])])]), ""),
    // Nothing left: met.
    Case("an empty all", .all([]), ""),
    Case("an empty any", .any([]), ""),
    Case("an empty any inside all", .all([.any([]), has]), ""),
    Case("an empty all satisfies an any", .any([hasNot, .all([])]), ""),
    // When: a leaf that does not match is left out.
    Case("left out of all", .all([has, .agreement("reseller", when: elsewhere)]), ""),
    Case("all with nothing left", .all([.agreement("reseller", when: elsewhere)]), ""),
    Case("any with nothing left", .any([.agreement("reseller", when: elsewhere)]), ""),
    Case("a tree that is one leaf, left out", .enrollment(when: elsewhere), ""),
    // Left out is not met: the other part of the any still has to be.
    Case(
      "left out of any", .any([.agreement("mpn", when: elsewhere), gold]), "E302"),
    Case("a condition that matches", .all([.agreement("reseller", when: here)]), "E301"),
    Case("of a competency", .all([.competency("AI", level: .none, when: here)]), "E302"),
    Case("of an enrollment", .all([.enrollment(when: here)]), "E303"),
    // Both halves of a condition must match.
    Case(
      "the role matches, the country does not",
      .agreement("reseller", when: PartnerCondition(role: .directBill, country: "KR")), ""),
    Case(
      "role and country match",
      .agreement("reseller", when: PartnerCondition(role: .directBill, country: "IE")), "E301"),
    Case(
      "another role", .agreement("reseller", when: PartnerCondition(role: .indirectProvider)), ""),
  ]

  @Test("reasons", arguments: cases)
  func reasons(_ row: Case) throws {
    let fixture = try fixture(row.tree)
    #expect(try fixture.reasons(on: "2026-10-15") == row.reasons)
  }

  @Test("every reason at once, ascending")
  func everything() throws {
    var fixture = try fixture(.all([TreeTests.enrolled, TreeTests.gold, TreeTests.hasNot]))
    fixture.taxProfiles = []
    fixture.partner.payableFrom = try day("2027-01-01")
    #expect(try fixture.reasons(on: "2026-10-15") == "E301 E302 E303 E304 E305")
  }

  static let invitations: [(why: String, tree: EligibilityTree, qualifies: Bool)] = [
    ("enrollment is left out of all", .all([has, enrolled]), true),
    ("the rest is not met", .all([hasNot, enrolled]), false),
    ("nothing else is asked for", enrolled, true),
    ("left out of any, the other part decides", .any([enrolled, hasNot]), false),
    ("any with nothing left", .all([.any([enrolled])]), true),
  ]

  @Test("who may be invited", arguments: invitations)
  func qualifies(why: String, tree: EligibilityTree, qualifies: Bool) throws {
    var fixture = try fixture(tree)
    // Profiles and waves do not matter for it.
    fixture.taxProfiles = []
    fixture.partner.payableFrom = try day("2099-01-01")
    let answer = try fixture.rules().qualifies(
      partner: 0, program: Fixture.program, on: day("2026-10-31"))
    #expect(answer == qualifies, "\(why)")
  }

  private func fixture(_ tree: EligibilityTree) throws -> Fixture {
    var fixture = try Fixture()
    fixture.tree = tree
    fixture.agreements = [Agreement(name: "mpn", validity: try Fixture.validity("2026-08-01"))]
    fixture.competencies = [
      Competency(name: "Security", level: .silver, validity: try Fixture.validity("2026-08-01"))
    ]
    return fixture
  }
}
