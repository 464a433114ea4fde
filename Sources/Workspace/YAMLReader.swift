import Domain
import ExactMoney

/// Takes the keys of a YAML map one by one, and says what was not understood.
struct YAMLReader {
  let entries: [YAMLValue.Entry]
  let place: Place
  private let path: String
  private var known: Set<String> = []

  /// - Returns: Nil, with a finding, where the value has no keys.
  init?(_ value: YAMLValue, path: String, _ findings: inout FindingList) {
    guard case .map(let entries, let place) = value else {
      let name = path.isEmpty ? "the file" : path
      findings.add(
        .X905, at: value.place, field: path,
        "\(name): expected keys with values, not \(value.kind)",
        remedy: "Write keys with values here, like key: value.")
      return nil
    }
    self.entries = entries
    self.place = place
    self.path = path
  }

  /// The full name of a key, `split.coop`.
  func name(_ key: String) -> String {
    path.isEmpty ? key : path + "." + key
  }

  func has(_ key: String) -> Bool {
    entries.contains { $0.key == key }
  }

  /// Says that keys are known though nobody takes them.
  mutating func know(_ keys: [String]) {
    known.formUnion(keys)
  }

  /// What stands behind a key, also where it is nothing.
  mutating func any(_ key: String) -> YAMLValue? {
    known.insert(key)
    return entries.first { $0.key == key }?.value
  }

  /// Takes a value; a key with nothing behind it is a finding, as nobody can tell what it means.
  mutating func take(_ key: String, _ findings: inout FindingList) -> YAMLValue? {
    guard let value = any(key) else { return nil }
    guard case .nothing(let place) = value else { return value }
    findings.add(
      .X904, at: place, field: name(key), "\(name(key)) has no value",
      remedy: "Write a value behind it, or remove the key.")
    return nil
  }

  /// Takes a value that must be there.
  mutating func require(_ key: String, _ findings: inout FindingList) -> YAMLValue? {
    if has(key) { return take(key, &findings) }
    known.insert(key)
    findings.add(
      .X904, at: place, field: name(key), "\(name(key)) is required and missing",
      remedy: "Add the key \(key) with its value.")
    return nil
  }

  /// Takes a text; a key with nothing behind it has the empty text.
  mutating func text(_ key: String, _ findings: inout FindingList) -> String? {
    guard let value = any(key) else { return nil }
    if case .nothing = value { return "" }
    return YAMLReader.text(value, name(key), &findings)
  }

  /// Takes a text that must be there and not be empty.
  mutating func requiredText(_ key: String, _ findings: inout FindingList) -> String? {
    require(key, &findings).flatMap { YAMLReader.nonEmptyText($0, name(key), &findings) }
  }

  /// Takes a list; nil where the key is absent or has something else.
  mutating func list(_ key: String, _ findings: inout FindingList) -> [YAMLValue]? {
    guard let value = take(key, &findings) else { return nil }
    if case .list(let values, _) = value { return values }
    findings.add(
      .X905, at: value.place, field: name(key),
      "\(name(key)): expected a list, not \(value.kind)",
      remedy: "Write a list: [one, two], or lines that begin with a dash.")
    return nil
  }

  /// Takes a list that must be there and have at least one value.
  mutating func requiredList(
    _ key: String, of what: String, _ findings: inout FindingList
  ) -> [YAMLValue]? {
    guard has(key) else {
      _ = require(key, &findings)
      return nil
    }
    guard let values = list(key, &findings) else { return nil }
    if values.isEmpty {
      findings.add(
        .X904, at: any(key)?.place, field: name(key), "\(name(key)) is empty",
        remedy: "Write at least one \(what).")
    }
    return values
  }

  /// Takes a value and reads it with `parse`.
  mutating func value<Value>(
    _ key: String, expected: String, _ findings: inout FindingList,
    _ parse: (String) -> Value?
  ) -> Value? {
    take(key, &findings).flatMap {
      YAMLReader.value($0, name(key), expected: expected, &findings, parse)
    }
  }

