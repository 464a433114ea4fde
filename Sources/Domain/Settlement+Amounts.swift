package import ExactMoney

extension Settlement {
  /// The names of the amounts in the register, in the order of its columns.
  package static let amountNames = [
    "opening", "earned", "adjustments", "gross", "salesTax", "withheldTax", "totalPayment",
    "closing", "coopOpening", "coop", "coopClosing",
  ]

  /// The amounts of the register, in the order of ``amountNames``.
  package var amounts: [Money] {
    [
      opening, earned, adjustments, gross, salesTax, withheldTax, totalPayment, closing,
      coopOpening, coop, coopClosing,
    ]
  }
}
