package import Domain
import ExactMoney
import XMLStream

/// Writes the statement of one partner as XML by schemas/statement.xsd: what the CSV says, line by
/// line, with an element for each column that is filled.
package struct StatementXML: Sendable {
  private let registry: Registry
  private let plans: Plans
  private let period: Period
  /// `draft` or `final`.
  private let state: String
  /// By feed number.
  private let feeds: [[UInt8]]

  /// - Parameter state: `draft` or `final`.
  package init(
    registry: Registry, plans: Plans, period: Period, state: String, feeds: [String]
  ) {
    self.registry = registry
    self.plans = plans
    self.period = period
    self.state = state
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
    let partner = registry.partners[partner]
    var lines = StatementXMLLines(page: page, feeds: feeds, period: period)
    lines.writer.declaration()
    lines.writer.start(
      "statement",
      [
        ("xmlns", "urn:payout:statement:1"), ("participantId", partner.participantId),
        ("participantName", partner.name), ("period", period.text), ("state", state),
      ])
    lines.writer.newline()
    for settlement in settlements { lines.write(settlement, plans[settlement.program]) }
    lines.writer.end("statement")
    lines.writer.newline()
    return lines.writer.take()
  }
}

/// The lines of a statement while they are written.
private struct StatementXMLLines {
  var writer = XMLWriter()
  let page: EarningPage
  let feeds: [[UInt8]]
  let period: Period
  private var line = 0
  private var scratch: [UInt8] = []

  init(page: EarningPage, feeds: [[UInt8]], period: Period) {
    self.page = page
    self.feeds = feeds
    self.period = period
  }

  /// In the order of the CSV.
  mutating func write(_ settlement: Settlement, _ plan: Plan) {
    writer.indent(1)
    writer.start(
      "balance", [("programName", plan.program), ("currency", settlement.currency.code)])
    writer.newline()
    amountLine("opening", settlement.opening)
    for line in settlement.lines { earning(line, plan) }
    for subtotal in settlement.subtotals { self.subtotal(subtotal, plan) }
    for subtotal in settlement.subtotals where !subtotal.coop.isZero { coop(subtotal, plan) }
    for posted in settlement.adjustmentLines { adjustment(posted) }
    amountLine("gross", settlement.gross.negated)
    if !settlement.salesTax.isZero { amountLine("salesTax", settlement.salesTax) }
    if !settlement.withheldTax.isZero {
      amountLine("withheldTax", settlement.withheldTax.negated)
    }
    amountLine("payment", settlement.totalPayment)
    amountLine("closing", settlement.closing)
    for line in settlement.lines where !line.capped.isZero { capped(line, plan) }
    for line in settlement.ineligible { ineligible(line, plan) }
    if !settlement.holds.isEmpty {
      begin("held", period)
      leaf("reasonCodes", codes(settlement.holds.codes))
      end("held")
    }
    writer.indent(1)
    writer.end("balance")
    writer.newline()
  }

  // MARK: Elements

  private mutating func begin(_ type: String, _ period: Period) {
    line += 1
    writer.indent(2)
    writer.start(type, [("line", String(line))])
    leaf("period", period.text)
  }

  private mutating func end(_ type: String) {
    writer.end(type)
    writer.newline()
  }

  private mutating func leaf(_ name: String, _ text: String) {
    guard !text.isEmpty else { return }
    writer.leaf(name, text.utf8.span)
  }

  private mutating func leaf(_ name: String, _ text: EarningRecord.Text, _ line: EarningLine) {
    let range = page.range(text, of: line.record, at: line.offset)
    let bytes = page.bytes
    if !range.isEmpty { writer.leaf(name, bytes.span.extracting(range)) }
  }

