import Domain
import ExactMoney
import Statements
import TestSupport
import Testing

@Suite("Lists about partners")
struct ListsTests {
  private func lists(_ fixture: Fixture) throws -> PartnerLists {
    PartnerLists(registry: fixture.registry, plans: try Fixture.plans())
  }

  private func user(
    _ id: String, _ email: String = "", _ role: UserRole = .incentivesAdmin, partner: Int = 0,
    program: Int? = nil
  ) -> User {
    User(userId: id, name: "", email: email, role: role, partner: partner, program: program)
  }

  @Test("invitations: active partners that qualify and have no enrollment row for the program")
  func invitations() throws {
    var fixture = Fixture()
    // Any row for the program counts, also one that is merely invited.
    fixture.enrollments[0] = [Enrollment(program: 0, status: .invited)]
    fixture.users = [
      user("u1", "z@x.example"), user("u2", "b@x.example", program: 1),
      // Not an admin; of another program; of another partner; the same address again.
      user("u3", "c@x.example", .incentivesUser), user("u4", "d@x.example", program: 0),
      user("u5", "a@y.example", partner: 1), user("u6", "Z@x.example"), user("u7", "b@x.example"),
    ]
    let bytes = try lists(fixture).invitations { partner, program in partner == 0 || program == 0 }
    #expect(header(bytes) == "programName,participantId,participantName,admins")
    #expect(
      records(bytes) == [
        "CSP Direct,'=2,\"Wide, World\",a@y.example",
        "CSP Indirect,0048101,Fabrikam,Z@x.example b@x.example z@x.example",
      ])
    for status in [PartnerStatus.suspended, .terminated] {
      fixture.partners[0].status = status
      let left = try lists(fixture).invitations { partner, _ in partner == 0 }
      #expect(records(left) == [])
    }
  }

  static let ends: [(to: String, days: Int?)] = [
    // The as-of date is 2026-10-31: what ends on it has ended, 60 days later is 30 December.
    ("2026-10-30", nil), ("2026-10-31", nil), ("2026-11-01", 1), ("2026-11-30", 30),
    ("2026-12-30", 60), ("2026-12-31", nil),
  ]

  @Test("expiring: what ends in 1 to 60 days", arguments: ends)
  func expiring(to: String, days: Int?) throws {
    var fixture = Fixture()
    let validity = Validity(from: try day("2026-01-01"), to: try day(to))
    fixture.agreements[0] = [Agreement(name: "mpn", validity: validity)]
    fixture.competencies[0] = [Competency(name: "Cloud", level: .gold, validity: validity)]
    var all = TaxProfile(program: nil, status: .valid)
    all.expiresOn = try day(to)
    var own = TaxProfile(program: 1, status: .valid)
    own.expiresOn = try day(to)
    fixture.taxProfiles[0] = [own, all]
    // Of a partner that is not active nothing is said.
    fixture.partners[1].status = .suspended
    fixture.agreements[1] = fixture.agreements[0]
    let bytes = try lists(fixture).expiring(asOf: day("2026-10-31"))
    #expect(header(bytes) == "participantId,participantName,kind,name,endsOn,daysLeft")
    let expected = ["agreement,mpn", "competency,Cloud", "taxProfile,", "taxProfile,CSP Indirect"]
    #expect(
      records(bytes)
        == (days.map { days in expected.map { "0048101,Fabrikam,\($0),\(to),\(days)" } } ?? []))
  }

  struct Successor: Sendable {
    var name = "Cloud"
    var level = CompetencyLevel.gold
    var from: String
    var to: String?
    var isFollowed: Bool
  }

  static let successors: [Successor] = [
    // The next day, an earlier one, no end.
    Successor(from: "2026-12-01", to: "2027-11-30", isFollowed: true),
    Successor(from: "2026-11-15", to: "2027-11-30", isFollowed: true),
    Successor(from: "2026-12-01", to: nil, isFollowed: true),
    // Any day of the month counts from its first: it holds on 1 December all the same.
    Successor(from: "2026-12-31", to: nil, isFollowed: true),
    // A month too late; ends no later; another name; a lower level.
    Successor(from: "2027-01-01", to: nil, isFollowed: false),
    Successor(from: "2026-10-01", to: "2026-11-30", isFollowed: false),
    Successor(name: "Data", from: "2026-12-01", to: nil, isFollowed: false),
    Successor(level: .silver, from: "2026-12-01", to: nil, isFollowed: false),
  ]

  @Test("expiring: not what another row of the name follows", arguments: successors)
  func followed(_ successor: Successor) throws {
    var fixture = Fixture()
    let ends = Validity(from: try day("2025-12-01"), to: try day("2026-11-30"))
    let next = Validity(from: try day(successor.from), to: try successor.to.map { try day($0) })
    fixture.competencies[0] = [
      Competency(name: "Cloud", level: .gold, validity: ends),
      Competency(name: successor.name, level: successor.level, validity: next),
    ]
    let line = "0048101,Fabrikam,competency,Cloud,2026-11-30,30"
    let written = records(try lists(fixture).expiring(asOf: day("2026-10-31")))
    #expect(written.contains(line) != successor.isFollowed)
    guard successor.level == .gold else { return }
    // Agreements have no level.
    fixture.agreements[0] = fixture.competencies[0].map {
      Agreement(name: $0.name, validity: $0.validity)
    }
    let both = records(try lists(fixture).expiring(asOf: day("2026-10-31")))
    #expect(
      both.contains("0048101,Fabrikam,agreement,Cloud,2026-11-30,30") != successor.isFollowed)
  }

  static let accesses: [(program: Int?, statement: Set<Int>, sees: Bool)] = [
    (nil, [0, 1], true), (nil, [0], true), (nil, [], false),
    (0, [0], true), (0, [0, 1], false), (0, [1], false), (0, [], false),
  ]

  @Test("access: a role for one of several programs sees no statement", arguments: accesses)
  func access(program: Int?, statement: Set<Int>, sees: Bool) throws {
    var fixture = Fixture()
    fixture.users = [user("u1", program: program)]
    let names = StatementNames(registry: fixture.registry)
    let bytes = try lists(fixture).access(names: names, statements: [0: statement])
    #expect(header(bytes) == "userId,role,participantId,programName,statement")
    let name = program == 0 ? "CSP Direct" : ""
    let path = sees ? "statements/0048101.csv" : ""
    #expect(records(bytes) == ["u1,incentivesAdmin,0048101,\(name),\(path)"])
  }

  @Test("access: one row per row of users.csv, sorted by its columns before neutralising")
  func accessOrder() throws {
    var fixture = Fixture()
    fixture.users = [
      user("u2", "", .incentivesUser, partner: 1), user("u2", partner: 0, program: 1),
      user("u2", partner: 0), user("U9"), user("=u", partner: 1),
    ]
    let names = StatementNames(registry: fixture.registry)
    let bytes = try lists(fixture).access(names: names, statements: [1: [0]])
    // The first eight hex digits of the SHA-256 of `=2` follow the name of the file.
    let file = "statements/\(names.names[1]).csv"
    #expect(
      records(bytes) == [
        "'=u,incentivesAdmin,'=2,,\(file)", "U9,incentivesAdmin,0048101,,",
        "u2,incentivesAdmin,0048101,,", "u2,incentivesAdmin,0048101,CSP Indirect,",
        "u2,incentivesUser,'=2,,\(file)",
      ])
  }
}

