import Domain
import ExactMoney

/// Reads the `payments` of `payout.yaml`: the calendar of payment files.
enum PaymentTermsFile {
  static func read(
    _ value: YAMLValue, _ terms: inout PaymentTerms, _ findings: inout FindingList
  ) {
    guard var keys = YAMLReader(value, path: "payments", &findings) else { return }
    terms.daysAfterPeriod =
      number("daysAfterPeriod", 0...366, &keys, &findings) ?? terms.daysAfterPeriod
    terms.cutOffDays = number("cutOffDays", 0...10, &keys, &findings) ?? terms.cutOffDays
    if let weekend = keys.list("weekend", &findings) {
      terms.weekend = Set(weekend.compactMap { readWeekday($0, &findings) })
      if terms.weekend.count == Weekday.allCases.count {
        findings.add(
          .X905, at: keys.any("weekend")?.place, field: "payments.weekend",
          "payments.weekend: banks have to work on some day",
          remedy: "Leave out the days on which payments are made.")
      }
    }
    if let node = keys.take("holidays", &findings) { readHolidays(node, &terms, &findings) }
    keys.reportUnknown(&findings)
  }

  /// A number of days.
  static func number(
    _ key: String, _ range: ClosedRange<Int>, _ keys: inout YAMLReader,
    _ findings: inout FindingList
  ) -> Int? {
    let expected = "a number of days from \(range.lowerBound) to \(range.upperBound)"
    return keys.value(key, expected: expected, &findings) {
      YAMLReader.wholeNumber($0, range)
    }
  }

  private static func readWeekday(
    _ node: YAMLValue, _ findings: inout FindingList
  ) -> Weekday? {
    let names = Weekday.allCases.map(\.rawValue).joined(separator: ", ")
    return YAMLReader.value(
      node, "payments.weekend", expected: "one of \(names)", &findings
    ) { Weekday(rawValue: $0) }
  }

  private static func readHolidays(
    _ node: YAMLValue, _ terms: inout PaymentTerms, _ findings: inout FindingList
  ) {
    guard let keys = YAMLReader(node, path: "payments.holidays", &findings) else { return }
    for entry in keys.entries {
      let name = "payments.holidays." + entry.key
      let days = Set(readDays(entry.value, name, &findings))
      if entry.key == "all" {
        terms.holidays = days
      } else if let currency = Currency(entry.key) {
        terms.currencyHolidays[currency] = days
      } else {
        findings.add(
          .X903, at: entry.keyPlace, field: name, value: entry.key,
          "payments.holidays: expected all or the code of a currency",
          remedy: "Write all for the holidays of every currency, or a code like EUR.")
      }
    }
  }

  private static func readDays(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> [Day] {
    guard case .list(let nodes, _) = node else {
      findings.add(
        .X905, at: node.place, field: name, "\(SafeText.shown(name)): expected a list of dates",
        remedy: "Write a list of dates, like [2026-12-25, 2026-12-28].")
      return []
    }
    return nodes.compactMap { node in
      YAMLReader.value(node, name, expected: "a date like 2026-12-25", &findings) {
        DayText.plainDay($0)
      }
    }
  }
}