  /// An element with what `append` writes.
  private mutating func leaf(_ name: String, _ append: (inout [UInt8]) -> Void) {
    var bytes: [UInt8] = []
    swap(&bytes, &scratch)
    append(&bytes)
    writer.leaf(name, bytes.span)
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &scratch)
  }

  private mutating func leaf(_ name: String, _ money: Money) {
    leaf(name) { AmountText.append(money, to: &$0) }
  }

  private mutating func leaf(_ name: String, _ rate: ExactRate?) {
    guard let rate else { return }
    leaf(name) { AmountText.append(rate, to: &$0) }
  }

  private mutating func earned(_ amount: ExactAmount?, _ currency: Currency, decimals: Int = 6) {
    if let amount {
      leaf("earnedAmount") { AmountText.append(amount, decimals: decimals, to: &$0) }
    }
    leaf("earnedCurrency", currency.code)
  }

  private func codes(_ codes: [FindingCode]) -> String {
    codes.map(\.rawValue).joined(separator: " ")
  }

  // MARK: Lines

  private mutating func amountLine(_ type: String, _ amount: Money) {
    begin(type, period)
    leaf("amount", amount)
    end(type)
  }

  private mutating func transaction(_ line: EarningLine, _ plan: Plan) {
    let record = line.record
    leaf("lever", plan.levers[Int(record.lever)].name)
    leaf("earningType", record.earningType.name)
    leaf("earningId", .earningId, line)
    leaf("transactionId", .transactionId, line)
    leaf("transactionDate") { record.day.append(to: &$0) }
    leaf("transactionCurrency", record.currency.code)
    leaf("transactionAmount") {
      AmountText.append(record.amount, decimals: record.currency.minorDigits, to: &$0)
    }
  }

  private mutating func names(_ line: EarningLine) {
    leaf("customerName", .customerName, line)
    leaf("productName", .productName, line)
  }

  private mutating func source(_ line: EarningLine) {
    let feed = feeds[Int(line.record.feed)]
    leaf("source") { bytes in
      bytes.append(contentsOf: feed)
      bytes.append(0x3A)
      AmountText.appendInteger(UInt64(line.record.line), to: &bytes)
    }
  }

  private mutating func earning(_ line: EarningLine, _ plan: Plan) {
    begin("earning", line.period)
    transaction(line, plan)
    leaf("rate", line.rate)
    earned(line.earned, line.earnedCurrency)
    names(line)
    leaf("reasonCodes", .reasonCode, line)
    source(line)
    end("earning")
  }

  private mutating func capped(_ line: EarningLine, _ plan: Plan) {
    begin("capped", line.period)
    transaction(line, plan)
    earned(line.capped, line.earnedCurrency)
    names(line)
    source(line)
    end("capped")
  }

  private mutating func ineligible(_ line: EarningLine, _ plan: Plan) {
    begin("ineligible", line.period)
    transaction(line, plan)
    names(line)
    leaf("reasonCodes", codes(line.record.reasons.codes))
    source(line)
    end("ineligible")
  }

  private mutating func subtotal(_ subtotal: Subtotal, _ plan: Plan) {
    begin("subtotal", subtotal.period)
    leaf("lever", plan.levers[subtotal.lever].name)
    leaf("earningType", subtotal.earningType.name)
    earned(subtotal.earned, subtotal.earnedCurrency)
    leaf("exchangeRate", subtotal.exchangeRate)
    leaf("amount", subtotal.amount)
    end("subtotal")
  }

  private mutating func coop(_ subtotal: Subtotal, _ plan: Plan) {
    begin("coop", subtotal.period)
    leaf("lever", plan.levers[subtotal.lever].name)
    leaf("earningType", subtotal.earningType.name)
    leaf("amount", subtotal.coop.negated)
    end("coop")
  }

  private mutating func adjustment(_ posted: PostedAdjustment) {
    let adjustment = posted.adjustment
    begin("adjustment", adjustment.appliesTo)
    leaf("earningId", adjustment.adjustmentId)
    earned(adjustment.amount, adjustment.currency, decimals: adjustment.currency.minorDigits)
    leaf("exchangeRate", posted.exchangeRate)
    leaf("amount", posted.amount)
    leaf("reasonCodes", adjustment.reasonCode)
    end("adjustment")
  }
}
