import Domain
import TestSupport
import Testing

@Suite("Numbers and days of banks")
struct BankNumberTests {
  @Test(
    "routing numbers have a check digit",
    arguments: [
      // 9 + 9, weighted 3 and 7, and 1 with the weight 7, 3 with 1: 27 + 63 + 7 + 3 = 100.
      ("990000013", true), ("990000026", true), ("990000014", false), ("99000001", false),
      ("9900000130", false), ("000000000", false), ("99000001A", false), ("", false),
    ])
  func routing(text: String, isValid: Bool) {
    #expect(RoutingNumber.isValid(text) == isValid)
  }

  @Test(
    "days have their weekday",
    arguments: [
      ("1970-01-01", Weekday.thursday), ("1969-12-31", .wednesday), ("2000-02-29", .tuesday),
      ("2026-11-15", .sunday), ("2026-11-16", .monday), ("0001-01-01", .monday),
    ])
  func weekday(text: String, weekday: Weekday) throws {
    #expect(try day(text).weekday == weekday)
  }

  @Test(
    "users' ids are parts of file names",
    arguments: [
      ("ann", true), ("A-b_c.9", true), (".ann", false), ("a/b", false), ("", false),
      ("ann\u{E9}", false), (String(repeating: "a", count: 65), false), ("..", false),
    ])
  func users(id: String, isOne: Bool) {
    #expect(Approver.isUserId(id) == isOne)
  }
}
