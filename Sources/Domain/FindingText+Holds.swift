// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// H5xx: why a payment is held. The amount stays in the partner's balance.
extension FindingText {
  static let H501 = FindingText(
    title: "the partner is suspended or terminated",
    cause: "On the last day of the period the partner's status is not active.",
    example: "status suspended in registry/partners.csv",
    remedy: """
      The payer decides: when the matter is settled, set the status in registry/partners.csv to \
      active, and the balance is paid with the next period.
      """)
  static let H502 = FindingText(
    title: "the partner is not enrolled in the program",
    cause: """
      The program asks for an enrollment, and the partner has none that is enrolled or has ended \
      on a known day.
      """,
    example: "status validating in registry/enrollments.csv",
    remedy: """
      The partner completes the enrollment. If the partner has left the program, the payer fills \
      in endsOn in registry/enrollments.csv: who has left is still paid what was earned.
      """)
  static let H503 = FindingText(
    title: "the tax profile is missing, not valid or expired",
    cause: """
      On the last day of the period there is no valid tax profile for the program, so the taxes \
      on the payment are not known.
      """,
    example: "status valid with expiresOn 2026-10-31, in the period 2026-10",
    remedy: """
      The partner completes or renews its tax profile; the payer then enters the new status and \
      expiresOn in registry/tax-profiles.csv and leaves completedOn as it is.
      """)
  static let H504 = FindingText(
    title: "the payment profile is missing or cannot be paid to",
    cause: """
      There is no valid payment profile for the program, or a bank transfer has neither IBAN nor \
      account number, or the check digits of the IBAN are wrong.
      """,
    example: "method bankTransfer with an empty iban and accountNumber",
    remedy: """
      The partner completes its payment profile or corrects its bank details; the payer enters \
      them in registry/payment-profiles.csv after checking with the partner over a known contact.
      """)
  static let H505 = FindingText(
    title: "payments to the partner are on hold",
    cause: "The partner's payment profile says hold.",
    example: "hold yes in registry/payment-profiles.csv",
    remedy: """
      The payer finds out why payments were stopped and, when that is settled, sets hold to no in \
      registry/payment-profiles.csv.
      """)
  static let H506 = FindingText(
    title: "the balance is below the threshold",
    cause: """
      What could be paid is more than nothing but less than the program's threshold for the \
      payment currency. Small amounts are collected until a payment is worth its cost.
      """,
    example: "120.00 USD available, where the plan says threshold: {USD: 200}",
    remedy: """
      Neither partner nor payer has to act: the balance is carried forward and paid when it \
      reaches the threshold.
      """)
  static let H507 = FindingText(
    title: "the balance is negative",
    cause: "Clawbacks, refunds or adjustments took back more than the partner earned.",
    example: "a refund of 500.00 for a sale that was paid in an earlier period",
    remedy: """
      Nobody has to act as long as the partner goes on earning: the balance is set off against \
      later earnings. If none are to come, the payer claims the amount from the partner and posts \
      the repayment in adjustments.csv.
      """)
  static let H508 = FindingText(
    title: "an exchange rate is missing",
    cause: """
      An amount or a threshold has to be converted, and exchange-rates.csv has no rate for this \
      period and pair. Neither the inverse of another rate nor a way over a third currency is used.
      """,
    example: "earnings in KRW paid in EUR, and no row 2026-10,KRW,EUR",
    remedy: """
      The payer adds the rate of the period and pair to exchange-rates.csv and runs again; the \
      period cannot be closed without it.
      """)
  static let H509 = FindingText(
    title: "the bank gave back a payment to this account",
    cause: """
      A payment to the partner came back, or was not made, for a reason that would bring the next one \
      back as well, and neither its payment profile nor its name and address have changed since.
      """,
    example: "AC04, account closed, and the same iban in registry/payment-profiles.csv",
    remedy: """
      The payer asks the partner over a known contact and enters what has changed. Where the account \
      is right after all, a new completedOn in registry/payment-profiles.csv lets it be paid again.
      """)
}
