import CSV
package import Domain
import ExactMoney

/// Writes `postings.csv`: what the ledger posts in a period, two rows for each movement, for the
/// import into a general ledger.
package struct PostingsCSV {
  private let period: Period
  private var csv = CSVWriter()
  private var entries = 0
  private var amount: [UInt8] = []

  package init(period: Period) {
    self.period = period
    csv.header([
      "date", "period", "entry", "account", "participantId", "participantName", "programName",
      "currency", "amount", "cause", "description", "paymentId",
    ])
  }

  /// Adds what a balance did; a debit is positive, a credit negative.
  package mutating func add(_ entry: JournalEntry) {
    guard !entry.movements.isEmpty else { return }
    entries += 1
    for movement in entry.movements {
      add(movement, movement.debit, movement.amount, entry)
      add(movement, movement.credit, movement.amount.negated, entry)
    }
  }

  private mutating func add(
    _ movement: JournalEntry.Movement, _ account: String, _ money: Money, _ entry: JournalEntry
  ) {
    csv.plain(period.lastDay.text)
    csv.plain(period.text)
    csv.plain(String(entries))
    csv.plain(account)
    csv.text(entry.participantId)
    csv.text(entry.participantName)
    csv.text(entry.program)
    csv.plain(money.currency.code)
    amount.removeAll(keepingCapacity: true)
    AmountText.append(money, to: &amount)
    csv.plain(amount)
    csv.plain(movement.cause)
    csv.text("\(movement.cause) \(period.text), \(entry.participantName), \(entry.program)")
    csv.plain(entry.paymentId)
    csv.endRecord()
  }

  /// What was written; whoever takes it away empties it.
  package var bytes: [UInt8] {
    get { csv.bytes }
    _modify { yield &csv.bytes }
  }
}
