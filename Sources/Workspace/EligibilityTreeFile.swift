import Domain

/// Reads the `eligibility` of a plan.
enum EligibilityTreeFile {
  private static let forms = ["all", "any", "agreement", "competency", "enrollment"]

  static func read(
    _ node: YAMLValue, _ path: String, _ findings: inout FindingList
  ) -> EligibilityTree? {
    if case .scalar(let text, let place) = node {
      if text == "enrollment" { return .enrollment(when: nil) }
      findings.add(
        .X905, at: place, field: path, value: text, "\(path): expected a requirement",
        remedy: "Write enrollment, agreement: NAME, competency: NAME, all: [...] or any: [...].")
      return nil
    }
    guard var keys = YAMLReader(node, path: path, &findings) else { return nil }
    let found = forms.filter { keys.has($0) }
    keys.know(forms)
    let before = findings.count
    guard found.count == 1 else {
      // A misspelt form is reported as an unknown key, which says more.
      keys.know(["level", "when"])
      keys.reportUnknown(&findings)
      if findings.count == before { reportForms(found, keys, path, &findings) }
      return nil
    }
    let tree = read(found[0], &keys, path, &findings)
    keys.reportUnknown(&findings)
    return tree
  }

  private static func reportForms(
    _ found: [String], _ keys: YAMLReader, _ path: String, _ findings: inout FindingList
  ) {
    findings.add(
      found.isEmpty ? .X904 : .X905, at: keys.place, field: path,
      found.isEmpty
        ? "\(path): the requirement is missing"
        : "\(path): \(found.joined(separator: " and ")) stand in one requirement",
      remedy: "Write exactly one of all, any, agreement, competency and enrollment; several "
        + "requirements are several lines of an all or any.")
  }

  private static func read(
    _ form: String, _ keys: inout YAMLReader, _ path: String, _ findings: inout FindingList
  ) -> EligibilityTree? {
    switch form {
    case "all", "any":
      guard let values = keys.list(form, &findings) else { return nil }
      let parts = values.map { read($0, path + "." + form, &findings) }
      let trees = parts.compactMap { $0 }
      guard trees.count == parts.count else { return nil }
      return form == "all" ? .all(trees) : .any(trees)
    case "agreement":
      let name = keys.requiredText("agreement", &findings)
      let when = condition(&keys, &findings)
      return name.map { .agreement($0, when: when) }
    case "competency":
      let name = keys.requiredText("competency", &findings)
      let level = keys.value("level", expected: "silver or gold", &findings) { text in
        ["silver": CompetencyLevel.silver, "gold": .gold][text]
      }
      let when = condition(&keys, &findings)
      return name.map { .competency($0, level: level ?? .none, when: when) }
    default:
      readEnrollment(keys.any("enrollment"), path, &findings)
      return .enrollment(when: condition(&keys, &findings))
    }
  }

  /// Behind `enrollment` stands nothing, or `true`.
  private static func readEnrollment(
    _ node: YAMLValue?, _ path: String, _ findings: inout FindingList
  ) {
    guard let node else { return }
    if case .nothing = node { return }
    _ = YAMLReader.value(
      node, path + ".enrollment", expected: "nothing or true", &findings,
      { $0 == "true" ? true : nil })
  }

  private static func condition(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> PartnerCondition? {
    guard let node = keys.take("when", &findings),
      var parts = YAMLReader(node, path: keys.name("when"), &findings)
    else { return nil }
    let roles = PartnerRole.allCases.map(\.rawValue).joined(separator: ", ")
    let role = parts.value("role", expected: "one of \(roles)", &findings) {
      PartnerRole(rawValue: $0)
    }
    let expected = "a country code of ISO 3166 in capitals, like KR"
    let country = parts.value("country", expected: expected, &findings) { Countries.code($0) }
    parts.reportUnknown(&findings)
    if parts.entries.isEmpty {
      findings.add(
        .X904, at: parts.place, field: keys.name("when"), "\(keys.name("when")) is empty",
        remedy: "Name a role or a country, or remove it: without it the line is for everybody.")
    }
    return PartnerCondition(role: role, country: country)
  }
}
