/// A day of the week, from Monday on as in ISO 8601.
package enum Weekday: String, CaseIterable, Hashable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

extension Day {
  package var weekday: Weekday {
    // 1970-01-01, day 0, was a Thursday.
    let sinceMonday = (Int(number) + 3) % 7
    return Weekday.allCases[sinceMonday < 0 ? sinceMonday + 7 : sinceMonday]
  }
}
