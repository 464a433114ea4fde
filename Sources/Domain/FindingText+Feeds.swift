// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// F1xx: what refuses a whole feed, or is said about it.
extension FindingText {
  static let F101 = FindingText(
    title: "the feed cannot be read",
    cause: """
      The file is not a regular file (nor is a symbolic link in the inbox), has a name that is too \
      long or not UTF-8, may not be read, changed while it was read, or is a .gz, .zst or .zip \
      whose compressed data is damaged, cut off, encrypted or of a kind that is not read. A .zip of \
      several feeds is unpacked as a whole or not at all: not if it holds more than 1,000 files, \
      another .zip, a name twice, or a control file without its feed.
      """,
    example: "earnings.csv.gz, of which only the first half was transferred",
    remedy: """
      Transfer the file again, in binary mode, and test it with gzip -t, zstd -t or unzip -t; \
      send a .zip without a password, and no archives in it. For a file that may not be \
      read, give the user who runs payout the right to read it.
      """)
  static let F102 = FindingText(
    title: "bytes that are not valid in the feed's encoding",
    cause: """
      A CSV feed is UTF-8 and an XML feed has the encoding that its declaration names. The place \
      given is the first byte that does not fit; often the file was saved as Windows-1252 or CP949.
      """,
    example: "a customer's name with the single byte E9 for é, in a feed that is read as UTF-8",
    remedy: """
      Ask the sender for the feed in UTF-8, or name the encoding that it really has in its XML \
      declaration.
      """)
  static let F103 = FindingText(
    title: "a required column is missing",
    cause: """
      The header names no column for a field that every row needs: earningId, participantId, \
      programName, transactionDate, transactionCurrency, transactionAmount. Case, blanks, _ and - \
      in names do not count.
      """,
    example: "earningId,participantId,programName,transactionDate,transactionAmount",
    remedy: """
      Ask the sender for the missing column, and check that the first line of the file is the \
      header and that commas separate the names.
      """)
  static let F104 = FindingText(
    title: "a column is named twice",
    cause: """
      Two columns have the same name when case, blanks, _ and - are left aside, so nobody can \
      tell which of the two counts.
      """,
    example: "earningId,…,transactionAmount,transaction_amount",
    remedy: """
      Remove or rename one of the two columns; a column whose name begins with _ is passed over.
      """)
  static let F105 = FindingText(
    title: "the XML is not well-formed",
    cause: """
      A tag, attribute, entity or namespace prefix breaks the rules of XML itself, so the file \
      cannot be read on from there. A bare & or < in a value does it most often.
      """,
    example: "<customerName>Wide World & Sons</customerName>",
    remedy: "Ask the sender to write the file with an XML library, which escapes & and < in values."
  )
  static let F106 = FindingText(
    title: "the XML does not follow the schema of feeds",
    cause: """
      The file is XML, but not built as schemas/earnings-feed.xsd says, outside of any single \
      earning: another root element or namespace, an unknown attribute, or controlTotals in the \
      wrong place.
      """,
    example: "<earningsFeed> without xmlns=\"urn:payout:earnings:1\"",
    remedy: "Check the file against schemas/earnings-feed.xsd and ask the sender to mend it.")
  static let F107 = FindingText(
    title: "the XML has a DOCTYPE",
    cause: """
      A DOCTYPE can define entities that expand without end or read other files. Feeds come from \
      outside, so one is refused whatever it holds.
      """,
    example: "<!DOCTYPE earningsFeed>",
    remedy: "Ask the sender to leave the DOCTYPE out; feeds need none.")
  static let F108 = FindingText(
    title: "the control totals do not match",
    cause: """
      The number of rows, the sum of transactionAmount in a currency, or the SHA-256 is not what \
      the feed's controlTotals or its .control.json says; or the .control.json is not a \
      regular file with these keys, each once. \
      Rows may be missing, doubled or changed.
      """,
    example: "{\"rows\": 120, \"totals\": {\"EUR\": \"1234.56\"}} beside a feed of 119 rows",
    remedy: """
      Do not correct the totals by hand. Ask the sender for the whole feed again, or for totals \
      that were made together with it.
      """)
  static let F109 = FindingText(
    title: "the feed id was used by another feed",
    cause: """
      A feed with the same feedId and other content was taken in before. Either somebody sent a \
      changed file under the old id, or two different files got the same id.
      """,
    example: "feedId=\"CSP-2026-10-31\" in a feed that differs from the one of yesterday",
    remedy: """
      Ask the sender which of the two files counts. New or corrected rows come in a feed with an \
      id of its own.
      """)
  static let F110 = FindingText(
    title: "the feed was taken in before",
    cause: "A feed with exactly these bytes is in the archive already, whatever its name was.",
    example: "earnings.csv, put into the inbox a second time",
    remedy: "Nothing to do: the file changes nothing and moves to the archive.")
  static let F111 = FindingText(
    title: "a limit is exceeded",
    cause: """
      The feed has more columns, a longer row, deeper elements, or expands to more bytes than \
      limits in payout.yaml allow. The limits keep a broken or hostile file from filling memory \
      and disk.
      """,
    example: "a header with 1,001 columns where limits.columns is 1000",
    remedy: """
      Look at the place given: mostly the file is broken, and the sender has to mend it. If it is \
      meant to be like this, raise the limit in payout.yaml.
      """)
  static let F112 = FindingText(
    title: "the feed ends in the middle",
    cause: """
      The file ends inside a quoted value or before its last element is closed. It was cut off on \
      its way, or a quote was left open and the rest of the file was read as one value.
      """,
    example: "E-1,0048123,CSP,2026-10-01,EUR,10.00,\"Contoso",
    remedy: """
      Transfer the file again. If it is whole, close the quote at the place given, or double it \
      where it is part of the value.
      """)
  static let F113 = FindingText(
    title: "the feed has no rows",
    cause: """
      There is a header or a root element, but no earning. A feed that is really empty says so in \
      its control totals.
      """,
    example: "a CSV file with nothing but its header",
    remedy: """
      Ask the sender whether there were no earnings. If so, the control totals say 0 rows: in \
      XML with rows="0" in controlTotals, for CSV with {"rows": 0} in NAME.control.json.
      """)
  static let F114 = FindingText(
    title: "the trailer does not match",
    cause: """
      The profile that reads this feed says that it ends with a trailer row, and the trailer is \
      missing or its count or sum is not that of the rows.
      """,
    example: "TRAILER;120 at the end of a feed of 119 rows",
    remedy: """
      Ask the sender for the whole feed again. If the layout has changed, mend the trailer of the \
      profile in profiles/.
      """)
  static let F115 = FindingText(
    title: "too many rows would be rejected",
    cause: """
      Of at least 100 rows a larger share has errors than limits.rejectRate allows. So many \
      errors mostly have one cause: a changed layout, or a partner or program that the registry or \
      the plans do not know yet.
      """,
    example: "500 rows, 130 of them with R205, where limits.rejectRate is 20%",
    remedy: """
      Look for the code that most rows have and mend its cause: with the sender, in registry/ or \
      in plans/. Then run again; the feed is still in the inbox. To take it in as it is, raise \
      limits.rejectRate in payout.yaml.
      """)
  static let F116 = FindingText(
    title: "the feed has columns that are not used",
    cause: """
      Some columns are none of the fields of a feed. Their values stand in the rejects file and \
      nowhere else.
      """,
    example: "earningId,…,transactionAmount,claimId,milestone",
    remedy: """
      Nothing to do, unless one of the names given is a misspelt field: then ask the sender to \
      correct it.
      """)
  static let F117 = FindingText(
    title: "the control sums were not compared",
    cause: """
      In at least one row the amount or the currency cannot be read, so no sum of all rows can be \
      made; the number of rows was compared. Or there is nothing to compare: a control file came \
      without its feed, or rejected rows without the trailers and parts of the feed that they are from.
      """,
    example: "totals {\"EUR\": \"120.00\"} beside a feed with a transactionAmount of 12,00",
    remedy: """
      Have the rejected rows corrected, and compare the sums by hand before the period is closed: \
      accepted and rejected rows together are to give the totals.
      """)
  static let F118 = FindingText(
    title: "rows are left out",
    cause: """
      The profile that reads this feed says that some of its rows are no earnings of ours, or that \
      several rows repeat one earning, of which the first counts. They are in no bucket.
      """,
    example: "412 rows are left out: informational rows, balance_impacting is 0",
    remedy: "Nothing to do, unless the number surprises: then mend leaveOut of the profile.")
  static let F119 = FindingText(
    title: "a part of the feed is missing",
    cause: """
      The feed comes in several files, each of which says which part of how many it is. Not all of \
      them are in the inbox or were taken in, or one of them is refused for what it holds, so none is \
      taken in yet.
      """,
    example: "part 1 of 3 of M-4711, without parts 2 and 3",
    remedy: """
      Put the missing parts into the inbox, mend or replace those that are refused, and run again. If \
      they do not come, ask the sender for the whole feed.
      """)
}
