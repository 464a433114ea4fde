/// The texts of the codes about configuration, registry and plans.
extension FindingText {
  static let configuration: [FindingCode: FindingText] = [
    .X901: FindingText(
      title: "a file is missing or cannot be read",
      cause: "A workspace needs its configuration, its registry and at least one plan.",
      example: "no registry/partners.csv",
      remedy: "Put the file where the message says; payout init shows what a workspace "
        + "looks like."),
    .X902: FindingText(
      title: "a file is not what its name says",
      cause: "A YAML file is not YAML, or a table is not CSV.",
      example: "a tab at the beginning of a line of payout.yaml",
      remedy: "Correct the place that is named."),
    .X903: FindingText(
      title: "an unknown key or column",
      cause: "A name is none that is known here, most likely a typing mistake.",
      example: "roundign: halfEven",
      remedy: "Correct the name, or remove it."),
    .X904: FindingText(
      title: "something required is missing",
      cause: "A key, a column or a value that must be there is not.",
      example: "a plan without currency",
      remedy: "Add it."),
    .X905: FindingText(
      title: "a value that is not allowed",
      cause: "The value cannot be read, or is none of those that are possible.",
      example: "rounding: up",
      remedy: "Write one of the values that the message names."),
    .X906: FindingText(
      title: "the same name or key twice",
      cause: "Two entries could both be meant.",
      example: "two partners with the same participantId",
      remedy: "Remove or rename one of the two."),
    .X907: FindingText(
      title: "an interval ends before it begins",
      cause: "The end is earlier than the beginning.",
      example: "validFrom 2026-10-01, validTo 2026-09-30",
      remedy: "Correct one of the two dates."),
    .X908: FindingText(
      title: "an unknown partner, program or name",
      cause: "Something refers to what does not exist.",
      example: "an agreement of a partner that is not in partners.csv",
      remedy: "Correct the name, or add what it refers to."),
    .X909: FindingText(
      title: "tier steps with a gap, an overlap or an end",
      cause: "Steps ascend, and only the last one is open.",
      example: "upTo 500000 after upTo 600000",
      remedy: "Order the steps by upTo and leave upTo out of the last one."),
    .X910: FindingText(
      title: "the split does not add up to 100%",
      cause: "What is not rebate must be co-op.",
      example: "rebate 60%, coop 30%",
      remedy: "Change one of the two shares."),
    .X911: FindingText(
      title: "a rate below 0 or above 100%",
      cause: "Rates are shares of an amount.",
      example: "rate: 475%",
      remedy: "Write 4.75% or 0.0475."),
    .X912: FindingText(
      title: "a rate that can never be reached",
      cause: "An earlier entry covers all dates and values of this one.",
      example: "{rate: 4%} before {rate: 5%, where: {solutionArea: Azure}}",
      remedy: "Put the more particular entry first, or remove it."),
    .X913: FindingText(
      title: "enrolled without a date",
      cause: "An enrollment counts from the day on which it was made.",
      example: "status enrolled, enrolledOn empty",
      remedy: "Fill in enrolledOn."),
    .X914: FindingText(
      title: "something posted or closed was changed",
      cause: "What closed periods used may not change.",
      example: "another rate for a closed period",
      remedy: "Undo the change; correct the past with an adjustment."),
    .X915: FindingText(
      title: "a partner or program with a balance is gone",
      cause: "Its balance would be lost.",
      example: "a partner removed from partners.csv",
      remedy: "Put it back; set its status to terminated if it has left."),
    .X916: FindingText(
      title: "an accepted earning has no rate any more",
      cause: "A plan was changed so that an earning that was accepted matches no rate.",
      example: "a rate's from moved past the earning's date",
      remedy: "Add a rate that covers the earning, or undo the change."),
  ]
}
