// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// B6xx: payment files and what banks say of them.
extension FindingText {
  static let B601 = FindingText(
    title: "a text was written in other characters for the bank",
    cause: """
      Banks take letters without accents, digits, blanks and / - ? : ( ) . , ' + alone. Other \
      characters of names and addresses are written by similar ones, and those without any as a dot.
      """,
    example: "accountHolder Müller & Søn, written as Muller + Son",
    remedy: """
      Look whether the bank still knows the name. If not, write it in registry/payment-profiles.csv \
      (accountHolder) or registry/partners.csv as the bank has it; that counts from the next close on.
      """)
  static let B602 = FindingText(
    title: "a text was shortened for the bank",
    cause: "The field of the bank's file is shorter than the text; the rest was left out.",
    example: "an account holder of more than 70 characters",
    remedy: "Write a shorter form that the bank knows, if what is left does not name it any more.")
  static let B603 = FindingText(
    title: "an address, or a part of it, was left out of a payment file",
    cause: """
      Banks take addresses only with the town in a field of its own, and the partner has none; \
      inside SEPA a payment needs no address, so it is made without one. Or a street or post code \
      has no letters that banks take.
      """,
    example: "a partner in Germany whose town is empty in registry/partners.csv",
    remedy:
      "Fill in the town in registry/partners.csv, in Latin letters; it counts from the next close on."
  )
  static let B604 = FindingText(
    title: "a payment fits no payment file",
    cause: """
      The message says what is missing. The payment was issued by the close, is in unsent.csv, and \
      no file pays it.
      """,
    example: "a bank transfer outside SEPA to an account without bic",
    remedy: """
      Pay it by hand, with its paymentId as reference, and mend the registry for the next period.
      """)
  static let B605 = FindingText(
    title: "the payer has no account to pay from",
    cause: """
      The period has payments by bank transfer, and payout.yaml has no account for their currency, \
      or one whose check digits are wrong. The close is made all the same; its payment files wait.
      """,
    example: "payer: {name: Contoso Payouts Ltd, country: IE}",
    remedy: """
      Write payer.iban, or an account for the currency into payer.accounts of payout.yaml, and run \
      payout payments with the period.
      """)
  static let B606 = FindingText(
    title: "payment files wait for approvals",
    cause: """
      payout.yaml asks for approvals, and fewer users than that have signed the payments of the \
      period. Who ran the close does not count.
      """,
    example: "approvals: 2, and one signature in approvals/2026-10",
    remedy: """
      Let others run payout approve with the period, then run payout payments with it.
      """)
  static let B607 = FindingText(
    title: "an approval does not count",
    cause: """
      The file in approvals/ is none, its signature is not that of its user's key, it is of other \
      payments, its user is not in registry/approvers.csv, or it is the user who ran the close.
      """,
    example: "an approval given before the account of the payer was changed",
    remedy: """
      Let the user look at the payments and approve them again, or remove the file.
      """)
  static let B608 = FindingText(
    title: "payment files are not those that were written",
    cause: """
      The payments of a period are written once and are the same bytes ever after. A file there was \
      changed since, or what would be written now is different. Nothing is written over: one of the \
      two may be at the bank already.
      """,
    example: "an amount that was changed in a file of payments/2026-10",
    remedy: """
      Find out which file went to the bank. If none did, move the changed file away and run payout \
      payments with the period; if it cannot be written again, restore it from a backup.
      """)
  static let B609 = FindingText(
    title: "no holidays are known for the year of a payment",
    cause: """
      payments.holidays of payout.yaml lists holidays, but none in the year in which payments are \
      executed. The day that was chosen may be one.
      """,
    example: "holidays of 2026 alone, and payments on 15 January 2027",
    remedy: "Add the holidays of that year to payout.yaml before the next close.")
  static let B610 = FindingText(
    title: "a payment is left out of its payment file",
    cause: """
      A file of the bank told of it before its payment file was written: somebody has paid it by hand, \
      or it has gone back to the partner's balance. It is listed in unsent.csv, and no file pays it.
      """,
    example: "a payment that was made by hand while its payment file waited for approvals",
    remedy: "Pay nothing: payout explain with the paymentId says what became of it.")
}
