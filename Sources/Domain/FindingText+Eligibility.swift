// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// E3xx: why an earning is ineligible.
extension FindingText {
  static let E301 = FindingText(
    title: "no valid agreement on the transaction date",
    cause: """
      The program asks for an agreement that the partner did not have on that day. An agreement \
      counts from the first day of the month in which it begins to its last day.
      """,
    example: "an earning of 2026-09-30, where the partner's mpn agreement begins on 2026-10-14",
    remedy: """
      The partner signs or renews the agreement that the program asks for. If it was valid on \
      that day, the partner sends proof by the dispute date and the payer corrects \
      registry/agreements.csv; the next run assesses the earning again.
      """)
  static let E302 = FindingText(
    title: "the competency is missing or too low on the transaction date",
    cause: """
      The program asks for a competency at some level, and on that day the partner did not have \
      it, or had it at a lower level. Gold counts as silver too.
      """,
    example: "level silver, where the plan asks for {competency: Cloud Platform, level: gold}",
    remedy: """
      The partner attains or renews the competency. If it was held on that day, the partner sends \
      proof by the dispute date and the payer corrects registry/competencies.csv; the next run \
      assesses the earning again.
      """)
  static let E303 = FindingText(
    title: "not enrolled in the program on the transaction date",
    cause: """
      On that day the partner had no enrollment in the program: it was never completed, began in \
      a later month, or had ended. An invitation alone is no enrollment.
      """,
    example: "status actionRequired with an empty enrolledOn",
    remedy: """
      The partner accepts the invitation and completes the enrollment; it counts from the first \
      of that month. If the partner was enrolled, the payer corrects registry/enrollments.csv by \
      the dispute date.
      """)
  static let E304 = FindingText(
    title: "the tax or payment profile was not completed by the transaction date",
    cause: """
      Both profiles have to be completed before earnings count, each from the first day of the \
      month of its first completion. One of the two was missing or was completed in a later month.
      """,
    example: "a payment profile with an empty completedOn",
    remedy: """
      The partner completes its tax profile and its payment profile. If both were complete in \
      that month, the payer corrects completedOn in registry/tax-profiles.csv or \
      registry/payment-profiles.csv by the dispute date.
      """)
  static let E305 = FindingText(
    title: "the partner was not yet paid by this system on the transaction date",
    cause: """
      Partners move onto this system in waves. The earning is from before the partner's \
      payableFrom, so it belongs to the system that paid until then.
      """,
    example: "an earning of 2026-10-10, where the partner's payableFrom is 2026-10-15",
    remedy: """
      The payer checks that the system used before has paid it. If the partner's wave was earlier, \
      the payer corrects payableFrom in registry/partners.csv by the dispute date.
      """)
}
