import Domain
import ExactMoney

/// Reads a plan: from what the file says to what the program uses, all problems at once.
enum PlanFile {
  static func read(_ bytes: [UInt8], _ findings: inout FindingList) -> Plan? {
    guard let value = YAMLFile.read(bytes, &findings),
      var keys = YAMLReader(value, path: "", &findings)
    else { return nil }
    let program = keys.requiredText("program", &findings)
    let aliases = texts(keys.list("aliases", &findings), "aliases", &findings)
    let currency = keys.require("currency", &findings).flatMap {
      PlanFile.currency($0, "currency", &findings)
    }
    let eligibility = keys.require("eligibility", &findings).flatMap {
      EligibilityTreeFile.read($0, "eligibility", &findings)
    }
    let levers = readLevers(&keys, &findings)
    let defaultLever = readDefaultLever(&keys, levers, &findings)
    let earningTypes = readEarningTypes(&keys, &findings)
    let disputeDays = readDisputeDays(&keys, &findings)
    let split = readSplit(&keys, &findings)
    let thresholds = readThresholds(&keys, &findings)
    let tolerance = readTolerance(&keys, &findings)
    keys.reportUnknown(&findings)
    guard findings.findings.isEmpty, let program, let currency, let eligibility else { return nil }
    return Plan(
      program: program, aliases: aliases, currency: currency, eligibility: eligibility,
      defaultLever: defaultLever, levers: levers, earningTypes: earningTypes,
      disputeDays: disputeDays, split: split, thresholds: thresholds, tolerance: tolerance,
      file: findings.file)
  }

  static func currency(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> Currency? {
    YAMLReader.value(node, name, expected: "a currency code of ISO 4217", &findings) {
      Currency($0)
    }
  }

  static func amount(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> ExactAmount? {
    YAMLReader.value(node, name, expected: "a decimal that is not negative", &findings) { text in
      ExactAmount(text).flatMap { $0.isNegative ? nil : $0 }
    }
  }

  private static func texts(
    _ values: [YAMLValue], _ name: String, _ findings: inout FindingList
  ) -> [String] {
    values.compactMap { YAMLReader.text($0, name, &findings) }
  }

  private static func readLevers(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [Lever] {
    guard let node = keys.require("levers", &findings) else { return [] }
    var levers: [Lever] = []
    for value in keys.list("levers", &findings) {
      guard let lever = LeverFile.read(value, &findings) else { continue }
      if levers.contains(where: { $0.name == lever.name }) {
        findings.add(
          .X906, line: value.place.line, column: value.place.column, field: "levers.lever",
          value: lever.name, "two levers have the name \(SafeText.shown(lever.name))")
      }
      levers.append(lever)
    }
    if levers.isEmpty, findings.findings.isEmpty {
      findings.add(
        .X904, line: node.place.line, column: node.place.column, field: "levers",
        "a plan has at least one lever")
    }
    return levers.sorted { precedesInBytes($0.name, $1.name) }
  }

  private static func readDefaultLever(
    _ keys: inout YAMLReader, _ levers: [Lever], _ findings: inout FindingList
  ) -> Int? {
    guard let node = keys.take("defaultLever"),
      let name = YAMLReader.text(node, "defaultLever", &findings)
    else { return nil }
    if let lever = levers.firstIndex(where: { $0.name == name }) { return lever }
    let nearest = NearestName.find(name, among: levers.map(\.name))
    findings.add(
      .X908, line: node.place.line, column: node.place.column, field: "defaultLever", value: name,
      "no lever has this name",
      remedy: nearest.map { "Did you mean \($0)?" } ?? "Name one of the levers of this plan.")
    return nil
  }

  private static func readEarningTypes(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [[UInt8]: EarningType] {
    guard let node = keys.take("earningTypes"),
      case .map(let entries, _) = node
    else { return [:] }
    var types: [[UInt8]: EarningType] = [:]
    let names = EarningType.allCases.map(\.name).joined(separator: ", ")
    for entry in entries {
      let type = YAMLReader.value(
        entry.value, "earningTypes." + entry.key, expected: "one of \(names)", &findings
      ) { EarningType($0) }
      let spelling = Array(entry.key.utf8)
      types[EarningType.fold(spelling.span)] = type
    }
    return types
  }

  private static func readDisputeDays(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> Int {
    keys.value("disputeDays", expected: "a number of days from 0 to 3650", &findings) { text in
      Int(text).flatMap { (0...3650).contains($0) ? $0 : nil }
    } ?? 90
  }

  private static func readSplit(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> Split? {
    guard let node = keys.take("split"),
      var parts = YAMLReader(node, path: "split", &findings)
    else { return nil }
    let rebate = parts.require("rebate", &findings).flatMap {
      YAMLReader.rate($0, "split.rebate", &findings)
    }
    let coop = parts.require("coop", &findings).flatMap {
      YAMLReader.rate($0, "split.coop", &findings)
    }
    parts.reportUnknown(&findings)
    guard let rebate, let coop else { return nil }
    guard rebate.parts + coop.parts == ExactRate.one.parts else {
      findings.add(
        .X910, line: node.place.line, column: node.place.column, field: "split",
        value: "\(rebate.text) + \(coop.text)", "rebate and coop add up to 100%",
        remedy: "Change one of the two so that they add up to exactly 100%.")
      return nil
    }
    return Split(rebate: rebate, coop: coop)
  }

  private static func readThresholds(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [Currency: ExactAmount] {
    guard let node = keys.take("threshold") else { return [:] }
    guard case .map(let entries, _) = node else {
      findings.add(
        .X905, line: node.place.line, column: node.place.column, field: "threshold",
        "threshold has an amount per currency, like {USD: 200, EUR: 180}")
      return [:]
    }
    var thresholds: [Currency: ExactAmount] = [:]
    for entry in entries {
      let key = YAMLValue.scalar(entry.key, entry.keyPlace)
      let name = "threshold." + entry.key
      guard let currency = currency(key, "threshold", &findings),
        let amount = amount(entry.value, name, &findings)
      else { continue }
      thresholds[currency] = amount
    }
    return thresholds
  }

  private static func readTolerance(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> ExactAmount {
    keys.take("tolerance").flatMap { amount($0, "tolerance", &findings) } ?? .zero
  }
}
