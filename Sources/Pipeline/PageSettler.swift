import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// A page of rows whose balances are to be settled, and the partners whose rows these are.
struct UnsettledPage: Sendable {
  var page: EarningPage
  var partners: Range<Int>
}

/// What the rows of a page have become.
struct SettledPage: Sendable {
  let page: EarningPage
  /// How many partners come before its own.
  let partnersBefore: Int
  /// Its rows, all of them.
  var tally = BucketTally()
  /// The balances of each partner, by program and currency; nothing of them is posted yet.
  var partners: [(partner: Int, settlements: [Settlement])] = []
  /// Why the rest of the partners is missing.
  var failure: (any Error)?
}

/// Settles the balances of partners: all that follows from their rows, and changes nothing else, so
/// that any thread can do it.
struct PageSettler: Sendable {
  private let workspace: LoadedWorkspace
  private let pricer: RowPricer
  private let calculator: SettlementCalculator
  private let accounts: OpenAccounts
  private let standings: RowStandings
  /// By feed number: whether it was taken in in the period that is drawn.
  private let isOfPeriod: [Bool]

  /// - Parameter standings: Where all rows ended.
  init(
    workspace: LoadedWorkspace, pricer: RowPricer, calculator: SettlementCalculator,
    accounts: OpenAccounts, standings: RowStandings, isOfPeriod: [Bool]
  ) {
    self.workspace = workspace
    self.pricer = pricer
    self.calculator = calculator
    self.accounts = accounts
    self.standings = standings
    self.isOfPeriod = isOfPeriod
  }

  /// Settles the balances of the partners of a page.
  ///
  /// - Returns: What failed is in it, behind what did not.
  func settle(_ page: EarningPage, _ partners: Range<Int>) -> SettledPage {
    var settled = SettledPage(page: page, partnersBefore: partners.lowerBound)
    do {
      var rows = try sortedRows(page, &settled.tally)[...]
      for partner in partners {
        let own = rows.prefix { $0.partner == partner }
        rows = rows.dropFirst(own.count)
        let settlements = try settlements(of: partner, lines(own, page), page)
        if !settlements.isEmpty { settled.partners.append((partner, settlements)) }
      }
    } catch {
      settled.failure = error
    }
    return settled
  }

  // MARK: Rows

  /// The rows of a page that are on statements, by partner, program, lever, day and id; all of its
  /// rows are counted.
  ///
  /// - Throws: ``MoneyError/overflow``.
  func sortedRows(
    _ page: EarningPage, _ tally: inout BucketTally
  ) throws(MoneyError) -> [SettledRow] {
    var rows: [SettledRow] = []
    rows.reserveCapacity(page.offsets.count)
    for offset in page.offsets {
      let record = page.record(at: offset)
      let key = RowKey(feed: record.feed, row: record.row)
      let (ended, wasOpen) = standings.standing(of: key)
      guard let bucket = ended else { continue }
      if isOfPeriod[Int(record.feed)] || wasOpen {
        try tally.add(
          feed: Int(record.feed), currency: record.currency, bucket: bucket,
          amount: record.amount)
      }
      guard bucket == .accepted || bucket == .ineligible && !record.reasons.isEmpty else {
        continue
      }
      rows.append(SettledRow(record, at: offset, isAccepted: bucket == .accepted))
    }
    rows.sort { SettledRow.precedes($0, $1, page) }
    return rows
  }

  /// The lines of rows of the page.
  func lines(_ rows: ArraySlice<SettledRow>, _ page: EarningPage) -> [EarningLine] {
    var lines: [EarningLine] = []
    lines.reserveCapacity(rows.count)
    for row in rows { lines.append(line(row, page)) }
    return lines
  }

  private func line(_ row: SettledRow, _ page: EarningPage) -> EarningLine {
    var record = page.record(at: row.offset)
    if row.isAccepted { record.reasonBits = 0 }
    var line = EarningLine(
      record: record, offset: row.offset, earned: record.earned, earnedCurrency: record.currency,
      rate: pricer.shownRate(of: record))
    // A row that takes an earning back does so at the rate of that earning's day.
    if row.isAccepted, record.flags.contains(.follows),
      let day = standings.followedDay(of: RowKey(feed: record.feed, row: record.row)),
      let terms = page.terms(of: record, at: row.offset)
    {
      let price = pricer.price(record, terms, on: day)
      if !price.faults.contains(.noRate) {
        line.earned = price.earned
        if line.rate != nil { line.rate = price.rate }
      }
    }
    return line
  }

  // MARK: Balances

  /// All balances of a partner, by program and currency.
  ///
  /// - Parameter trace: Told the steps, if anybody wants to know.
  /// - Throws: ``RunFailure``.
  func settlements(
    of partner: Int, _ rows: [EarningLine], _ page: EarningPage,
    trace: CalculationTrace? = nil
  ) throws(RunFailure) -> [Settlement] {
    let programs = accounts.programs(of: partner).union(rows.map { Int($0.record.program) })
    var settlements: [Settlement] = []
    var rest = rows[...]
    for program in programs.sorted() {
      let lines = rest.prefix { Int($0.record.program) == program }
      rest = rest.dropFirst(lines.count)
      settlements += try settleProgram(partner, program, lines, page, trace)
    }
    return settlements
  }

  private func settleProgram(
    _ partner: Int, _ program: Int, _ lines: ArraySlice<EarningLine>, _ page: EarningPage,
    _ trace: CalculationTrace?
  ) throws(RunFailure) -> [Settlement] {
    var account = SettlementCalculator.Account(partner: partner, program: program)
    account.ineligible = lines.filter { !$0.record.reasons.isEmpty }
    // Lines are wide, and nearly always all of them are accepted.
    account.accepted =
      account.ineligible.isEmpty ? Array(lines) : lines.filter { $0.record.reasons.isEmpty }
    accounts.fill(&account)
    do throws(CalculationFault) {
      var settlements = try calculator.settle(
        account, trace: trace, idPrecedes: page.idPrecedes)
      for number in settlements.indices where settlements[number].status == .upcoming {
        settlements[number].paymentId = paymentId(settlements[number])
      }
      return settlements
    } catch {
      throw tooLarge(partner, program)
    }
  }

  private func paymentId(_ settlement: Settlement) -> String {
    PaymentIdentity.id(
      payer: workspace.configuration.payer.identity,
      participantId: workspace.registry.partners[settlement.partner].participantId,
      program: workspace.plans[settlement.program].program, currency: settlement.currency,
      period: calculator.period)
  }

  /// Why amounts that overflow stop everything.
  func tooLarge(_ partner: Int, _ program: Int) -> RunFailure {
    let id = SafeText.shown(workspace.registry.partners[partner].participantId)
    let message =
      "amounts of partner \(id) in \(workspace.plans[program].program) are too large to"
      + " calculate with; nothing was published"
    return RunFailure(
      .sumsDisagree, message, findings: [Finding(.C401, feed: "", message: message)])
  }
}
