// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// X9xx: configuration, registry, plans, exchange rates and adjustments. The run does not start.
extension FindingText {
  static let X901 = FindingText(
    title: "a file is missing or cannot be read",
    cause: """
      The workspace has no such file, it is no regular file, or the user who runs payout may not \
      read it.
      """,
    example: "a workspace without registry/partners.csv",
    remedy: "Put the file in its place, and let the user who runs payout read it.")
  static let X902 = FindingText(
    title: "a file is not YAML or not a CSV table",
    cause: """
      The syntax of the file is broken: a tab as indentation, an open bracket or quote, another \
      number of values than the header has columns, or bytes that are not UTF-8.
      """,
    example: "levers: [{lever: Core, earningType: Rebate",
    remedy: "Mend the syntax at the place given or in the line above.")
  static let X903 = FindingText(
    title: "an unknown key or column",
    cause: """
      The name is not one that is read there. It is an error and not passed over, as a misspelt \
      key would otherwise change what is paid without anybody seeing it.
      """,
    example: "treshold: {USD: 200}",
    remedy: "Correct the name, or remove the key or column.")
  static let X904 = FindingText(
    title: "something required is missing",
    cause: "A key, a column or a value that has to be there is missing or empty.",
    example: "a plan without currency",
    remedy: "Add it with its value.")
  static let X905 = FindingText(
    title: "a value is not allowed",
    cause: "The value is none of those that are possible there; the message says what is expected.",
    example: "role: reseller",
    remedy: "Write one of the values that the message names.")
  static let X906 = FindingText(
    title: "the same name or key stands twice",
    cause: """
      Two rows of the registry have the same key, two programs share a name or alias, or a key \
      stands twice in a YAML file. Nobody can tell which of the two counts.
      """,
    example: "two rows 2026-10,EUR,USD in exchange-rates.csv",
    remedy: "Keep the one that counts and remove the other, or correct what should differ.")
  static let X907 = FindingText(
    title: "an interval ends before it begins",
    cause: "The last day is before the first one. Both days themselves count.",
    example: "validFrom 2026-10-01, validTo 2026-09-30",
    remedy: "Correct one of the two dates.")
  static let X908 = FindingText(
    title: "an unknown partner, program or name",
    cause: """
      A row or a plan names a partner that is not in registry/partners.csv, a program that no plan \
      has, or a lever or profile that does not exist.
      """,
    example: "defaultLever: Cores, in a plan whose lever is Core",
    remedy: """
      Correct the name, or add what it names: a partner to registry/partners.csv, a program or \
      alias to its plan in plans/.
      """)
  static let X909 = FindingText(
    title: "the steps of tiers leave a gap, overlap or end",
    cause: """
      Steps follow each other in ascending order, each beginning where the one before ends, and \
      the last is open. Otherwise some volume would have two rates or none.
      """,
    example: "steps: [{upTo: 500000, rate: 3%}, {upTo: 100000, rate: 4%}, {rate: 5%}]",
    remedy: "Put the steps into ascending order of upTo, and leave upTo out of the last one only.")
  static let X910 = FindingText(
    title: "the split is not 100%",
    cause: """
      The parts for rebate and co-op do not add up to 100%, so a part of each earning would be in \
      no place or in two.
      """,
    example: "split: {rebate: 60%, coop: 30%}",
    remedy: "Change one of the two parts so that they add up to 100%.")
  static let X911 = FindingText(
    title: "a rate below 0 or above 100%",
    cause: "Rates are shares of an amount. Mostly a percent sign is missing.",
    example: "rate: 4.75, where 4.75% is meant",
    remedy: "Write a rate from 0% to 100%, or from 0 to 1: five per cent is 5% or 0.05.")
  static let X912 = FindingText(
    title: "an entry of the rates can never be reached",
    cause: """
      The first entry that matches counts, and earlier entries cover all that this one covers. Its \
      rate would never be paid.
      """,
    example: "rates: [{rate: 4%}, {rate: 4.75%, where: {solutionArea: Azure}}]",
    remedy: "Move the entry before the one that covers it, or remove it.")
  static let X913 = FindingText(
    title: "enrolled without a date",
    cause: """
      The status says enrolled and enrolledOn is empty, so it is not known from which month the \
      partner earns.
      """,
    example: "0048123,CSP Direct Bill Partner,enrolled,2026-01-10,,",
    remedy: """
      Fill in the day of the enrollment in registry/enrollments.csv, or correct the status.
      """)
  static let X914 = FindingText(
    title: "something posted or closed was changed",
    cause: """
      An adjustment that was posted, or an exchange rate of a closed period, is not what it was. \
      Payments were made by the old values, and a closed period never changes.
      """,
    example: "ADJ-17, posted with 100.00, now with 120.00",
    remedy: """
      Put the old value back. To correct a posted adjustment, add one over the difference, with an \
      adjustmentId of its own.
      """)
  static let X915 = FindingText(
    title: "a partner or program with a balance is gone, or renamed",
    cause: """
      The ledger still has money for a partner or program that registry/partners.csv or plans/ no \
      longer has, so the money could neither be paid nor shown; or closed books know a program by a \
      name that is only an alias now.
      """,
    example: "a terminated partner, removed from registry/partners.csv before its last payment",
    remedy: """
      Put the row or the plan back; a partner that has left keeps its row, with the status \
      terminated. A program keeps its name; a new one goes into aliases.
      """)
  static let X916 = FindingText(
    title: "an accepted earning has no rate any more",
    cause: """
      The plan was changed so that no entry of the lever's rates covers an earning that was \
      accepted with one.
      """,
    example: "the entry {rate: 4%, to: 2026-09-30}, which was open when the earning was accepted",
    remedy: """
      Mend the rates of the lever in the program's file in plans/ so that the earning named has a \
      rate again; a change of rates is a new entry with a later from.
      """)
}
