import Domain
import Testing

@Suite("E304 and E305: profiles and waves, whatever the tree")
struct ProfileTests {
  static let completions: [(tax: String?, payment: String?, on: String, reasons: String)] = [
    // The later of the two decides, by its month.
    ("2026-09-10", "2026-10-20", "2026-10-01", ""),
    ("2026-09-10", "2026-10-20", "2026-09-30", "E304"),
    ("2026-10-20", "2026-09-10", "2026-10-01", ""),
    ("2026-10-20", "2026-09-10", "2026-09-30", "E304"),
    // One of them, or both, never completed.
    (nil, "2026-09-10", "2026-10-15", "E304"),
    ("2026-09-10", nil, "2026-10-15", "E304"),
    (nil, nil, "2026-10-15", "E304"),
  ]

  @Test("both profiles completed", arguments: completions)
  func completed(tax: String?, payment: String?, on: String, reasons: String) throws {
    var fixture = try Fixture()
    fixture.taxProfiles = [try Fixture.tax(completedOn: tax)]
    fixture.paymentProfiles = [try Fixture.payment(completedOn: payment)]
    #expect(try fixture.reasons(on: on) == reasons)
  }

  @Test("a profile that is not there")
  func missing() throws {
    var fixture = try Fixture()
    fixture.taxProfiles = []
    #expect(try fixture.reasons(on: "2026-10-15") == "E304")
    fixture = try Fixture()
    fixture.paymentProfiles = []
    #expect(try fixture.reasons(on: "2026-10-15") == "E304")
  }

  @Test("the row of a program beats, as a whole, the row for all")
  func ownRow() throws {
    var fixture = try Fixture()
    // Completed for all programs in July, for this one not at all.
    fixture.taxProfiles.append(try Fixture.tax(program: Fixture.program, completedOn: nil))
    #expect(try fixture.reasons(on: "2026-10-15") == "E304")
    // The row of another program says nothing.
    fixture = try Fixture()
    fixture.taxProfiles.append(try Fixture.tax(program: Fixture.otherProgram, completedOn: nil))
    #expect(try fixture.reasons(on: "2026-10-15") == "")
    fixture.taxProfiles.removeFirst()
    #expect(try fixture.reasons(on: "2026-10-15") == "E304")
  }

  static let waves: [(payableFrom: String?, on: String, reasons: String)] = [
    (nil, "2026-07-01", ""),
    // Exact to the day: no month rule here.
    ("2026-10-20", "2026-10-19", "E305"),
    ("2026-10-20", "2026-10-20", ""),
    ("2026-10-20", "2026-10-01", "E305"),
  ]

  @Test("payable from", arguments: waves)
  func payableFrom(payableFrom: String?, on: String, reasons: String) throws {
    var fixture = try Fixture()
    fixture.partner.payableFrom = try payableFrom.map(day)
    #expect(try fixture.reasons(on: on) == reasons)
  }
}
