/// The texts of the codes about eligibility.
extension FindingText {
  static let eligibility: [FindingCode: FindingText] = [
    .E301: FindingText(
      title: "a required agreement was not valid",
      cause: "On the transaction date the partner had no valid agreement that the "
        + "program asks for.",
      example: "no mpn agreement in October 2026",
      remedy: "Sign or renew the agreement. It counts from the first of the month in "
        + "which it is signed."),
    .E302: FindingText(
      title: "a required competency was not valid",
      cause: "On the transaction date the partner did not have the competency at the "
        + "level that the program asks for.",
      example: "Cloud Platform silver ended on 2026-09-30",
      remedy: "Earn or renew the competency. It counts from the first of the month in "
        + "which it is earned."),
    .E303: FindingText(
      title: "not enrolled in the program",
      cause: "On the transaction date the partner was not enrolled in the program, or "
        + "its enrollment had ended.",
      example: "status invited, no enrolledOn",
      remedy: "Enroll in the program. It counts from the first of the month of the "
        + "enrollment."),
    .E304: FindingText(
      title: "tax or payment profile was not complete",
      cause: "On the transaction date the partner had not completed both its tax "
        + "profile and its payment profile.",
      example: "payment profile without completedOn",
      remedy: "Complete both profiles. They count from the first of the month of the "
        + "later completion."),
    .E305: FindingText(
      title: "earlier than the partner's move to this system",
      cause: "The transaction is from before the day on which the partner moved here; "
        + "it is not paid here.",
      example: "payableFrom 2026-10-15, transaction of 2026-10-14",
      remedy: "Settle the earning where it was earned, or correct payableFrom in "
        + "registry/partners.csv."),
  ]
}
