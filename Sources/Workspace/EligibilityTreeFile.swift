import Domain

/// Reads the `eligibility` of a plan.
enum EligibilityTreeFile {
  static func read(
    _ node: YAMLValue, _ path: String, _ findings: inout FindingList
  ) -> EligibilityTree? {
    if case .scalar(let text, let place) = node {
      if text == "enrollment" { return .enrollment(when: nil) }
      findings.add(
        .X905, line: place.line, column: place.column, field: path, value: text,
        "expected enrollment, agreement: NAME, competency: NAME, all: [...] or any: [...]")
      return nil
    }
    guard var keys = YAMLReader(node, path: path, &findings) else { return nil }
    let forms = ["all", "any", "agreement", "competency", "enrollment"].filter(keys.keys.contains)
    guard forms.count == 1, let form = forms.first else {
      findings.add(
        forms.isEmpty ? .X904 : .X905, line: keys.place.line, column: keys.place.column,
        field: path, "exactly one of all, any, agreement, competency and enrollment stands here")
      return nil
    }
    let tree = read(form, &keys, path, &findings)
    keys.reportUnknown(&findings)
    return tree
  }

  private static func read(
    _ form: String, _ keys: inout YAMLReader, _ path: String, _ findings: inout FindingList
  ) -> EligibilityTree? {
    switch form {
    case "all", "any":
      let parts = keys.list(form, &findings).compactMap {
        read($0, path + "." + form, &findings)
      }
      return form == "all" ? .all(parts) : .any(parts)
    case "agreement":
      guard let name = keys.requiredText("agreement", &findings) else { return nil }
      return .agreement(name, when: condition(&keys, &findings))
    case "competency":
      guard let name = keys.requiredText("competency", &findings) else { return nil }
      let level = keys.value("level", expected: "silver or gold", &findings) { text in
        ["silver": CompetencyLevel.silver, "gold": .gold][text]
      }
      return .competency(name, level: level ?? .none, when: condition(&keys, &findings))
    default:
      _ = keys.take("enrollment")
      return .enrollment(when: condition(&keys, &findings))
    }
  }

  private static func condition(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> PartnerCondition? {
    guard let node = keys.take("when"),
      var parts = YAMLReader(node, path: keys.name("when"), &findings)
    else { return nil }
    let roles = PartnerRole.allCases.map(\.rawValue).joined(separator: ", ")
    let role = parts.value("role", expected: "one of \(roles)", &findings) {
      PartnerRole(rawValue: $0)
    }
    let country = parts.value("country", expected: "a country of ISO 3166, like KR", &findings) {
      Countries.contains($0) ? $0 : nil
    }
    parts.reportUnknown(&findings)
    return PartnerCondition(role: role, country: country)
  }
}
