package import Domain
package import ExactMoney

/// On which day a bank executes the payments of a period. No clock is asked.
package struct ExecutionCalendar: Sendable {
  private let terms: PaymentTerms
  private let period: Period
  /// When the close was made, by its own clock.
  private let asOf: Day

  package init(_ terms: PaymentTerms, period: Period, asOf: Day) {
    self.terms = terms
    self.period = period
    self.asOf = asOf
  }

  /// The first business day that is not before the due day, and for which the file, made on the day
  /// of the close, still comes before the bank's cut-off.
  package func executionDate(_ currency: Currency, _ plan: PlanPayment) -> Day {
    let days = plan.daysAfterPeriod ?? terms.daysAfterPeriod
    let due = period.lastDay.advanced(by: days)
    return max(businessDay(from: due, currency), firstPossible(currency))
  }

  private func firstPossible(_ currency: Currency) -> Day {
    var day = businessDay(from: asOf, currency)
    for _ in 0..<terms.cutOffDays { day = businessDay(from: day.advanced(by: 1), currency) }
    return day
  }

  private func businessDay(from first: Day, _ currency: Currency) -> Day {
    var day = first
    // A calendar has fewer holidays than this in a row, unless it closes every day.
    for _ in 0..<3660 {
      if isBusinessDay(day, currency) { break }
      day = day.advanced(by: 1)
    }
    return day
  }

  private func isBusinessDay(_ day: Day, _ currency: Currency) -> Bool {
    !terms.weekend.contains(day.weekday) && !terms.holidays.contains(day)
      && terms.currencyHolidays[currency]?.contains(day) != true
  }

  /// Whether the calendar has holidays, but none of the year of a day.
  package func lacksHolidays(of day: Day, _ currency: Currency) -> Bool {
    let all = terms.holidays.union(terms.currencyHolidays[currency] ?? [])
    return !all.isEmpty && !all.contains { $0.date.year == day.date.year }
  }
}
