import ByteStreams
import Domain
import ExactMoney
import FinanceReports
import Ledger
import Workspace

/// `journal.hledger` and `postings.csv` while they are written: what the ledger posts for each
/// balance.
struct JournalFiles {
  private let session: PeriodSession
  private var journal: JournalText
  private var postings: PostingsCSV
  private let journalFile: StagedTable
  private let postingsFile: StagedTable

  /// Begins with what the balances were when the period opened.
  ///
  /// - Throws: ``FileError``; what the ledger throws.
  init(_ session: PeriodSession, isDraft: Bool, _ directory: StagedDirectory) throws {
    self.session = session
    journal = JournalText(period: session.period, isDraft: isDraft)
    postings = PostingsCSV(period: session.period)
    journalFile = try StagedTable("journal.hledger", in: directory)
    postingsFile = try StagedTable("postings.csv", in: directory)
    let registry = session.workspace.registry
    for balance in try session.ledger.openings(of: session.period) {
      let id = balance.name.participantId
      journal.open(
        participantId: id,
        participantName: registry.ids.find(id).map { registry.partners[$0].name } ?? id,
        program: balance.name.program, balance: balance.closing, coop: balance.coopClosing)
      try journalFile.drain(&journal.bytes)
    }
  }

  /// Adds a balance; they come by partner, program and currency.
  ///
  /// - Throws: ``FileError``; ``LedgerFault``.
  mutating func add(_ settlement: Settlement) throws {
    let partner = session.workspace.registry.partners[settlement.partner]
    let posted = LedgerSettlement(
      settlement, participantId: partner.participantId,
      program: session.workspace.plans[settlement.program].program)
    var entry = JournalEntry(
      participantId: partner.participantId, participantName: partner.name,
      program: posted.balance.program, closing: settlement.closing,
      coopClosing: settlement.coopClosing)
    entry.paymentId = settlement.paymentId
    for posting in try LedgerPosting.all(posted) {
      guard let amount = Int128(exactly: posting.amount) else { continue }
      entry.movements.append(
        JournalEntry.Movement(
          cause: posting.cause.rawValue, debit: posting.debit, credit: posting.credit,
          amount: Money(minorUnits: amount, currency: settlement.currency)))
    }
    journal.add(entry)
    postings.add(entry)
    try journalFile.drain(&journal.bytes)
    try postingsFile.drain(&postings.bytes)
  }

  /// - Throws: ``FileError``.
  func finish() throws {
    try journalFile.finish(journal.bytes)
    try postingsFile.finish(postings.bytes)
  }
}
