/// The texts of the codes about holds.
extension FindingText {
  static let holds: [FindingCode: FindingText] = [
    .H501: FindingText(
      title: "the partner is suspended or terminated",
      cause: "Its status in registry/partners.csv is not active.",
      example: "status suspended",
      remedy: "The payer sets the status to active once the reason is gone; the balance "
        + "waits."),
    .H502: FindingText(
      title: "not enrolled",
      cause: "The program asks for an enrollment, and the partner has none that was "
        + "ever completed.",
      example: "status actionRequired",
      remedy: "The partner completes its enrollment; the balance waits."),
    .H503: FindingText(
      title: "tax profile missing, not valid or expired",
      cause: "There is no valid tax profile on the last day of the period.",
      example: "expiresOn 2026-10-15",
      remedy: "The partner renews its tax form; the balance waits."),
    .H504: FindingText(
      title: "payment profile missing or not usable",
      cause: "There is no valid payment profile, or a bank transfer has no account or "
        + "a wrong IBAN.",
      example: "an IBAN whose check digits are wrong",
      remedy: "The partner corrects its bank details; the balance waits."),
    .H505: FindingText(
      title: "payment profile on hold",
      cause: "Somebody set the payment profile on hold.",
      example: "hold yes",
      remedy: "The payer releases the hold in registry/payment-profiles.csv; the "
        + "balance waits."),
    .H506: FindingText(
      title: "below the threshold",
      cause: "The balance is smaller than what the program pays at least.",
      example: "EUR 15.18 of a threshold of 180",
      remedy: "Nothing to do: the balance is carried forward until it reaches the "
        + "threshold."),
    .H507: FindingText(
      title: "negative balance",
      cause: "More was taken back than was earned.",
      example: "a refund after its sale was paid",
      remedy: "Nothing to do: later earnings are set off against it."),
    .H508: FindingText(
      title: "an exchange rate is missing",
      cause: "An amount cannot be converted, so it waits and counts 0.",
      example: "no 2026-10 rate from JPY to EUR",
      remedy: "The payer adds the rate to exchange-rates.csv; the amount then counts."),
  ]
}
