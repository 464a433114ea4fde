import Domain
import Eligibility
import ExactMoney
import Testing

@Suite("The fast assessor and its slow twin")
struct EligibilityAssessorTests {
  @Test("agree on random registries, plans and days", arguments: UInt64(1)...12)
  func agree(seed: UInt64) throws {
    var random = RandomRegistry(seed: seed)
    var answers: Set<IneligibilityReasons> = []
    for _ in 0..<20 {
      let (registry, plans) = (try random.registry(), try random.plans())
      let rules = EligibilityRules(registry: registry, plans: plans)
      let assessor = EligibilityAssessor(registry: registry, plans: plans)
      for _ in 0..<400 {
        let partner = Int.random(in: 0..<registry.partners.count, using: &random.generator)
        let program = Int.random(in: 0..<plans.count, using: &random.generator)
        let day = random.day()
        let expected = rules.reasons(partner: partner, program: program, on: day)
        #expect(
          assessor.reasons(partner: partner, program: program, on: day) == expected,
          "partner \(partner), program \(program), \(day.text)")
        answers.insert(expected)
      }
    }
    // Otherwise the registries are too tame to tell the two apart.
    #expect(answers.count >= 12)
  }

  @Test("agree at both ends of the calendar")
  func ends() throws {
    var fixture = try Fixture()
    fixture.tree = .agreement("mpn", when: nil)
    fixture.agreements = [
      Agreement(name: "mpn", validity: try Fixture.validity("0001-01-01", "2026-10-15"))
    ]
    let rules = try fixture.rules()
    let assessor = EligibilityAssessor(registry: fixture.registry, plans: try fixture.plans())
    for text in ["0001-01-01", "2026-07-01", "2026-10-15", "2026-10-16", "9999-12-31"] {
      let date = try day(text)
      #expect(
        assessor.reasons(partner: 0, program: 0, on: date)
          == rules.reasons(partner: 0, program: 0, on: date), "\(text)")
    }
  }

  @Test("rejected rows of a batch are passed over")
  func batch() throws {
    var fixture = try Fixture()
    fixture.partner.payableFrom = try day("2026-10-20")
    var batch = EarningBatch()
    batch.count = 3
    batch.flags = [[], .rejected, []]
    batch.makeTypedColumns(currency: try Fixture.euro())
    // The rejected row names a partner that is not there.
    batch.partners = [0, -1, 0]
    batch.programs = [0, -1, 1]
    batch.days = [try day("2026-10-19"), try day("2026-10-19"), try day("2026-10-20")]
    let assessor = EligibilityAssessor(registry: fixture.registry, plans: try fixture.plans())
    assessor.assess(&batch)
    #expect(batch.reasons == [.payableFrom, [], []])
  }
}
