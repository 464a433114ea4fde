/// What of a page differs from partner to partner, by the name it has in templates.
enum StatementPlace: String, CaseIterable {
  case partnerName = "partner.name"
  case partnerId = "partner.id"
  case csvName
  // Pieces of markup.
  case details, payments, balances, exchangeRates, glossary

  /// Marks the place while the rest of the page is rendered: characters that no text has.
  var mark: String { StatementPlace.start + rawValue + StatementPlace.end }

  static let start = "\u{1}"
  static let end = "\u{2}"
}
