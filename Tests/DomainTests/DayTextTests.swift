import Domain
import Testing

@Suite("Reading dates")
struct DayTextTests {
  static let accepted: [(text: String, day: String)] = [
    ("2026-10-31", "2026-10-31"),
    ("2028-02-29", "2028-02-29"),
    ("0001-01-01", "0001-01-01"),
    // In UTC, with and without seconds and fractions of them.
    ("2026-10-31T00:00Z", "2026-10-31"),
    ("2026-10-31T23:59:59Z", "2026-10-31"),
    ("2026-10-31T23:59:59.9999999Z", "2026-10-31"),
    ("2026-10-31T12:00:00.1Z", "2026-10-31"),
    // Offsets that leave the day alone, in their three spellings.
    ("2026-10-31T12:00:00+00:00", "2026-10-31"),
    ("2026-10-31T12:00:00-00:00", "2026-10-31"),
    ("2026-10-31T12:00:00+09:00", "2026-10-31"),
    ("2026-10-31T12:00:00+0900", "2026-10-31"),
    ("2026-10-31T12:00:00+09", "2026-10-31"),
    ("2026-10-31T12:00+09", "2026-10-31"),
    // East of UTC the morning is still the day before: 08:59 in Seoul is 23:59.
    ("2026-10-31T08:59:59+09:00", "2026-10-30"),
    ("2026-10-31T09:00:00+09:00", "2026-10-31"),
    ("2026-11-01T00:00:00+09:00", "2026-10-31"),
    // West of UTC the evening is already the next day: 17:00 at −07:00 is midnight.
    ("2026-10-31T16:59:59-07:00", "2026-10-31"),
    ("2026-10-31T17:00:00-07:00", "2026-11-01"),
    // Half and quarter hours: 05:29 at +05:30 is 23:59, 05:44 at +05:45 too.
    ("2026-10-31T05:29+05:30", "2026-10-30"),
    ("2026-10-31T05:30+05:30", "2026-10-31"),
    ("2026-10-31T05:44+0545", "2026-10-30"),
    // Over the ends of a year and of February.
    ("2027-01-01T00:30:00+01:00", "2026-12-31"),
    ("2026-12-31T23:30:00-01:00", "2027-01-01"),
    ("2028-03-01T00:00:00+01:00", "2028-02-29"),
    ("2027-02-28T23:00:00-01:00", "2027-03-01"),
    // The first and the last day there are, also by their offsets.
    ("9999-12-31", "9999-12-31"),
    ("0001-01-02T00:00:00+00:01", "0001-01-01"),
    ("9999-12-30T23:59:59-00:01", "9999-12-31"),
    // The furthest offsets.
    ("2026-10-31T13:59+14:00", "2026-10-30"),
    ("2026-10-31T10:00-14:00", "2026-11-01"),
    ("2026-10-31T09:59-14:00", "2026-10-31"),
  ]

  @Test("accepts", arguments: accepted)
  func accepts(text: String, day: String) {
    #expect(read(text)?.text == day)
  }

  static let refused: [String] = [
    "", "2026", "2026-10", "today",
    // Could be read in two ways, or in another order.
    "10/11/2026", "31.10.2026", "31-10-2026", "10-31-2026", "2026/10/31", "20261031",
    "26-10-31", "2026-10-1", "2026-1-01", "2026-W44-6", "2026-304",
    // Days that do not exist.
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-10-00", "2026-11-31", "0000-01-01",
    // Blanks.
    " 2026-10-31", "2026-10-31 ", "2026-10-31\n", "2026-10-31T",
    // A time without an offset, or with a blank, a small letter, or nothing between.
    "2026-10-31T12:00:00", "2026-10-31T12:00", "2026-10-31 12:00:00Z", "2026-10-31t12:00:00Z",
    "2026-10-31T12:00:00z", "2026-10-3112:00:00Z",
    // Times that are none.
    "2026-10-31T24:00:00Z", "2026-10-31T12:60:00Z", "2026-10-31T12:00:60Z", "2026-10-31T12Z",
    "2026-10-31T1:00:00Z", "2026-10-31T12:0:00Z", "2026-10-31T12:00:0Z", "2026-10-31T12:00:Z",
    "2026-10-31T12:00:00.Z", "2026-10-31T12:00:00,5Z", "2026-10-31T12.00.00Z",
    "2026-10-31T-1:00:00Z",
    // Offsets that are none, or further than any.
    "2026-10-31T12:00:00+", "2026-10-31T12:00:00+9", "2026-10-31T12:00:00+9:00",
    "2026-10-31T12:00:00+09:0", "2026-10-31T12:00:00+09:60", "2026-10-31T12:00:00+14:01",
    "2026-10-31T12:00:00-15:00", "2026-10-31T12:00:00+99", "2026-10-31T12:00:00+09:00:00",
    "2026-10-31T12:00:00 +09:00", "2026-10-31T12:00:00UTC", "2026-10-31T12:00:00ZZ",
    "2026-10-31T12:00:00Z ", "2026-10-31Z", "2026-10-31+09:00",
    // In UTC of the year 0 or 10000.
    "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
    // Digits of another script: as many characters, not as many bytes.
    "２０２６-10-31",
  ]

  @Test("refuses", arguments: refused)
  func refuses(text: String) {
    #expect(read(text) == nil)
  }

  @Test("a plain day has no time")
  func plain() {
    #expect(DayText.plainDay("2026-10-31")?.text == "2026-10-31")
    #expect(DayText.plainDay("2026-10-31T00:00:00Z") == nil)
    #expect(DayText.plainDay("2026-10-3") == nil)
  }

  @Test("every cut of a timestamp is refused or a whole one", arguments: 0..<29)
  func truncation(length: Int) {
    let text = "2026-10-31T23:30:15.25-09:30"
    let whole = [
      // The date itself; the offset in hours; the offset in full. `-09:` and `-09:3` are cut.
      10: "2026-10-31", 25: "2026-11-01", 28: "2026-11-01",
    ]
    #expect(read(String(text.prefix(length)))?.text == whole[length])
  }

  private func read(_ text: String) -> Day? {
    let bytes = Array(text.utf8)
    return DayText.day(bytes.span)
  }
}
