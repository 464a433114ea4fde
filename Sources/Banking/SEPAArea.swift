/// Where payments in euros follow the rules of SEPA.
enum SEPAArea {
  /// Whether the account is in the area.
  ///
  /// - Parameter iban: Its first two letters are the country of the bank.
  static func includes(iban: String) -> Bool {
    countries.contains(String(iban.prefix(2)))
  }

  /// The countries of IBANs in the geographical scope of the schemes (European Payments Council,
  /// 2025). Territories have the code of their country in their IBANs.
  private static let countries = Set(
    """
    AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL
    NO PL PT RO RS SE SI SK SM VA
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
