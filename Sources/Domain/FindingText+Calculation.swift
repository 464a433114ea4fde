/// The texts of the codes about the calculation.
extension FindingText {
  static let calculation: [FindingCode: FindingText] = [
    .C401: FindingText(
      title: "an amount is too large to calculate with",
      cause: "A sum or product does not fit in 128 bits; nothing is published rather "
        + "than something wrong.",
      example: "10^18 units at a rate of 10^18",
      remedy: "Look for a wrong amount or exchange rate among the partner's rows and in "
        + "exchange-rates.csv."),
    .C402: FindingText(
      title: "a sum does not hold",
      cause: "What must add up before anything is published does not.",
      example: "register and statements pay different amounts",
      remedy: "Keep the workspace as it is and report the fault: this is one of the "
        + "program."),
  ]
}
