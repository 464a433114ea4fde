import Domain
import ExactMoney
import TestSupport

/// Makes registries and plans in which names, months and days often meet.
struct RandomRegistry {
  var generator: SeededGenerator
  private static let partnerCount = 3
  private static let programCount = 3

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  /// A day of the fourteen months around 2026, often the first or the last of its month.
  mutating func day() -> Day {
    let period = Period(number: Period(year: 2025, month: 12).number + Int32(number(14)))
    switch number(4) {
    case 0: return period.firstDay
    case 1: return period.lastDay
    default: return period.firstDay.advanced(by: number(28))
    }
  }

  mutating func registry() throws -> Registry {
    var partners: [Partner] = []
    for index in 0..<RandomRegistry.partnerCount {
      var partner = Partner(
        participantId: "P\(index)", name: "P\(index)", role: pick(PartnerRole.allCases),
        country: pick(["IE", "KR"]))
      partner.payableFrom = chance(3) ? day() : nil
      partners.append(partner)
    }
    let euro = try Fixture.euro()
    return Registry(
      partners: partners, agreements: lists(4) { $0.agreement() },
      competencies: lists(4) { $0.competency() }, enrollments: lists(3) { $0.enrollment() },
      taxProfiles: lists(3) { $0.taxProfile() },
      paymentProfiles: lists(3) { $0.paymentProfile(euro) }, users: [])
  }

  mutating func plans() throws -> Plans {
    let euro = try Fixture.euro()
    var plans: [Plan] = []
    for index in 0..<RandomRegistry.programCount {
      plans.append(
        Plan(
          program: "Program \(index)", currency: euro, eligibility: tree(depth: 3),
          defaultLever: nil, levers: [], file: "plans/\(index).yaml"))
    }
    return Plans(plans)
  }

  private mutating func tree(depth: Int) -> EligibilityTree {
    switch depth == 0 ? 2 + number(3) : number(5) {
    case 0: return .all(parts(depth))
    case 1: return .any(parts(depth))
    case 2: return .agreement(name(), when: condition())
    case 3: return .competency(name(), level: pick([.none, .silver, .gold]), when: condition())
    default: return .enrollment(when: condition())
    }
  }

  private mutating func parts(_ depth: Int) -> [EligibilityTree] {
    var parts: [EligibilityTree] = []
    for _ in 0..<number(4) { parts.append(tree(depth: depth - 1)) }
    return parts
  }

  private mutating func condition() -> PartnerCondition? {
    guard chance(4) else { return nil }
    return PartnerCondition(
      role: chance(2) ? pick(PartnerRole.allCases) : nil,
      country: chance(2) ? pick(["IE", "KR"]) : nil)
  }

  private mutating func agreement() -> Agreement {
    Agreement(name: name(), validity: validity())
  }

  private mutating func competency() -> Competency {
    Competency(name: name(), level: pick([.none, .silver, .gold]), validity: validity())
  }

  private mutating func enrollment() -> Enrollment {
    let validity = validity()
    return Enrollment(
      program: number(RandomRegistry.programCount), status: pick(EnrollmentStatus.allCases),
      enrolledOn: chance(4) ? nil : validity.from, endsOn: validity.to)
  }

  private mutating func taxProfile() -> TaxProfile {
    var profile = TaxProfile(program: program(), status: .valid)
    profile.completedOn = chance(5) ? nil : day()
    return profile
  }

  private mutating func paymentProfile(_ currency: Currency) -> PaymentProfile {
    var profile = PaymentProfile(
      program: program(), status: .valid, method: .creditNote, currency: currency)
    profile.completedOn = chance(5) ? nil : day()
    return profile
  }

  private mutating func program() -> Int? {
    chance(2) ? nil : number(RandomRegistry.programCount)
  }

  private mutating func validity() -> Validity {
    let days = [day(), day()].sorted()
    return Validity(from: days[0], to: chance(3) ? nil : days[1])
  }

  private mutating func name() -> String { pick(["A", "B"]) }

  /// One list per partner, each of fewer than `limit` entries.
  private mutating func lists<Entry>(
    _ limit: Int, _ make: (inout RandomRegistry) -> Entry
  ) -> [[Entry]] {
    var lists: [[Entry]] = []
    for _ in 0..<RandomRegistry.partnerCount {
      var list: [Entry] = []
      for _ in 0..<number(limit) { list.append(make(&self)) }
      lists.append(list)
    }
    return lists
  }

  private mutating func number(_ limit: Int) -> Int {
    Int.random(in: 0..<limit, using: &generator)
  }

  /// True once in so many times.
  private mutating func chance(_ times: Int) -> Bool { number(times) == 0 }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[number(values.count)]
  }
}
