import Domain
import Testing

@Suite("E301: agreements")
struct AgreementTests {
  static let cases: [(name: String, from: String, to: String?, on: String, reasons: String)] = [
    // Met from the first of the month in which it began.
    ("mpn", "2026-10-20", nil, "2026-10-01", ""),
    ("mpn", "2026-10-20", nil, "2026-09-30", "E301"),
    // The last day counts.
    ("mpn", "2026-08-01", "2026-10-15", "2026-10-15", ""),
    ("mpn", "2026-08-01", "2026-10-15", "2026-10-16", "E301"),
    // Another name, another spelling.
    ("reseller", "2026-08-01", nil, "2026-10-15", "E301"),
    ("MPN", "2026-08-01", nil, "2026-10-15", "E301"),
  ]

  @Test("of that name, valid on the day", arguments: cases)
  func one(name: String, from: String, to: String?, on: String, reasons: String) throws {
    var fixture = try Fixture()
    fixture.tree = .agreement("mpn", when: nil)
    fixture.agreements = [Agreement(name: name, validity: try Fixture.validity(from, to))]
    #expect(try fixture.reasons(on: on) == reasons)
  }

  @Test("none at all, and one of two that follow each other")
  func several() throws {
    var fixture = try Fixture()
    fixture.tree = .agreement("mpn", when: nil)
    #expect(try fixture.reasons(on: "2026-10-15") == "E301")
    fixture.agreements = [
      Agreement(name: "mpn", validity: try Fixture.validity("2026-07-01", "2026-08-10")),
      Agreement(name: "mpn", validity: try Fixture.validity("2026-09-20")),
    ]
    // Between them lies the rest of August; September counts from its first day.
    #expect(try fixture.reasons(on: "2026-08-10") == "")
    #expect(try fixture.reasons(on: "2026-08-11") == "E301")
    #expect(try fixture.reasons(on: "2026-08-31") == "E301")
    #expect(try fixture.reasons(on: "2026-09-01") == "")
  }
}
