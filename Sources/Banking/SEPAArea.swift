/// Where payments in euros follow the rules of SEPA.
enum SEPAArea {
  /// Whether the account is in the area.
  ///
  /// - Parameter iban: Its first two letters are the country of the bank.
  static func includes(iban: String) -> Bool {
    countries.contains(String(iban.prefix(2)))
  }

  /// Whether the account is in the area, but outside the European Economic Area: banks may ask for
  /// the bic there.
  static func needsBIC(iban: String) -> Bool {
    others.contains(String(iban.prefix(2)))
  }

  private static let countries = economicArea.union(others)

  /// The countries of IBANs of the European Economic Area. Territories have the code of their
  /// country in their IBANs.
  private static let economicArea = list(
    """
    AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK
    """)

  /// The other ones in the geographical scope of the schemes (European Payments Council, 2025).
  private static let others = list("AD AL CH GB GI MC MD ME MK RS SM VA")

  private static func list(_ codes: String) -> Set<String> {
    Set(codes.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
