import Documents
import Domain
import Mustache

/// What a template may ask for.
struct TemplateNames: MustacheParent {
  /// Names that were asked for and do not exist.
  final class Unknown {
    fileprivate(set) var names: [String] = []
  }

  /// The names of values that are the same on every statement.
  private static let values = [
    "lang", "period", "logo", "letterhead", "style", "isDraft", "isFinal",
  ]
  private static let groups = ["text", "payer", "partner"]

  static let known: [String] = {
    let places = StatementPlace.allCases.map(\.rawValue)
    return (values + places + PayerNames.known + ["text.title and so on"]).sorted()
  }()

  let unknown = Unknown()
  private let values: [String: Any]

  init(
    _ design: StatementDesign, _ language: StatementLanguage, payer: Payer, period: String,
    isFinal: Bool
  ) {
    var values: [String: Any] = [
      "lang": language.rawValue, "period": period, "isDraft": !isFinal, "isFinal": isFinal,
      "logo": design.logo.map(StatementStyle.picture) ?? "",
      "letterhead": TemplateNames.letterhead(payer),
      "style": StatementStyle.rules(design),
      "payer": PayerNames(payer, unknown), "partner": PartnerNames(unknown: unknown),
      "text": TextNames(texts: design.texts(in: language), unknown: unknown),
    ]
    for place in StatementPlace.allCases where !place.rawValue.contains(".") {
      values[place.rawValue] = place.mark
    }
    self.values = values
  }

  /// Who pays; a name in letters from right to left does not turn the address behind it.
  private static func letterhead(_ payer: Payer) -> String {
    var writer = HTMLWriter()
    for (position, line) in payer.lines.enumerated() {
      if position > 0 { writer.raw(", ") }
      writer.name(line)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  func child(named name: String) -> Any? {
    if let value = values[name] { return value }
    unknown.names.append(name)
    return nil
  }
}

/// `text.title`: the texts without slots.
private struct TextNames: MustacheParent {
  let texts: StatementTexts
  let unknown: TemplateNames.Unknown

  func child(named name: String) -> Any? {
    guard let word = StatementWord(name: name), StatementTexts.slots(of: word).isEmpty else {
      unknown.names.append("text." + name)
      return nil
    }
    return texts.text(word)
  }
}

/// `partner.name`: marks.
private struct PartnerNames: MustacheParent {
  let unknown: TemplateNames.Unknown

  func child(named name: String) -> Any? {
    if let place = StatementPlace(rawValue: "partner." + name) { return place.mark }
    unknown.names.append("partner." + name)
    return nil
  }
}

/// `payer.name`: what `payout.yaml` says of the payer, without its bank details.
private struct PayerNames: MustacheParent {
  static let known = [
    "payer.name", "payer.lines", "payer.street", "payer.postCode", "payer.town", "payer.country",
  ]

  private let values: [String: String]
  private let unknown: TemplateNames.Unknown

  init(_ payer: Payer, _ unknown: TemplateNames.Unknown) {
    let parts = [
      "name": payer.name, "street": payer.street, "postCode": payer.postCode,
      "town": payer.town, "country": payer.country,
    ]
    values = parts.mapValues(DisplayText.of).merging(
      ["lines": payer.lines.map(DisplayText.of).joined(separator: ", ")]) { $1 }
    self.unknown = unknown
  }

  func child(named name: String) -> Any? {
    if let value = values[name] { return value }
    unknown.names.append("payer." + name)
    return nil
  }
}
