// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// R2xx: what rejects a row, or is said about it.
extension FindingText {
  static let R201 = FindingText(
    title: "a required value is missing",
    cause: """
      One of earningId, participantId, programName, transactionDate, transactionCurrency and \
      transactionAmount is empty; or the lever pays what the feed gives, and the row has neither \
      earningAmount nor earningRate.
      """,
    example: "E-1001,,CSP Direct Bill Partner,2026-10-05,EUR,100.00",
    remedy: "Fill in the value in the rejects file, or have the sender do it; then send it again.")
  static let R202 = FindingText(
    title: "not a date, or an ambiguous one",
    cause: """
      A date is written 2026-10-31, or as a timestamp with Z or an offset. Dates like 01/02/2026 \
      could be read in two ways, and a timestamp without an offset does not say which day it is in \
      UTC, so neither is guessed.
      """,
    example: "transactionDate: 10/05/2026",
    remedy: "Write the date like 2026-10-05, or give the timestamp a Z or an offset.")
  static let R203 = FindingText(
    title: "not a decimal",
    cause: """
      Amounts and quantities are digits with an optional sign and a point: no thousands separator, \
      currency sign, exponent or comma. A rate is from 0 to 1, or from 0% to 100%.
      """,
    example: "transactionAmount: 1,234.50 or 12,34 or 1e3; earningRate: 105%",
    remedy: "Write the number plainly, like -1234.50; a rate of five per cent is 5% or 0.05.")
  static let R204 = FindingText(
    title: "an unknown currency",
    cause: "The currency is no code of ISO 4217. Case counts and blanks are not removed.",
    example: "transactionCurrency: usd",
    remedy: "Write the code of three capital letters, like USD, EUR or KRW.")
  static let R205 = FindingText(
    title: "an unknown partner",
    cause: """
      No partner of the registry has this participantId. Ids are compared character by character: \
      leading zeros, case and blanks count. A spreadsheet that opened the feed may have removed \
      the zeros.
      """,
    example: "participantId: 48123, where the registry has 0048123",
    remedy: """
      If the id is wrong, correct it in the row. If the partner is new, it is the registry that \
      is to be mended: add the partner to registry/partners.csv and send the rows of rejects/ \
      again.
      """)
  static let R206 = FindingText(
    title: "an unknown program",
    cause: """
      No plan has this name as its program or among its aliases; names are compared character by \
      character.
      """,
    example: "programName: CSP Direct-Bill Partner",
    remedy: """
      If the name is misspelt, correct it in the row. If it is another name of a program, it is \
      the plan that is to be mended: add the name to the aliases of its file in plans/, and send \
      the rows of rejects/ again.
      """)
  static let R207 = FindingText(
    title: "an unknown lever",
    cause: """
      The program's plan has no lever of this name; or the row names no lever and the plan has no \
      defaultLever.
      """,
    example: "lever: Growth Acelerator",
    remedy: """
      If the name is misspelt, correct it in the row. If the lever is new, or rows without a lever \
      are meant, it is the plan that is to be mended: add the lever or a defaultLever to the \
      program's file in plans/, and send the rows of rejects/ again.
      """)
  static let R208 = FindingText(
    title: "an unknown earning type",
    cause: """
      The earning type is none of Rebate, Co-op, Fee, Sell and Adjustment, nor a spelling that the \
      plan's earningTypes maps to one of them. Case and punctuation do not count.
      """,
    example: "earningType: Bonus",
    remedy: """
      Correct the type in the row, leave it empty to take that of the lever, or map the spelling \
      under earningTypes in the program's file in plans/ and send the rows of rejects/ again.
      """)
  static let R209 = FindingText(
    title: "the amount does not agree with the rate",
    cause: """
      The feed's earningAmount is further from transactionAmount times the rate than the plan's \
      tolerance, or its earningRate is not the rate of the plan. Sender and payer count by \
      different rates, or one of the two amounts is wrong.
      """,
    example: "transactionAmount 100.00, earningAmount 5.00, where the plan's rate is 4%",
    remedy: """
      Find out which rate was agreed for the transaction date. If the row is wrong, have it \
      corrected; if the plan is, mend the rates in its file in plans/ and send the rows of \
      rejects/ again.
      """)
  static let R210 = FindingText(
    title: "the same earningId with other content",
    cause: """
      An earning with this id was accepted before, and this row says something else. An accepted \
      earning is never overwritten, or it could be paid twice or changed unseen.
      """,
    example: "E-1001 with 100.00, and in a later feed E-1001 with 120.00",
    remedy: """
      Ask the sender which of the two counts; the message says where the first one stands. A new \
      earning gets an id of its own, and a correction comes as a row over the difference, with an \
      id of its own and relatedEarningId naming the first.
      """)
  static let R211 = FindingText(
    title: "a duplicate",
    cause: """
      An earning with this id and the same content is known, from this feed or an earlier one. It \
      counts once.
      """,
    example: "the same line twice in one feed",
    remedy: "Nothing to do: the row is not paid a second time.")
  static let R212 = FindingText(
    title: "the wrong number of fields",
    cause: """
      In CSV the row has more or fewer values than the header has columns, mostly for a comma in \
      a value without quotes. In XML an earning has an element that is unknown or stands twice, or \
      something else than a text in one.
      """,
    example: "E-1001,0048123,CSP,2026-10-05,EUR,1,234.50",
    remedy: """
      Put a value with a comma or line break into quotes. In XML, give each earning the elements \
      of schemas/earnings-feed.xsd, each at most once.
      """)
  static let R213 = FindingText(
    title: "no rate applies",
    cause: """
      The lever pays by rates, and no entry of its rates covers this transaction date with these \
      values.
      """,
    example: "solutionArea: Security, where the rates of the lever ask for Azure or Modern Work",
    remedy: """
      If the date or one of the values is wrong, correct it in the row. If the earning is meant to \
      be paid, it is the plan that is to be mended: add an entry to the lever's rates in the \
      program's file in plans/, and send the rows of rejects/ again.
      """)
  static let R214 = FindingText(
    title: "a value is too long",
    cause: """
      An earningId or participantId has more than 200 bytes, or another value more than \
      limits.field of payout.yaml. A quote in the wrong place can make one value of many.
      """,
    example: "an earningId of 300 letters",
    remedy: """
      Shorten the value, and check the quotes before it. If so long a text is meant, raise \
      limits.field in payout.yaml; ids stay at 200 bytes.
      """)
  static let R215 = FindingText(
    title: "characters that are not allowed",
    cause: """
      The value has a control character, which nobody sees and every program treats differently, \
      or a carriage return alone. In ids, tabs and line breaks are not allowed either.
      """,
    example: "an earningId with a tab at its end",
    remedy: "Remove the character at the place given and send the row again.")
  static let R216 = FindingText(
    title: "more digits than an amount may have",
    cause: """
      An amount has at most 18 digits before the point and 12 after it; zeros count. More are not \
      cut off, for that would change the amount.
      """,
    example: "transactionAmount: 10.1234567890123",
    remedy: "Have the sender round the amount to 12 decimals or fewer and send the row again.")
  static let R217 = FindingText(
    title: "replaces a row that was not accepted",
    cause: """
      An earning with this id was known as ineligible or not yet due, with other content. The new \
      row counts from now on, and the old one as a duplicate.
      """,
    example: "E-1001, ineligible in September, sent again with another transactionDate",
    remedy: "Nothing to do, unless the change was not meant: then ask the sender.")
  static let R218 = FindingText(
    title: "a quote in the wrong place",
    cause: """
      A value that does not begin with a quote has one inside, or text follows a closing quote. \
      Where the value ends cannot be told for certain.
      """,
    example: "E-1001,0048123,CSP,2026-10-05,EUR,100.00,19\" rack",
    remedy: "Put the whole value into quotes and double each quote in it: \"19\"\" rack\".")
}
