/// The texts of the codes about feeds as a whole.
extension FindingText {
  static let feeds: [FindingCode: FindingText] = [
    .F101: FindingText(
      title: "the feed cannot be read",
      cause: "The file cannot be opened, is no regular file, or its compressed data is "
        + "damaged.",
      example: "inbox/october.csv.gz, cut off during the transfer",
      remedy: "Ask for the file to be delivered again; check that the program may read "
        + "it."),
    .F102: FindingText(
      title: "bytes are not valid in the feed's encoding",
      cause: "A byte does not belong to a character: the file is in another encoding, "
        + "or was damaged.",
      example: "customerName M\\xFCller in a file that is said to be UTF-8",
      remedy: "Have the feed written as UTF-8, or with the encoding that its XML "
        + "declaration names."),
    .F103: FindingText(
      title: "a required column is missing",
      cause: "The header lacks a column without which no earning can be read.",
      example: "earningId,participantId,programName",
      remedy: "Add the column to the header and the rows, or check that the first line "
        + "is the header."),
    .F104: FindingText(
      title: "a column is named twice",
      cause: "Two columns have the same name once case, blanks, _ and - are left out "
        + "of account, so it is not clear which one counts.",
      example: "earningId,lever,Lever",
      remedy: "Remove or rename one of the two columns."),
    .F105: FindingText(
      title: "the XML is not well-formed",
      cause: "A tag, an attribute or a character breaks the rules of XML, so nothing "
        + "after it can be trusted.",
      example: "<earning><earningId>E-1</earning>",
      remedy: "Have the feed written again by a program that writes XML; do not edit it "
        + "by hand."),
    .F106: FindingText(
      title: "the XML does not follow the schema",
      cause: "Something stands in the feed that schemas/earnings-feed.xsd does not "
        + "allow, and it is not the fault of one earning.",
      example: "<earningsFeed><payment/></earningsFeed>",
      remedy: "Compare the feed with schemas/earnings-feed.xsd and have it corrected."),
    .F107: FindingText(
      title: "the XML has a DOCTYPE",
      cause: "Document types can load files and blow up small documents, so none is "
        + "accepted, whatever it holds.",
      example: "<!DOCTYPE earningsFeed>",
      remedy: "Have the feed written without a DOCTYPE."),
    .F108: FindingText(
      title: "control totals do not match",
      cause: "The rows, the sums or the digest that were announced differ from what "
        + "the file has: part of it is missing, doubled or changed.",
      example: "{\"rows\": 120, \"totals\": {\"EUR\": \"1000.00\"}} beside a feed of 119 rows",
      remedy: "Ask for the feed to be delivered again together with its control totals; "
        + "do not adjust the totals."),
    .F109: FindingText(
      title: "the feed id was used for another content",
      cause: "A feed with the same feedId and other bytes was taken in before.",
      example: "feedId=\"CSP-2026-10-31\" in two different files",
      remedy: "If the feed is new, have it sent with a new feedId; if it corrects rows, "
        + "send only the rejected rows."),
    .F110: FindingText(
      title: "the feed was taken in before",
      cause: "The same bytes were taken in already, so nothing happens.",
      example: "october.csv, delivered twice",
      remedy: "Nothing to do."),
    .F111: FindingText(
      title: "a limit is exceeded",
      cause: "The feed asks for more than payout.yaml allows: columns, record size, "
        + "depth, or expansion of compressed data.",
      example: "a header with 5,000 columns",
      remedy: "If the feed is what you expect, raise the limit under limits in "
        + "payout.yaml; otherwise refuse it."),
    .F112: FindingText(
      title: "the feed ends in the middle",
      cause: "A quoted value or an XML element is opened and never closed: the file "
        + "was cut, or a quote is missing.",
      example: "E-7,\"Contoso, Ltd",
      remedy: "Ask for the whole file again, or close the quote at the place that is "
        + "named."),
    .F113: FindingText(
      title: "the feed has no rows",
      cause: "There is a header and nothing else. An empty feed has to say so in its "
        + "control totals.",
      example: "earningId,participantId,… and no second line",
      remedy: "If it is meant to be empty, deliver it with control totals that say "
        + "rows: 0."),
    .F114: FindingText(
      title: "the trailer does not match",
      cause: "The count or the sum in the last rows differs from the rows before it.",
      example: "TOTAL,119 after 120 rows",
      remedy: "Ask for the feed to be delivered again."),
    .F115: FindingText(
      title: "too many rows are rejected",
      cause: "Of at least 100 rows more are rejected than limits.rejectRate allows, so "
        + "the whole feed is probably in the wrong layout or meant for somebody "
        + "else.",
      example: "300 of 1,000 rows with an unknown partner",
      remedy: "Look at the first findings: usually one cause is behind all of them. If "
        + "the rest is to be taken in all the same, raise limits.rejectRate in "
        + "payout.yaml."),
    .F116: FindingText(
      title: "there are columns that are not used",
      cause: "Some columns are none of ours; they are kept for the rejects file and "
        + "not read.",
      example: "…,exchangeRateDate,tpan",
      remedy: "Nothing to do, unless one of them was meant to be a field: then correct "
        + "its name."),
    .F117: FindingText(
      title: "control sums were not compared",
      cause: "An amount or a currency of some row cannot be read, so the sums cannot "
        + "be compared; the number of rows was.",
      example: "one row with transactionAmount 1.234,56",
      remedy: "Correct the rows that are reported; their feed was taken in without "
        + "them."),
  ]
}
