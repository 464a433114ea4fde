import Domain
import ExactMoney

/// Takes the keys of a YAML map one by one, and says what was not understood.
struct YAMLReader {
  private let entries: [(key: String, keyPlace: Place, value: YAMLValue)]
  let place: Place
  private let path: String
  private var taken: Set<String> = []

  /// - Returns: Nil, with a finding, where the value has no keys.
  init?(_ value: YAMLValue, path: String, _ findings: inout FindingList) {
    guard case .map(let entries, let place) = value else {
      findings.add(
        .X905, line: value.place.line, column: value.place.column, field: path,
        "\(path.isEmpty ? "the file" : path) has keys with values, not \(value.kind)")
      return nil
    }
    self.entries = entries
    self.place = place
    self.path = path
    var seen: Set<String> = []
    for entry in entries where !seen.insert(entry.key).inserted {
      findings.add(
        .X906, line: entry.keyPlace.line, column: entry.keyPlace.column, field: entry.key,
        "the key \(SafeText.shown(entry.key)) stands twice")
    }
  }

  /// The keys in the order of the file.
  var keys: [String] { entries.map(\.key) }

  func name(_ key: String) -> String {
    path.isEmpty ? key : path + "." + key
  }

  /// Takes a value; a key with nothing behind it counts as absent.
  mutating func take(_ key: String) -> YAMLValue? {
    taken.insert(key)
    guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
    if case .scalar("", _) = value { return nil }
    return value
  }

  /// Takes a value that must be there.
  mutating func require(_ key: String, _ findings: inout FindingList) -> YAMLValue? {
    if let value = take(key) { return value }
    findings.add(
      .X904, line: place.line, column: place.column, field: name(key),
      "\(name(key)) is required and missing")
    return nil
  }

  /// Takes a text.
  mutating func text(_ key: String, _ findings: inout FindingList) -> String? {
    take(key).flatMap { YAMLReader.text($0, name(key), &findings) }
  }

  /// Takes a text that must be there.
  mutating func requiredText(_ key: String, _ findings: inout FindingList) -> String? {
    require(key, &findings).flatMap { YAMLReader.text($0, name(key), &findings) }
  }

  /// Takes a list; none where the key is absent.
  mutating func list(_ key: String, _ findings: inout FindingList) -> [YAMLValue] {
    guard let value = take(key) else { return [] }
    if case .list(let values, _) = value { return values }
    findings.add(
      .X905, line: value.place.line, column: value.place.column, field: name(key),
      "\(name(key)) is a list, not \(value.kind)")
    return []
  }

  /// Takes a value and reads it with `parse`.
  mutating func value<Value>(
    _ key: String, expected: String, _ findings: inout FindingList,
    _ parse: (String) -> Value?
  ) -> Value? {
    guard let node = take(key) else { return nil }
    return YAMLReader.value(node, name(key), expected: expected, &findings, parse)
  }

  static func value<Value>(
    _ node: YAMLValue, _ name: String, expected: String, _ findings: inout FindingList,
    _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(node, name, &findings) else { return nil }
    if let value = parse(text) { return value }
    findings.add(
      .X905, line: node.place.line, column: node.place.column, field: name, value: text,
      "\(name): expected \(expected)")
    return nil
  }

  static func text(
    _ value: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> String? {
    if case .scalar(let text, _) = value { return text }
    findings.add(
      .X905, line: value.place.line, column: value.place.column, field: name,
      "\(name) is a single value, not \(value.kind)")
    return nil
  }

  /// A rate from 0 to 100%.
  static func rate(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> ExactRate? {
    let rate: ExactRate? = value(
      node, name, expected: "a rate like 0.05 or 5%", &findings, { ExactRate($0) })
    guard let rate, !rate.isShare else { return rate }
    findings.add(
      .X911, line: node.place.line, column: node.place.column, field: name, value: rate.text,
      "\(name) is below 0 or above 100%")
    return nil
  }

  /// Says which keys were not taken, and what they may have meant.
  func reportUnknown(_ findings: inout FindingList) {
    for entry in entries where !taken.contains(entry.key) {
      let nearest = NearestName.find(entry.key, among: taken.sorted())
      findings.add(
        .X903, line: entry.keyPlace.line, column: entry.keyPlace.column, field: name(entry.key),
        value: entry.key, "the key \(SafeText.shown(name(entry.key))) is not known",
        remedy: nearest.map { "Did you mean \($0)?" }
          ?? "Known here: \(taken.sorted().joined(separator: ", ")).")
    }
  }
}
