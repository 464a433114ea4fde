import Domain
import ExactMoney

/// Reads the `rates` of a lever.
enum RatesFile {
  private static let path = "levers.rates"
  private static let whereFields = EarningField.allCases.filter(\.isText).map(\.name)

  static func read(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [RateEntry]? {
    guard let values = keys.requiredList("rates", of: "entry, like {rate: 4%}", &findings) else {
      return nil
    }
    var entries: [RateEntry] = []
    var coverage = RateCoverage()
    for value in values {
      guard let entry = readEntry(value, &findings) else { continue }
      if let line = coverage.add(entry, line: value.place.line) {
        findings.add(
          .X912, at: value.place, field: path,
          "the entry can never be reached: all that it covers is covered from line \(line) on",
          remedy: "Move it before the entry in line \(line), or remove it: the first that matches "
            + "counts.")
      }
      entries.append(entry)
    }
    return entries
  }

  private static func readEntry(
    _ node: YAMLValue, _ findings: inout FindingList
  ) -> RateEntry? {
    guard var keys = YAMLReader(node, path: path, &findings) else { return nil }
    let before = findings.count
    let rate = keys.require("rate", &findings).flatMap {
      YAMLReader.rate($0, path + ".rate", &findings)
    }
    let from = readDay("from", &keys, &findings)
    let to = readDay("to", &keys, &findings)
    if let from, let to, to < from {
      findings.add(
        .X907, at: keys.any("to")?.place, field: path + ".to", value: to.text,
        "the entry ends on \(to.text), before it begins on \(from.text)",
        remedy: "Correct one of the two dates; both days themselves count.")
    }
    let conditions = readConditions(&keys, &findings)
    keys.reportUnknown(&findings)
    guard findings.count == before, let rate else { return nil }
    return RateEntry(rate: rate, from: from, to: to, conditions: conditions)
  }

  private static func readDay(
    _ key: String, _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> Day? {
    keys.value(key, expected: "a date like 2026-10-31", &findings) { DayText.plainDay($0) }
  }

  private static func readConditions(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [WhereClause] {
    guard let node = keys.take("where", &findings),
      let map = YAMLReader(node, path: path + ".where", &findings)
    else { return [] }
    return map.entries.compactMap { entry in
      let name = map.name(entry.key)
      guard let field = EarningField(name: entry.key), field.isText else {
        findings.add(
          .X903, at: entry.keyPlace, field: name, value: entry.key,
          "where cannot ask for \(SafeText.shown(entry.key)), only for text fields of a feed row",
          remedy: NearestName.remedy("field", entry.key, among: whereFields))
        return nil
      }
      if case .nothing(let place) = entry.value {
        findings.add(
          .X904, at: place, field: name, "\(name) has no value",
          remedy: "Write the value to compare with, \"\" for rows where the field is empty.")
        return nil
      }
      return YAMLReader.text(entry.value, name, &findings).map {
        WhereClause(field: field, value: $0)
      }
    }
  }
}
