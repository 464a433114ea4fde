import Domain
import ExactMoney

/// Reads a lever of a plan.
enum LeverFile {
  static func read(_ node: YAMLValue, _ findings: inout FindingList) -> Lever? {
    guard var keys = YAMLReader(node, path: "levers", &findings) else { return nil }
    let name = keys.requiredText("lever", &findings)
    let names = EarningType.allCases.map(\.name).joined(separator: ", ")
    let type = keys.require("earningType", &findings).flatMap {
      YAMLReader.value($0, "levers.earningType", expected: "one of \(names)", &findings) {
        EarningType($0)
      }
    }
    let rule = readRule(&keys, &findings)
    let cap = keys.take("cap").flatMap { PlanFile.amount($0, "levers.cap", &findings) }
    keys.reportUnknown(&findings)
    guard let name, let type, let rule else { return nil }
    return Lever(name: name, earningType: type, rule: rule, cap: cap)
  }

  private static func readRule(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> LeverRule? {
    let forms = ["rates", "tiers", "given"].filter(keys.keys.contains)
    guard forms.count == 1 else {
      for form in forms { _ = keys.take(form) }
      findings.add(
        forms.isEmpty ? .X904 : .X905, line: keys.place.line, column: keys.place.column,
        field: "levers", "a lever has exactly one of rates, tiers and given: true")
      return nil
    }
    switch forms[0] {
    case "rates": return readRates(&keys, &findings).map { .rates($0) }
    case "tiers":
      return keys.require("tiers", &findings).flatMap { readTiers($0, &findings) }.map {
        .tiers($0)
      }
    default:
      let given = keys.value("given", expected: "true", &findings) { $0 == "true" ? true : nil }
      return given.map { _ in .given }
    }
  }

  private static func readRates(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [RateEntry]? {
    guard let node = keys.require("rates", &findings) else { return nil }
    var entries: [RateEntry] = []
    for value in keys.list("rates", &findings) {
      guard let entry = readRate(value, &findings) else { continue }
      if isCovered(entry, by: entries) {
        findings.add(
          .X912, line: value.place.line, column: value.place.column, field: "levers.rates",
          "an earlier entry covers all that this one covers, so it can never be reached",
          remedy: "Move it before that entry, or remove it: the first entry that matches counts.")
      }
      entries.append(entry)
    }
    if entries.isEmpty, findings.findings.isEmpty {
      findings.add(
        .X904, line: node.place.line, column: node.place.column, field: "levers.rates",
        "a lever with rates has at least one")
    }
    return entries
  }

  private static func readRate(
    _ node: YAMLValue, _ findings: inout FindingList
  ) -> RateEntry? {
    guard var keys = YAMLReader(node, path: "levers.rates", &findings) else { return nil }
    let rate = keys.require("rate", &findings).flatMap {
      YAMLReader.rate($0, "levers.rates.rate", &findings)
    }
    let from = keys.value("from", expected: "a date like 2026-10-31", &findings) {
      DayText.plainDay($0)
    }
    let to = keys.value("to", expected: "a date like 2026-10-31", &findings) {
      DayText.plainDay($0)
    }
    if let from, let to, to < from {
      findings.add(
        .X907, line: node.place.line, column: node.place.column, field: "levers.rates",
        value: to.text, "the entry ends on \(to.text), before it begins on \(from.text)")
    }
    let conditions = readConditions(&keys, &findings)
    keys.reportUnknown(&findings)
    return rate.map { RateEntry(rate: $0, from: from, to: to, conditions: conditions) }
  }

  private static func readConditions(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [WhereClause] {
    guard let node = keys.take("where") else { return [] }
    guard case .map(let entries, _) = node else {
      findings.add(
        .X905, line: node.place.line, column: node.place.column, field: "levers.rates.where",
        "where has fields with values, like {solutionArea: Azure}")
      return []
    }
    let fields = EarningField.allCases.filter(\.isText).map(\.name)
    return entries.compactMap { entry in
      guard let field = EarningField(name: entry.key), field.isText else {
        let nearest = NearestName.find(entry.key, among: fields)
        findings.add(
          .X903, line: entry.keyPlace.line, column: entry.keyPlace.column,
          field: "levers.rates.where", value: entry.key,
          "where can ask for text fields of a feed row only",
          remedy: nearest.map { "Did you mean \($0)?" }
            ?? "Known here: \(fields.joined(separator: ", ")).")
        return nil
      }
      let text = YAMLReader.text(entry.value, "levers.rates.where." + entry.key, &findings)
      return text.map { WhereClause(field: field, value: $0) }
    }
  }

  /// Whether earlier entries that ask for no more leave no day to this one.
  private static func isCovered(_ entry: RateEntry, by earlier: [RateEntry]) -> Bool {
    let first = entry.from?.number ?? Int32.min
    let last = entry.to?.number ?? Int32.max
    let ranges = earlier
      .filter { Set($0.conditions).isSubset(of: entry.conditions) }
      .map { (from: $0.from?.number ?? Int32.min, to: $0.to?.number ?? Int32.max) }
      .sorted { $0.from < $1.from }
    var next = first
    for range in ranges where range.from <= next {
      if range.to >= last { return true }
      next = max(next, range.to + 1)
    }
    return false
  }

  private static func readTiers(
    _ node: YAMLValue, _ findings: inout FindingList
  ) -> Tiers? {
    guard var keys = YAMLReader(node, path: "levers.tiers", &findings) else { return nil }
    let mode = keys.require("mode", &findings).flatMap {
      YAMLReader.value($0, "levers.tiers.mode", expected: "graduated or slab", &findings) {
        TierMode(rawValue: $0)
      }
    }
    let steps = keys.require("steps", &findings)
    let values = keys.list("steps", &findings)
    keys.reportUnknown(&findings)
    var read: [TierStep] = []
    for (number, value) in values.enumerated() {
      let isLast = number == values.count - 1
      if let step = readStep(value, after: read.last?.upTo, isLast: isLast, &findings) {
        read.append(step)
      }
    }
    if let steps, values.isEmpty {
      findings.add(
        .X904, line: steps.place.line, column: steps.place.column, field: "levers.tiers.steps",
        "tiers have at least one step")
    }
    return mode.map { Tiers(mode: $0, steps: read) }
  }

  private static func readStep(
    _ node: YAMLValue, after previous: ExactAmount?, isLast: Bool,
    _ findings: inout FindingList
  ) -> TierStep? {
    guard var keys = YAMLReader(node, path: "levers.tiers.steps", &findings) else { return nil }
    let rate = keys.require("rate", &findings).flatMap {
      YAMLReader.rate($0, "levers.tiers.steps.rate", &findings)
    }
    let bound = keys.take("upTo")
    keys.reportUnknown(&findings)
    func report(_ message: String, _ remedy: String) {
      findings.add(
        .X909, line: node.place.line, column: node.place.column, field: "levers.tiers.steps",
        message, remedy: remedy)
    }
    guard let bound else {
      if !isLast {
        report("only the last step has no upTo", "Give this step an upTo, or move it to the end.")
      }
      return rate.map { TierStep(upTo: nil, rate: $0) }
    }
    guard let upTo = PlanFile.amount(bound, "levers.tiers.steps.upTo", &findings) else {
      return nil
    }
    if isLast {
      report("the last step has no upper end", "Remove its upTo, or add a step without one.")
    }
    if upTo <= previous ?? .zero {
      report(
        "upTo \(upTo.text(decimals: 0)) is not above the step before it",
        "Put the steps into ascending order; each begins where the one before it ends.")
    }
    return rate.map { TierStep(upTo: upTo, rate: $0) }
  }
}
