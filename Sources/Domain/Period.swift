/// A calendar month, `2026-10`: what earnings belong to and what is settled at once.
package struct Period: Hashable, Comparable, Sendable {
  /// Months since year 0.
  package let number: Int32

  /// - Precondition: `month` is 1 to 12.
  package init(year: Int, month: Int) {
    precondition((1...12).contains(month))
    number = Int32(year * 12 + month - 1)
  }

  package init(number: Int32) {
    self.number = number
  }

  /// The period that `text` (`2026-10`) names, or nil.
  package init?(_ text: String) {
    guard text.utf8.count == 7, let first = DayText.plainDay(text + "-01") else { return nil }
    self = first.period
  }

  package static func < (left: Period, right: Period) -> Bool {
    left.number < right.number
  }

  package var year: Int { Int(number) / 12 }
  package var month: Int { Int(number) % 12 + 1 }

  package var firstDay: Day {
    Day(year: year, month: month, day: 1) ?? Day(number: 0)
  }

  package var lastDay: Day {
    Day(year: year, month: month, day: Day.lastDay(year: year, month: month)) ?? Day(number: 0)
  }

  package var next: Period { Period(number: number + 1) }

  /// The period as `2026-10`.
  package var text: String { String(firstDay.text.prefix(7)) }
}

extension Day {
  /// The month that it is in.
  package var period: Period {
    let (year, month, _) = date
    return Period(year: year, month: month)
  }
}
