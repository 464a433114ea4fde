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
  static let C403 = FindingText(
    title: "a statement does not add up",
    cause: """
      In a statement, opening + subtotals + coop + adjustments + gross are the closing, -gross + \
      salesTax + withheldTax are the payment, and each subtotal is its lines, converted. One of \
      these does not hold, so the file is not what was written.
      """,
    example: "a payment line of 1500.50, where gross and sales tax add up to 1500.49",
    remedy: """
      Take the statement as it was written, from outbox/ or from whoever sent it, and do not edit \
      it. If it is as it was written, report the fault with both sums.
      """)
  static let C404 = FindingText(
    title: "the lines of a statement are not those that belong there",
    cause: """
      Each balance of a statement has one opening, gross, payment and closing line, its lines come \
      in a fixed order and are numbered through. A line is missing, stands twice or in another place.
      """,
    example: "a statement that was sorted by amount in a spreadsheet",
    remedy: """
      Take the statement as it was written, from outbox/ or from whoever sent it, and do not sort, \
      cut or edit it.
      """)
}
