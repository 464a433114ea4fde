import Domain
import Testing

@Suite("E302: competencies")
struct CompetencyTests {
  static let levels: [(has: CompetencyLevel, needs: CompetencyLevel, reasons: String)] = [
    // Gold includes silver, and either includes none.
    (.none, .none, ""), (.silver, .none, ""), (.gold, .none, ""),
    (.none, .silver, "E302"), (.silver, .silver, ""), (.gold, .silver, ""),
    (.none, .gold, "E302"), (.silver, .gold, "E302"), (.gold, .gold, ""),
  ]

  @Test("at that level or higher", arguments: levels)
  func level(has: CompetencyLevel, needs: CompetencyLevel, reasons: String) throws {
    var fixture = try Fixture()
    fixture.tree = .competency("Security", level: needs, when: nil)
    fixture.competencies = [
      Competency(name: "Security", level: has, validity: try Fixture.validity("2026-08-01"))
    ]
    #expect(try fixture.reasons(on: "2026-10-15") == reasons)
  }

  @Test("the level and the day must be of one row")
  func oneRow() throws {
    var fixture = try Fixture()
    fixture.tree = .competency("Security", level: .gold, when: nil)
    fixture.competencies = [
      // Gold until August, silver from September on, gold in something else.
      Competency(
        name: "Security", level: .gold,
        validity: try Fixture.validity("2026-07-15", "2026-08-31")),
      Competency(name: "Security", level: .silver, validity: try Fixture.validity("2026-09-01")),
      Competency(name: "Modern Work", level: .gold, validity: try Fixture.validity("2026-09-01")),
    ]
    #expect(try fixture.reasons(on: "2026-07-01") == "")
    #expect(try fixture.reasons(on: "2026-08-31") == "")
    #expect(try fixture.reasons(on: "2026-09-01") == "E302")
    fixture.tree = .competency("Security", level: .silver, when: nil)
    #expect(try fixture.reasons(on: "2026-09-01") == "")
    fixture.tree = .competency("Data & AI", level: .none, when: nil)
    #expect(try fixture.reasons(on: "2026-09-01") == "E302")
  }
}
