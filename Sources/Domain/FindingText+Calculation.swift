// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// C4xx: what stops a calculation. Nothing is published.
extension FindingText {
  static let C401 = FindingText(
    title: "an amount is too large to be calculated",
    cause: """
      A sum, a product or a converted amount has more digits than amounts can hold. Real earnings \
      are far from that, so an amount or an exchange rate is mostly wrong by many zeros.
      """,
    example: "999999999999999999 KRW, converted at a rate of 1000000000",
    remedy: """
      Look for amounts and exchange rates that are far too large in the feeds of the period, in \
      adjustments.csv and in exchange-rates.csv, correct them and run again.
      """)
  static let C402 = FindingText(
    title: "a sum does not add up",
    cause: """
      Before it publishes, a run proves that every row and every amount is in exactly one place. \
      One of these sums does not hold, so nothing was published.
      """,
    example: "the statements of a currency add up to 100.00 and the register to 100.01",
    remedy: """
      Pay nothing from this period yet, keep the workspace as it is, and report the fault with \
      both sums; this is an error of the program, not of the feeds.
      """)
}