@Suite("Names of statements")
struct StatementNamesTests {
  private func names(_ ids: [String]) -> [String] {
    let none: [[Agreement]] = ids.map { _ in [] }
    let registry = Registry(
      partners: ids.map {
        Partner(participantId: $0, name: "", role: .directBill, country: "IE")
      },
      agreements: none, competencies: ids.map { _ in [] }, enrollments: ids.map { _ in [] },
      taxProfiles: ids.map { _ in [] }, paymentProfiles: ids.map { _ in [] }, users: [])
    return StatementNames(registry: registry).names
  }

  // The digits are those of `printf %s ID | sha256sum`.
  static let single: [(id: String, name: String)] = [
    ("0048101", "0048101"), ("a-B_c.9", "a-B_c.9"),
    ("a b", "a_b~c8687a08"),
    ("a/b", "a_b~c14cddc0"),
    ("../x", ".._x~d6b96a97"),
    (".hidden", ".hidden~16924190"),
    (".", ".~cdb4ee2a"),
    ("é", "_~4a99557e"),
    ("한국", "__~1eb7da6d"),
    ("e\u{301}", "e_~bf12767b"),
    ("a~b", "a_b~941528e5"),
    ("😀", "_~f0443a34"),
    ("CON ", "CON_~fc0615ed"),
  ]

  @Test("letters, digits, -, _ and . of ASCII stay", arguments: single)
  func oneName(id: String, name: String) {
    #expect(names([id]) == [name])
  }

  static let collisions: [(ids: [String], changed: [Bool])] = [
    // The same but for case: both get their digest.
    (["ABC", "abc"], [true, true]), (["abc", "abd"], [false, false]),
    // One that is changed to what another one is.
    (["a/b", "a_b"], [true, true]), (["a b", "a/b", "x"], [true, true, false]),
    (["A.1", "a.1", "a_1"], [true, true, false]),
  ]

  @Test("names that would fall together differ by their digests", arguments: collisions)
  func collide(ids: [String], changed: [Bool]) {
    let names = names(ids)
    #expect(names.map { $0.contains("~") } == changed)
    #expect(Set(names.map { $0.lowercased() }).count == ids.count)
  }
}

@Suite("run.json")
struct ManifestTests {
  private static let document = """
    {
      "asOf" : "2026-10-31",
      "feeds" : [
        {
          "findings" : {
            "F116" : 1,
            "R203" : 1
          },
          "findingsListed" : 2,
          "name" : "a \\"한\\".csv",
          "rows" : 2,
          "sha256" : "11"
        }
      ],
      "holds" : 0,
      "inputs" : [
        {
          "bytes" : 7,
          "path" : "plans/a.yaml",
          "sha256" : "00"
        }
      ],
      "outputs" : [

      ],
      "paid" : {
        "EUR" : "2.00",
        "USD" : "1.00"
      },
      "payments" : 2,
      "period" : "2026-10",
      "proof" : [
        {
          "checked" : 3,
          "rule" : "sums"
        }
      ],
      "rounding" : "halfEven",
      "rows" : {
        "accepted" : 1,
        "rejected" : 1
      },
      "state" : "draft"
    }

    """

  @Test("the same bytes for the same content, keys in order")
  func json() throws {
    var manifest = Manifest(
      state: "draft", period: try period("2026-10"), asOf: try day("2026-10-31"),
      rounding: "halfEven")
    manifest.inputs = [.init(path: "plans/a.yaml", sha256: "00", bytes: 7)]
    manifest.feeds = [
      .init(
        name: "a \"한\".csv", sha256: "11", feedId: nil, rows: 2,
        findings: ["R203": 1, "F116": 1], findingsListed: 2)
    ]
    manifest.rows = ["rejected": 1, "accepted": 1]
    manifest.paid = ["USD": "1.00", "EUR": "2.00"]
    manifest.payments = 2
    manifest.proof = [.init(rule: "sums", checked: 3)]
    #expect(String(decoding: try manifest.json(), as: UTF8.self) == Self.document)
  }
}