  /// Takes a value that must be there and reads it with `parse`.
  mutating func requiredValue<Value>(
    _ key: String, expected: String, _ findings: inout FindingList,
    _ parse: (String) -> Value?
  ) -> Value? {
    require(key, &findings).flatMap {
      YAMLReader.value($0, name(key), expected: expected, &findings, parse)
    }
  }

  /// Takes `true` or `false`; false where the key is absent.
  mutating func flag(_ key: String, _ findings: inout FindingList) -> Bool {
    value(key, expected: "true or false", &findings) {
      $0 == "true" ? true : $0 == "false" ? false : nil
    } ?? false
  }

  /// Says which keys are not known, and what they may have meant.
  func reportUnknown(_ findings: inout FindingList) {
    for entry in entries where !known.contains(entry.key) {
      findings.add(
        .X903, at: entry.keyPlace, field: name(entry.key), value: entry.key,
        "the key \(SafeText.shown(name(entry.key))) is not known",
        remedy: NearestName.remedy("key", entry.key, among: Array(known)))
    }
  }
}

// MARK: Single values

extension YAMLReader {
  static func text(
    _ value: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> String? {
    guard case .scalar(let text, let place) = value else {
      findings.add(
        .X905, at: value.place, field: name,
        "\(SafeText.shown(name)): expected a single value, not \(value.kind)",
        remedy: "Write one value; a text with special characters stands in quotes.")
      return nil
    }
    guard ControlCharacters.isIn(text) else { return text }
    findings.add(
      .X905, at: place, field: name, value: text,
      "\(SafeText.shown(name)): a control character", remedy: "Remove the control character.")
    return nil
  }

  /// The values of a list, or the only value of one.
  static func list(_ value: YAMLValue) -> [YAMLValue] {
    if case .list(let values, _) = value { return values }
    return [value]
  }

  static func nonEmptyText(
    _ value: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> String? {
    guard let text = text(value, name, &findings) else { return nil }
    if !text.isEmpty { return text }
    findings.add(
      .X904, at: value.place, field: name, "\(name) is empty", remedy: "Write a text here.")
    return nil
  }

  static func value<Value>(
    _ node: YAMLValue, _ name: String, expected: String, _ findings: inout FindingList,
    _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(node, name, &findings) else { return nil }
    if let value = parse(text) { return value }
    findings.add(
      .X905, at: node.place, field: name, value: text,
      "\(SafeText.shown(name)): expected \(expected)", remedy: "Write \(expected).")
    return nil
  }

  /// A whole number in digits alone; with zeros before it some programs take it for octal.
  static func wholeNumber(_ text: some StringProtocol, _ range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text == "0" || text.first != "0"
    else { return nil }
    return Int(text).flatMap { range.contains($0) ? $0 : nil }
  }

  /// A rate from 0 to 100%.
  static func rate(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> ExactRate? {
    let rate = value(
      node, name, expected: "a rate like 0.05 or 5%, at most 12 decimals", &findings
    ) { ExactRate($0) }
    guard let rate, !rate.isShare else { return rate }
    var shown = rate.text
    if case .scalar(let text, _) = node { shown = text }
    findings.add(
      .X911, at: node.place, field: name, value: shown, "\(name) is below 0 or above 100%",
      remedy: "Write a rate from 0 to 1, or from 0% to 100%: five per cent is 5% or 0.05.")
    return nil
  }

  /// An amount that is not negative.
  static func amount(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> ExactAmount? {
    let expected = "a decimal of at least 0, like 50000 or 0.01, without separators or currency"
    return value(node, name, expected: expected, &findings) { text in
      ExactAmount(text).flatMap { $0.isNegative ? nil : $0 }
    }
  }

  static func currency(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> Currency? {
    value(node, name, expected: "a currency code of ISO 4217 in capitals, like EUR", &findings) {
      Currency($0)
    }
  }
}
