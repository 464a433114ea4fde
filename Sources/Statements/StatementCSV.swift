import CSV
package import Domain
import ExactMoney

/// Writes the statement of one partner as CSV: one table for people and programs.
package struct StatementCSV: Sendable {
  static let header = [
    "participantId", "lineNumber", "lineType", "period", "programName", "lever", "earningType",
    "earningId", "transactionId", "transactionDate", "transactionCurrency", "transactionAmount",
    "rate", "earnedAmount", "earnedCurrency", "exchangeRate", "amount", "currency",
    "customerName", "productName", "reasonCodes", "source",
  ]

  private let registry: Registry
  private let plans: Plans
  private let period: Period
  /// By feed number.
  private let feeds: [[UInt8]]

  package init(registry: Registry, plans: Plans, period: Period, feeds: [String]) {
    self.registry = registry
    self.plans = plans
    self.period = period
    self.feeds = feeds.map { Array($0.utf8) }
  }

  /// The statement.
  ///
  /// - Parameters:
  ///   - settlements: All of one partner, by program and currency.
  ///   - page: Where the lines' texts are.
  package func statement(
    partner: Int, _ settlements: [Settlement], page: EarningPage
  ) -> [UInt8] {
    var table = Table(
      partner: registry.partners[partner].participantId, page: page, feeds: feeds)
    for settlement in settlements {
      write(settlement, &table)
    }
    return table.csv.bytes
  }

  private func write(_ settlement: Settlement, _ table: inout Table) {
    let plan = plans[settlement.program]
    table.program = Array(plan.program.utf8)
    table.currency = settlement.currency
    table.balance("opening", period, settlement.opening)
    for line in settlement.lines { table.earning("earning", line, plan) }
    for subtotal in settlement.subtotals { table.subtotal(subtotal, plan) }
    for subtotal in settlement.subtotals where !subtotal.coop.isZero {
      table.coop(subtotal, plan)
    }
    for adjustment in settlement.adjustmentLines { table.adjustment(adjustment) }
    table.balance("gross", period, settlement.gross.negated)
    if !settlement.salesTax.isZero { table.balance("salesTax", period, settlement.salesTax) }
    if !settlement.withheldTax.isZero {
      table.balance("withheldTax", period, settlement.withheldTax.negated)
    }
    table.balance("payment", period, settlement.totalPayment)
    table.balance("closing", period, settlement.closing)
    for line in settlement.lines where !line.capped.isZero { table.capped(line, plan) }
    for line in settlement.ineligible { table.ineligible(line, plan) }
    if !settlement.holds.isEmpty { table.held(period, settlement.holds) }
  }

  /// The table while it is written.
  private struct Table {
    var csv = CSVWriter()
    let partner: [UInt8]
    let page: EarningPage
    let feeds: [[UInt8]]
    var program: [UInt8] = []
    var currency = Currency(at: 0)
    private var lineNumber = 0
    private var scratch: [UInt8] = []

    init(partner: String, page: EarningPage, feeds: [[UInt8]]) {
      self.partner = Array(partner.utf8)
      self.page = page
      self.feeds = feeds
      csv.header(StatementCSV.header)
    }

    /// The first five columns, which every line has.
    private mutating func begin(_ type: StaticString, _ period: Period) {
      lineNumber += 1
      csv.text(partner, in: partner.indices)
      csv.plain(String(lineNumber))
      csv.plain(type)
      csv.plain(period.text)
      csv.text(program, in: program.indices)
    }

    private mutating func empty(_ count: Int) {
      for _ in 0..<count { csv.empty() }
    }

    private mutating func money(_ money: Money) {
      scratch.removeAll(keepingCapacity: true)
      AmountText.append(money, to: &scratch)
      csv.plain(scratch)
    }

    private mutating func amount(_ amount: ExactAmount, decimals: Int) {
      scratch.removeAll(keepingCapacity: true)
      AmountText.append(amount, decimals: decimals, to: &scratch)
      csv.plain(scratch)
    }

    private mutating func rate(_ rate: ExactRate?) {
      guard let rate else { return csv.empty() }
      scratch.removeAll(keepingCapacity: true)
      AmountText.append(rate, to: &scratch)
      csv.plain(scratch)
    }

    mutating func balance(_ type: StaticString, _ period: Period, _ amount: Money) {
      begin(type, period)
      empty(11)
      money(amount)
      csv.plain(currency.code)
      empty(4)
      csv.endRecord()
    }

    private mutating func text(_ text: EarningRecord.Text, _ line: EarningLine) {
      csv.text(page.bytes, in: page.range(text, of: line.record, at: line.offset))
    }

    /// The columns from lever to transactionAmount.
    private mutating func transaction(_ line: EarningLine, _ plan: Plan) {
      csv.text(plan.levers[Int(line.record.lever)].name)
      csv.plain(line.record.earningType.name)
      text(.earningId, line)
      text(.transactionId, line)
      scratch.removeAll(keepingCapacity: true)
      line.record.day.append(to: &scratch)
      csv.plain(scratch)
      csv.plain(line.record.currency.code)
      amount(line.record.amount, decimals: line.record.currency.minorDigits)
    }

    /// The columns from customerName on.
    private mutating func end(_ line: EarningLine, reasons: String?) {
      text(.customerName, line)
      text(.productName, line)
      if let reasons { csv.plain(reasons) } else { text(.reasonCode, line) }
      scratch.removeAll(keepingCapacity: true)
      scratch.append(contentsOf: feeds[Int(line.record.feed)])
      scratch.append(0x3A)
      AmountText.appendInteger(UInt64(line.record.line), to: &scratch)
      csv.text(scratch, in: scratch.indices)
      csv.endRecord()
    }

    mutating func earning(_ type: StaticString, _ line: EarningLine, _ plan: Plan) {
      begin(type, line.period)
      transaction(line, plan)
      rate(line.rate)
      if let earned = line.earned { amount(earned, decimals: 6) } else { csv.empty() }
      csv.plain(line.earnedCurrency.code)
      empty(2)
      csv.plain(currency.code)
      end(line, reasons: nil)
    }

    mutating func capped(_ line: EarningLine, _ plan: Plan) {
      begin("capped", line.period)
      transaction(line, plan)
      csv.empty()
      amount(line.capped, decimals: 6)
      csv.plain(line.earnedCurrency.code)
      empty(2)
      csv.plain(currency.code)
      end(line, reasons: "")
    }

    mutating func ineligible(_ line: EarningLine, _ plan: Plan) {
      begin("ineligible", line.period)
      transaction(line, plan)
      empty(5)
      csv.plain(currency.code)
      end(line, reasons: codes(line.record.reasons.codes))
    }

    private func codes(_ codes: [FindingCode]) -> String {
      codes.map(\.rawValue).joined(separator: " ")
    }

    mutating func subtotal(_ subtotal: Subtotal, _ plan: Plan) {
      begin("subtotal", subtotal.period)
      csv.text(plan.levers[subtotal.lever].name)
      csv.plain(subtotal.earningType.name)
      empty(6)
      if let earned = subtotal.earned { amount(earned, decimals: 6) } else { csv.empty() }
      csv.plain(subtotal.earnedCurrency.code)
      rate(subtotal.exchangeRate)
      money(subtotal.amount)
      csv.plain(currency.code)
      empty(4)
      csv.endRecord()
    }

    mutating func coop(_ subtotal: Subtotal, _ plan: Plan) {
      begin("coop", subtotal.period)
      csv.text(plan.levers[subtotal.lever].name)
      csv.plain(subtotal.earningType.name)
      empty(9)
      money(subtotal.coop.negated)
      csv.plain(currency.code)
      empty(4)
      csv.endRecord()
    }

    mutating func adjustment(_ posted: PostedAdjustment) {
      let adjustment = posted.adjustment
      begin("adjustment", adjustment.appliesTo)
      empty(2)
      csv.text(adjustment.adjustmentId)
      empty(5)
      amount(adjustment.amount, decimals: adjustment.currency.minorDigits)
      csv.plain(adjustment.currency.code)
      rate(posted.exchangeRate)
      money(posted.amount)
      csv.plain(currency.code)
      empty(2)
      csv.text(adjustment.reasonCode)
      csv.empty()
      csv.endRecord()
    }

    mutating func held(_ period: Period, _ holds: HoldReasons) {
      begin("held", period)
      empty(12)
      csv.plain(currency.code)
      empty(2)
      csv.plain(codes(holds.codes))
      csv.empty()
      csv.endRecord()
    }
  }
}
