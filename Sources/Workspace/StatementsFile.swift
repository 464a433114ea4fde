import Documents
import Domain

/// Reads the `statements` of `payout.yaml`: how statements look and speak.
enum StatementsFile {
  static func read(
    _ value: YAMLValue, _ settings: inout StatementSettings, _ findings: inout FindingList
  ) {
    guard var keys = YAMLReader(value, path: "statements", &findings) else { return }
    settings.logo = keys.value("logo", expected: logo, &findings) { isInside($0) ? $0 : nil }
    if let node = keys.take("colours", &findings) { readColours(node, &settings, &findings) }
    if let node = keys.take("texts", &findings) { readTexts(node, &settings, &findings) }
    keys.reportUnknown(&findings)
  }

  private static let logo =
    "the path of a picture in this directory, like templates/logo.png"

  /// Whether a path stays in the workspace by what is written; links are looked at with the file.
  private static func isInside(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !parts.contains { $0.isEmpty || $0.hasPrefix(".") }
  }

  private static func readColours(
    _ node: YAMLValue, _ settings: inout StatementSettings, _ findings: inout FindingList
  ) {
    guard var keys = YAMLReader(node, path: "statements.colours", &findings) else { return }
    let expected = "a colour like \"#1f5fa8\", in quotes"
    settings.accent = keys.value("accent", expected: expected, &findings) { colour($0) }
    settings.accentDark = keys.value("accentDark", expected: expected, &findings) { colour($0) }
    keys.reportUnknown(&findings)
  }

  private static func colour(_ text: String) -> String? {
    StatementDesign.Colour(text)?.text
  }

  private static func readTexts(
    _ node: YAMLValue, _ settings: inout StatementSettings, _ findings: inout FindingList
  ) {
    guard var languages = YAMLReader(node, path: "statements.texts", &findings) else { return }
    for language in StatementLanguage.allCases {
      let path = "statements.texts." + language.rawValue
      guard let node = languages.take(language.rawValue, &findings),
        var keys = YAMLReader(node, path: path, &findings)
      else { continue }
      for word in StatementWord.allCases {
        guard let text = keys.text(word.name, &findings) else { continue }
        if let fault = fault(text, word) {
          findings.add(
            .X905, at: keys.any(word.name)?.place, field: path + "." + word.name, value: text,
            "\(path).\(word.name): \(fault)", remedy: remedy(word))
        }
        settings.texts.append(
          .init(language: language.rawValue, word: word.name, text: text))
      }
      keys.reportUnknown(&findings)
    }
    languages.reportUnknown(&findings)
  }

  private static func fault(_ text: String, _ word: StatementWord) -> String? {
    guard let phrase = StatementPhrase(text) else {
      return "a brace that is not closed, or a value that does not exist"
    }
    let unknown = phrase.slots.subtracting(StatementTexts.slots(of: word))
    return unknown.isEmpty
      ? nil
      : "there is no \(unknown.map { "{\($0.rawValue)}" }.sorted().joined(separator: ", ")) here"
  }

  private static func remedy(_ word: StatementWord) -> String {
    let slots = StatementTexts.slots(of: word).map { "{\($0.rawValue)}" }.sorted()
    return slots.isEmpty
      ? "Write a text without braces." : "Its values are \(slots.joined(separator: ", "))."
  }
}
