import Domain
import ExactMoney

/// What a plan file says, also where it cannot be used.
struct PlanReading {
  /// Nil where there is any problem.
  var plan: Plan?
  /// The program's name and aliases as far as they could be read; nil where the file is not YAML.
  var names: [Name]?

  /// A name that feeds and registry may use for the program.
  struct Name {
    var text: String
    /// `program` or `aliases`.
    var field: String
    var place: Place
  }
}

/// Reads a plan: from what the file says to what the program uses, all problems at once.
enum PlanFile {
  static func read(_ bytes: [UInt8], _ findings: inout FindingList) -> PlanReading {
    guard let value = YAMLFile.read(bytes, &findings),
      var keys = YAMLReader(value, path: "", &findings)
    else { return PlanReading(plan: nil, names: nil) }
    let before = findings.count
    let names = readNames(&keys, &findings)
    let currency = keys.require("currency", &findings).flatMap {
      YAMLReader.currency($0, "currency", &findings)
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
    let tolerance = keys.take("tolerance", &findings).flatMap {
      YAMLReader.amount($0, "tolerance", &findings)
    }
    let lines = keys.value(
      "statementLines", expected: "a number of lines from 0 to 1000", &findings
    ) { YAMLReader.wholeNumber($0, 0...1000) }
    let payment = keys.take("payment", &findings).map { PlanPaymentFile.read($0, &findings) }
    keys.reportUnknown(&findings)
    guard findings.count == before, let program = names.first, let currency, let eligibility else {
      return PlanReading(plan: nil, names: names)
    }
    let plan = Plan(
      program: program.text, aliases: names.dropFirst().map(\.text), currency: currency,
      eligibility: eligibility, defaultLever: defaultLever, levers: levers,
      earningTypes: earningTypes, disputeDays: disputeDays ?? 90, split: split,
      thresholds: thresholds, tolerance: tolerance ?? .zero,
      statementLines: lines ?? Plan.statementLinesDefault, payment: payment ?? PlanPayment(),
      file: findings.file)
    return PlanReading(plan: plan, names: names)
  }

  // MARK: Names

  /// The program's name, then its aliases, each once.
  private static func readNames(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [PlanReading.Name] {
    var names: [PlanReading.Name] = []
    if let node = keys.require("program", &findings),
      let text = YAMLReader.nonEmptyText(node, "program", &findings)
    {
      names.append(.init(text: text, field: "program", place: node.place))
    }
    var seen = Set(names.map(\.text))
    for node in keys.list("aliases", &findings) ?? [] {
      guard let text = YAMLReader.nonEmptyText(node, "aliases", &findings) else { continue }
      if !seen.insert(text).inserted {
        findings.add(
          .X906, at: node.place, field: "aliases", value: text,
          "the program has the name \(SafeText.shown(text)) already", remedy: "Remove the alias.")
      }
      names.append(.init(text: text, field: "aliases", place: node.place))
    }
    return names
  }

  // MARK: Levers

  /// Sorted by the bytes of their names.
  private static func readLevers(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [Lever] {
    var levers: [Lever] = []
    var lines: [String: Int] = [:]
    for value in keys.requiredList("levers", of: "lever", &findings) ?? [] {
      let (name, lever) = LeverFile.read(value, &findings)
      if let name {
        if let line = lines[name.text] {
          findings.add(
            .X906, at: name.place, field: "levers.lever", value: name.text,
            "the lever in line \(line) has the same name", remedy: "Rename one of the two.")
        }
        lines[name.text] = name.place.line
      }
      if let lever { levers.append(lever) }
    }
    return levers.sorted { precedesInBytes($0.name, $1.name) }
  }

  private static func readDefaultLever(
    _ keys: inout YAMLReader, _ levers: [Lever], _ findings: inout FindingList
  ) -> Int? {
    guard let node = keys.take("defaultLever", &findings),
      let name = YAMLReader.nonEmptyText(node, "defaultLever", &findings)
    else { return nil }
    if let lever = levers.firstIndex(where: { $0.name == name }) { return lever }
    // A lever with problems of its own may be the one that is meant.
    let problems = findings.findings.contains { $0.field.hasPrefix("levers") }
    guard !problems else { return nil }
    findings.add(
      .X908, at: node.place, field: "defaultLever", value: name,
      "no lever of this plan has the name \(SafeText.shown(name))",
      remedy: NearestName.remedy("lever", name, among: levers.map(\.name)))
    return nil
  }

  // MARK: Types, days, money

  private static func readEarningTypes(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [[UInt8]: EarningType] {
    guard let node = keys.take("earningTypes", &findings),
      let map = YAMLReader(node, path: "earningTypes", &findings)
    else { return [:] }
    var types: [[UInt8]: EarningType] = [:]
    for entry in map.entries {
      let name = map.name(entry.key)
      guard
        let type = YAMLReader.value(
          entry.value, name, expected: LeverFile.earningTypeNames, &findings,
          { EarningType($0) })
      else { continue }
      let spelling = Array(entry.key.utf8)
      let folded = EarningType.fold(spelling.span)
      if types[folded] != nil || EarningType(entry.key).map({ $0 != type }) ?? false {
        findings.add(
          .X906, at: entry.keyPlace, field: name, value: entry.key,
          "this spelling has a type already; case and punctuation do not count",
          remedy: "Keep one line for each spelling, and none for the five types themselves.")
      }
      types[folded] = type
    }
    return types
  }

  private static func readDisputeDays(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> Int? {
    let expected = "a number of days from 0 to 3650"
    return keys.value("disputeDays", expected: expected, &findings) {
      YAMLReader.wholeNumber($0, 0...3650)
    }
  }

  private static func readSplit(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> Split? {
    guard let node = keys.take("split", &findings),
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
    if rebate.parts + coop.parts != ExactRate.one.parts {
      findings.add(
        .X910, at: node.place, field: "split", value: "\(rebate.text) + \(coop.text)",
        "rebate and coop do not add up to 100%",
        remedy: "Change one of the two: with a rebate of \(rebate.text), coop is "
          + "\(ExactRate(parts: ExactRate.one.parts - rebate.parts).text).")
    }
    return Split(rebate: rebate, coop: coop)
  }

  private static func readThresholds(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [Currency: ExactAmount] {
    guard let node = keys.take("threshold", &findings) else { return [:] }
    guard case .map(let entries, _) = node else {
      findings.add(
        .X905, at: node.place, field: "threshold",
        "threshold: expected an amount for each currency, not \(node.kind)",
        remedy: "Write currencies with amounts, like {USD: 200, EUR: 180}.")
      return [:]
    }
    var thresholds: [Currency: ExactAmount] = [:]
    for entry in entries {
      let key = YAMLValue.scalar(entry.key, entry.keyPlace)
      let currency = YAMLReader.currency(key, "threshold", &findings)
      let amount = YAMLReader.amount(entry.value, "threshold." + entry.key, &findings)
      if let currency, let amount { thresholds[currency] = amount }
    }
    return thresholds
  }
}
