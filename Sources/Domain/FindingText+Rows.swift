/// The texts of the codes about rows.
extension FindingText {
  static let rows: [FindingCode: FindingText] = [
    .R201: FindingText(
      title: "a required value is missing",
      cause: "The row has nothing where an earning must have something.",
      example: "E-1,0048123,,2026-10-31,EUR,100.00",
      remedy: "Fill in the value and send the row again from the rejects file."),
    .R202: FindingText(
      title: "not a date, or ambiguous",
      cause: "Dates are read as 2026-10-31 or as an ISO 8601 timestamp with Z or an "
        + "offset; anything that could mean two days is refused.",
      example: "10/11/2026",
      remedy: "Write the date as 2026-10-31."),
    .R203: FindingText(
      title: "not a decimal",
      cause: "Amounts have an optional sign, digits, and a point with digits after it; "
        + "rates lie between 0 and 1 or 0% and 100%.",
      example: "1,234.56",
      remedy: "Write 1234.56: no thousands separators, currency signs, blanks or "
        + "exponents."),
    .R204: FindingText(
      title: "unknown currency",
      cause: "The value is no currency code of ISO 4217; case counts.",
      example: "usd",
      remedy: "Write the three capital letters of the currency, like USD."),
    .R205: FindingText(
      title: "unknown partner",
      cause: "No partner of the registry has this participantId. Leading zeros count.",
      example: "48123 for the partner 0048123",
      remedy: "Correct the id, or add the partner to registry/partners.csv and take the "
        + "row in again."),
    .R206: FindingText(
      title: "unknown program",
      cause: "No plan has this program name or alias.",
      example: "CSP Direct Partners",
      remedy: "Correct the name, or add it to the aliases of the plan in plans/."),
    .R207: FindingText(
      title: "unknown lever",
      cause: "The program has no lever of this name, or the row names none and the "
        + "plan has no defaultLever.",
      example: "Core Azure",
      remedy: "Correct the lever, or add it, or a defaultLever, to the plan in plans/."),
    .R208: FindingText(
      title: "unknown earning type",
      cause: "The value is none of Rebate, Co-op, Fee, Sell and Adjustment, and the "
        + "plan does not map it.",
      example: "Bonus",
      remedy: "Correct the type, or map the spelling under earningTypes in the plan."),
    .R209: FindingText(
      title: "the amount does not agree with the rate",
      cause: "The feed brings its own earningAmount or earningRate, and it is not what "
        + "the plan gives within the tolerance.",
      example: "transactionAmount 1000.00, plan rate 4%, earningAmount 45.00",
      remedy: "Find out which side is right: correct the row, or the rate or tolerance "
        + "of the plan in plans/."),
    .R210: FindingText(
      title: "the earning is known with other content",
      cause: "An accepted earning has the same earningId and other values. It is not "
        + "overwritten.",
      example: "E-1 with 100.00 in September's feed and 120.00 in October's",
      remedy: "If the new row is another earning, give it its own id; if it corrects "
        + "the old one, send an adjustment."),
    .R211: FindingText(
      title: "the earning is known",
      cause: "The same earning with the same content was taken in already; it counts "
        + "once.",
      example: "E-1, in two feeds",
      remedy: "Nothing to do."),
    .R212: FindingText(
      title: "wrong number of values",
      cause: "The row has more or fewer values than the header has columns, or an XML "
        + "earning has an unknown, repeated or nested element.",
      example: "E-1,0048123,CSP,2026-10-31,EUR,1,234.56",
      remedy: "Quote values that hold a comma; in XML leave each known element once, "
        + "with text only."),
    .R213: FindingText(
      title: "no rate applies",
      cause: "No entry of the lever's rates covers the transaction date and the values "
        + "that where asks for.",
      example: "a transaction of 2025 where the first rate is from 2026-01-01",
      remedy: "Correct the row, or add a rate to the lever in the plan in plans/."),
    .R214: FindingText(
      title: "the value is too long",
      cause: "Ids have at most 200 bytes, other values what limits.field allows.",
      example: "an earningId of 300 letters",
      remedy: "Shorten the value; if long values are right, raise limits.field in "
        + "payout.yaml."),
    .R215: FindingText(
      title: "characters that are not allowed",
      cause: "The value has control characters; ids may have no tabs or line breaks "
        + "either.",
      example: "INV\\u0001-7",
      remedy: "Remove the characters from the value."),
    .R216: FindingText(
      title: "more digits than an amount may have",
      cause: "At most 18 digits before the point and 12 after it are read, zeros "
        + "counted.",
      example: "1234567890123456789.00",
      remedy: "Write the amount with fewer digits."),
    .R217: FindingText(
      title: "the row replaces one that was not accepted",
      cause: "An earning of this id was ineligible or not yet due; the new row takes "
        + "its place.",
      example: "E-1 again, with a corrected date",
      remedy: "Nothing to do."),
    .R218: FindingText(
      title: "a quote in the wrong place",
      cause: "A quote stands inside an unquoted value, or text follows a closing "
        + "quote.",
      example: "E-1,Size 7\" rack,…",
      remedy: "Put the whole value into quotes and double the quotes inside it: \"Size "
        + "7\"\" rack\"."),
  ]
}
