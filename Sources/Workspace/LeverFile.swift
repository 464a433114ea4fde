import Domain
import ExactMoney

/// Reads a lever of a plan.
enum LeverFile {
  /// What an earning type may be, in words.
  static let earningTypeNames =
    "one of " + EarningType.allCases.map(\.name).joined(separator: ", ")

  /// Reads a lever; its name also where the rest cannot be used.
  static func read(
    _ node: YAMLValue, _ findings: inout FindingList
  ) -> (name: (text: String, place: Place)?, lever: Lever?) {
    guard var keys = YAMLReader(node, path: "levers", &findings) else { return (nil, nil) }
    let place = keys.any("lever")?.place ?? keys.place
    let name = keys.requiredText("lever", &findings)
    let type = keys.requiredValue("earningType", expected: earningTypeNames, &findings) {
      EarningType($0)
    }
    let rule = readRule(&keys, &findings)
    let cap = keys.take("cap", &findings).flatMap {
      YAMLReader.amount($0, "levers.cap", &findings)
    }
    keys.reportUnknown(&findings)
    let named = name.map { (text: $0, place: place) }
    guard let name, let type, let rule else { return (named, nil) }
    return (named, Lever(name: name, earningType: type, rule: rule, cap: cap))
  }

  private static func readRule(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> LeverRule? {
    let forms = ["rates", "tiers", "given"].filter { keys.has($0) }
    keys.know(["rates", "tiers", "given"])
    guard forms.count == 1 else {
      findings.add(
        forms.isEmpty ? .X904 : .X905, at: forms.last.flatMap { keys.any($0)?.place } ?? keys.place,
        field: "levers",
        forms.isEmpty
          ? "the lever has none of rates, tiers and given"
          : "the lever has more than one of rates, tiers and given",
        remedy: "Write exactly one of rates, tiers and given: true; what they do is different.")
      return nil
    }
    switch forms[0] {
    case "rates": return RatesFile.read(&keys, &findings).map { .rates($0) }
    case "tiers": return TiersFile.read(&keys, &findings).map { .tiers($0) }
    default:
      let given = keys.value("given", expected: "true", &findings) { $0 == "true" ? true : nil }
      return given.map { _ in .given }
    }
  }
}
