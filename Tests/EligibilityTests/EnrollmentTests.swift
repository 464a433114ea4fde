import Domain
import Testing

@Suite("E303: enrollments")
struct EnrollmentTests {
  struct Case: Sendable {
    var status: EnrollmentStatus
    var enrolledOn: String?
    var endsOn: String?
    var on: String
    var reasons: String

    init(
      _ status: EnrollmentStatus, _ enrolledOn: String?, _ endsOn: String?, on: String,
      _ reasons: String
    ) {
      self.status = status
      self.enrolledOn = enrolledOn
      self.endsOn = endsOn
      self.on = on
      self.reasons = reasons
    }
  }

  static let cases: [Case] = [
    // From the first of its month, to its last day.
    Case(.enrolled, "2026-10-20", nil, on: "2026-10-01", ""),
    Case(.enrolled, "2026-10-20", nil, on: "2026-09-30", "E303"),
    Case(.enrolled, "2026-08-20", "2026-10-15", on: "2026-10-15", ""),
    Case(.enrolled, "2026-08-20", "2026-10-15", on: "2026-10-16", "E303"),
    // Who has left was enrolled until then, if it is known when that was.
    Case(.inactive, "2026-08-20", "2026-10-15", on: "2026-10-15", ""),
    Case(.inactive, "2026-08-20", "2026-10-15", on: "2026-10-16", "E303"),
    Case(.inactive, "2026-08-20", nil, on: "2026-10-15", "E303"),
    Case(.discontinued, "2026-08-20", "2026-10-15", on: "2026-10-15", ""),
    Case(.discontinued, "2026-08-20", nil, on: "2026-08-20", "E303"),
    // On the way in, without a day.
    Case(.invited, nil, nil, on: "2026-10-15", "E303"),
    Case(.actionRequired, nil, nil, on: "2026-10-15", "E303"),
    Case(.validating, nil, nil, on: "2026-10-15", "E303"),
    // With a day they are: something has to be done again.
    Case(.actionRequired, "2026-08-20", nil, on: "2026-10-15", ""),
    Case(.invited, "2026-08-20", nil, on: "2026-10-15", ""),
  ]

  @Test("in the program, begun and not ended", arguments: cases)
  func one(_ row: Case) throws {
    var fixture = try Fixture()
    fixture.tree = .enrollment(when: nil)
    fixture.enrollments = [
      Enrollment(
        program: Fixture.program, status: row.status, enrolledOn: try row.enrolledOn.map(day),
        endsOn: try row.endsOn.map(day))
    ]
    #expect(try fixture.reasons(on: row.on) == row.reasons)
  }

  @Test("in another program is none, and any of several will do")
  func several() throws {
    var fixture = try Fixture()
    fixture.tree = .enrollment(when: nil)
    #expect(try fixture.reasons(on: "2026-10-15") == "E303")
    fixture.enrollments = [
      Enrollment(
        program: Fixture.otherProgram, status: .enrolled, enrolledOn: try day("2026-08-01"))
    ]
    #expect(try fixture.reasons(on: "2026-10-15") == "E303")
    fixture.enrollments.append(
      Enrollment(
        program: Fixture.program, status: .enrolled, enrolledOn: try day("2026-08-01")))
    #expect(try fixture.reasons(on: "2026-10-15") == "")
  }
}
