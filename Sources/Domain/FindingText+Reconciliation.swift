// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// B62x and B63x: what banks say of payments.
extension FindingText {
  static let B620 = FindingText(
    title: "a bank's file cannot be read",
    cause: """
      It is no file, no well-formed XML, has a DOCTYPE, or ends in the middle. Nothing of it counts.
      """,
    example: "a camt.053 that was cut off while it was copied",
    remedy: "Fetch the file from the bank again and reconcile it then.")
  static let B621 = FindingText(
    title: "a bank's file is of a kind that is not read",
    cause: """
      It is another message of ISO 20022 or a version that is not known, a file for banks in the United \
      States that gives nothing back, or a CSV whose columns are those of no profile in bank/. Nothing \
      of it counts.
      """,
    example: "a camt.052, or a camt.053.001.13",
    remedy: """
      Ask the bank for camt.053 or camt.054 in version 001.02, 001.04 or 001.08, for pain.002 in \
      001.03, 001.10 or 001.11, in the United States for returns by the rules of NACHA; for a CSV write \
      a profile (docs/reconciling.md).
      """)
  static let B622 = FindingText(
    title: "a bank's file is about another account or currency",
    cause: """
      Neither payer.iban nor payer.accounts of payout.yaml has the account, or the account has \
      another currency there. Nothing of the file counts.
      """,
    example: "the statement of an account from which nobody is paid",
    remedy: """
      Leave the file out; if partners are paid from the account, write it into payer.accounts of \
      payout.yaml.
      """)
  static let B623 = FindingText(
    title: "the sums of a bank's file do not agree",
    cause: """
      An entry has not as many payments as it says, they do not add up to it, or the entries do not \
      add up to the summary. Nothing of the file counts.
      """,
    example: "NbOfTxs 3 in an entry that lists two payments",
    remedy: "Fetch the file again; if it is the same, ask the bank for a corrected one.")
  static let B624 = FindingText(
    title: "a value in a bank's file cannot be read",
    cause: """
      An amount, a currency, a day, a direction or a status is missing or cannot be read, so nobody \
      can tell what was booked. Nothing of the file counts.
      """,
    example: "an entry without CdtDbtInd",
    remedy: "Fetch the file again; if it is the same, ask the bank for a corrected one.")
  static let B625 = FindingText(
    title: "the balances of a bank's file do not add up",
    cause: """
      Opening balance and entries do not come to the closing balance. Banks define balances in more \
      than one way, so the file counts all the same.
      """,
    example: "opening 100.00, one credit of 10.00, closing 120.00",
    remedy: "Look whether a statement or a page of it is missing.")
  static let B626 = FindingText(
    title: "an entry of the bank belongs to no payment",
    cause: """
      Neither its ids nor its amount, account and day are those of one payment that is waited for. \
      It is listed and counts for no payment.
      """,
    example: "a debit with an EndToEndId that no close gave",
    remedy: """
      Find out what it is. Another business of the account needs nothing; a payment made by hand is \
      recognised if its paymentId is the reference.
      """)
  static let B627 = FindingText(
    title: "the bank moved another amount than was ordered",
    cause: "The message has the difference and its likely reason. The payment counts as made.",
    example: "1,000.00 ordered, and 1,012.50 left the account",
    remedy: """
      Look for charges in the contract with the bank; the difference stands in the account \
      bankDifference of the ledger.
      """)
  static let B628 = FindingText(
    title: "the bank says two things of a payment that cannot both be true",
    cause: """
      It has rejected a payment, and has booked it or calls it settled (ACSC, ACCC). Or it tells a \
      second time that a payment left the account, or came back. The partner may have the money \
      twice, or not at all.
      """,
    example: "a debit for a payment of which pain.002 said RJCT; two debits for one payment",
    remedy: """
      Ask the bank which of the two is true. If money left twice, claim one of the two back. A payment \
      that was rejected and booked, or left twice and came back once, stays as it is until it comes back \
      (once more) or somebody corrects the balance in adjustments.csv.
      """)
  static let B629 = FindingText(
    title: "a payment is missing at the bank",
    cause: """
      It was to be executed some days ago, and no file of the bank that was reconciled shows that it \
      left the account.
      """,
    example: "executed on 5 November, and no entry up to 15 November",
    remedy: """
      Look whether all files of the bank were reconciled and whether the payment file was sent. It \
      is not paid again by itself.
      """)
  static let B630 = FindingText(
    title: "a payment came back, or the bank has not made it",
    cause: """
      The message has the bank's code and what it means. The amount is in the partner's balance again \
      with the next run.
      """,
    example: "AC04, the account is closed",
    remedy: """
      Do what the finding says. The next close pays the amount with a new paymentId; where the reason \
      lies with the partner's account, name or address, only once the registry has changed (H509).
      """)
  static let B631 = FindingText(
    title: "an entry of the bank names a payment and does not fit it",
    cause: """
      It has the id of a payment, and another account or currency than that was ordered with, a day long \
      before it was ordered or years after, or an amount that cannot be it: less than half of it left, \
      which may be its charges, or what came back is more than was paid, or less by more than charges \
      are. It counts for no payment.
      """,
    example: "0.01 EUR comes back with the id of a payment of 119.06 EUR",
    remedy: """
      Ask the bank what it is. Until then the payment stays as it was; if money did come back, give it \
      to the partner in adjustments.csv.
      """)
  static let B632 = FindingText(
    title: "the bank tells of a payment whose payment file was not written yet",
    cause: """
      The payment files of its period wait, for approvals or for an account of the payer, so that no \
      bank can have been sent it. A rejection, a settlement or a return of it counts for nothing. \
      Where it left the account, somebody has paid it by hand: it counts as made, and the payment file \
      will leave it out.
      """,
    example: "pain.002 says RJCT of a payment that waits for approvals",
    remedy: """
      Find out which file or order the bank speaks of. If files were sent that payout did not write, \
      do not approve the period before that is settled.
      """)
  static let B633 = FindingText(
    title: "a bank in the United States corrects where a payment goes",
    cause: """
      The payment was made; its account, routing number or kind of account is to be written otherwise \
      from now on (a notification of change, addenda 98). The file has what; it is shown nowhere else.
      """,
    example: "C01: another account number",
    remedy: """
      Ask the partner to confirm it, and correct registry/payment-profiles.csv; payments that go on to \
      the old account may be refused.
      """)
}
