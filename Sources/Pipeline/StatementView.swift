import Banking
import Calculation
package import Domain
import ExactMoney
import Ledger
import Workspace

/// The statement of one partner for one period, as a document and for the terminal.
///
/// Amounts are texts with the decimals of their currency, as in the CSV of the same statement.
package struct StatementView: Encodable, Sendable {
  /// One line, with what it has of the columns of the statement.
  package struct Line: Encodable, Sendable {
    /// `earning`, `subtotal`, `coop`, `adjustment`, `capped` or `ineligible`.
    package var lineType: String
    package var period: String
    package var lever: String?
    package var earningType: String?
    /// Of an adjustment, its adjustmentId.
    package var earningId: String?
    package var transactionDate: String?
    package var transactionAmount: String?
    package var transactionCurrency: String?
    package var rate: String?
    package var earnedAmount: String?
    package var earnedCurrency: String?
    package var exchangeRate: String?
    package var amount: String?
    package var customerName: String?
    package var productName: String?
    package var reasonCodes: String?
    /// `feed:line`.
    package var source: String?
  }

  /// Why a payment is on hold, and what to do about it.
  package struct Hold: Encodable, Sendable {
    package var code: String
    package var title: String
    package var remedy: String
  }

  /// One balance, from its opening to its closing, with its lines.
  package struct Balance: Encodable, Sendable {
    package var program: String
    package var currency: String
    package var status: String
    package var opening: String
    package var earned: String
    package var adjustments: String
    package var gross: String
    package var salesTax: String
    package var withheldTax: String
    package var payment: String
    package var closing: String
    package var coopOpening: String
    package var coop: String
    package var coopClosing: String
    package var paymentId: String?
    package var paymentMethod: String?
    package var holds: [Hold]
    package var lines: [Line]
  }

  package var participantId: String
  package var participantName: String
  package var period: String
  /// `draft` or `final`.
  package var state: String
  package var asOf: String
  package var balances: [Balance]

  /// The document of schemas/statement.schema.json.
  ///
  /// - Throws: ``RunFailure`` with code 70, which cannot happen.
  package func json() throws(RunFailure) -> String { try JSONText.document(self) }
}

/// Draws a statement for the terminal.
package struct StatementPipeline {
  private let root: String
  private let participantId: String
  private let period: Period?
  private let asOf: Day?

  /// - Parameters:
  ///   - period: Nil = the open one.
  ///   - asOf: The clock for an open period; nil = its last day.
  package init(root: String, participantId: String, period: Period?, asOf: Day?) {
    self.root = root
    self.participantId = participantId
    self.period = period
    self.asOf = asOf
  }

  /// Draws.
  ///
  /// - Throws: ``RunFailure``; with code 66 if there is no such partner or period.
  package func run() throws(RunFailure) -> StatementView {
    let open = try ExplainWorkspace.open(root: root)
    do {
      let period = try period ?? open.openPeriod()
      guard
        let drawn = try ExplainedPartner.draw(participantId, in: period, asOf: asOf, open)
      else { throw unknown(try open.workspace(of: period).registry) }
      var view = StatementView(drawn)
      if drawn.isFinal { try view.take(open.ledger.stories(of: period)) }
      try open.checkUnchanged()
      return view
    } catch {
      throw RunFailure(error)
    }
  }

  private func unknown(_ registry: Registry) -> RunFailure {
    var nearest = ExplainNearest(participantId)
    for partner in registry.partners { nearest.add(partner.participantId) }
    let names = nearest.found.map { SafeText.shown($0.name, bytesMax: 200) }
    return RunFailure(
      .noInput,
      "\(SafeText.shown(participantId)) is no partner of registry/partners.csv"
        + (names.isEmpty ? "" : "; near it: " + names.joined(separator: ", ")))
  }
}

extension StatementView {
  /// The statement of what was drawn.
  init(_ drawn: ExplainedPartner) {
    let partner = drawn.registry.partners[drawn.partner]
    participantId = partner.participantId
    participantName = partner.name
    period = drawn.period.text
    state = drawn.isFinal ? "final" : "draft"
    asOf = drawn.asOf.text
    balances = drawn.settlements.map { Balance(drawn, $0) }
  }
}

extension StatementView.Balance {
  fileprivate init(_ drawn: ExplainedPartner, _ settlement: Settlement) {
    program = drawn.plans[settlement.program].program
    currency = settlement.currency.code
    status = settlement.status.rawValue
    opening = settlement.opening.text
    earned = settlement.earned.text
    adjustments = settlement.adjustments.text
    gross = settlement.gross.text
    salesTax = settlement.salesTax.text
    withheldTax = settlement.withheldTax.text
    payment = settlement.totalPayment.text
    closing = settlement.closing.text
    coopOpening = settlement.coopOpening.text
    coop = settlement.coop.text
    coopClosing = settlement.coopClosing.text
    paymentId = settlement.paymentId.isEmpty ? nil : settlement.paymentId
    paymentMethod = settlement.paymentMethod?.rawValue
    holds = settlement.holds.codes.map {
      .init(code: $0.rawValue, title: $0.text.title, remedy: $0.remedy)
    }
    lines = StatementLines(drawn: drawn, settlement: settlement).all
  }
}

/// The lines of a balance in the order of the statement: each subtotal after its lines.
private struct StatementLines {
  let drawn: ExplainedPartner
  let settlement: Settlement

  private var plan: Plan { drawn.plans[settlement.program] }

  var all: [StatementView.Line] {
    var lines: [StatementView.Line] = []
    for subtotal in settlement.subtotals {
      lines += settlement.lines.filter { $0.isOf(subtotal) }.map { earning("earning", $0) }
      lines.append(line(subtotal))
      if !subtotal.coop.isZero { lines.append(coop(subtotal)) }
    }
    lines += settlement.adjustmentLines.map(line)
    for line in settlement.lines where !line.capped.isZero {
      var capped = earning("capped", line)
      capped.rate = nil
      capped.earnedAmount = text(line.capped, line.earnedCurrency)
      lines.append(capped)
    }
    return lines + settlement.ineligible.map(ineligible)
  }

  private func text(_ amount: ExactAmount, _ currency: Currency) -> String {
    amount.text(decimals: currency.minorDigits)
  }

  private func earning(_ type: String, _ line: EarningLine) -> StatementView.Line {
    let record = line.record
    var result = StatementView.Line(lineType: type, period: line.period.text)
    result.lever = plan.levers[Int(record.lever)].name
    result.earningType = record.earningType.name
    result.earningId = value(.earningId, line)
    result.transactionDate = record.day.text
    result.transactionAmount = text(record.amount, record.currency)
    result.transactionCurrency = record.currency.code
    result.rate = line.rate?.text
    result.earnedAmount = line.earned.map { text($0, line.earnedCurrency) }
    result.earnedCurrency = line.earnedCurrency.code
    result.customerName = value(.customerName, line)
    result.productName = value(.productName, line)
    result.reasonCodes = value(.reasonCode, line)
    result.source = "\(drawn.feedNames[Int(record.feed)]):\(record.line)"
    return result
  }

  private func ineligible(_ line: EarningLine) -> StatementView.Line {
    var result = earning("ineligible", line)
    result.rate = nil
    result.earnedAmount = nil
    result.earnedCurrency = nil
    result.reasonCodes = line.record.reasons.codes.map(\.rawValue).joined(separator: " ")
    return result
  }

  private func value(_ text: EarningRecord.Text, _ line: EarningLine) -> String? {
    let value = drawn.page.text(text, of: line.record, at: line.offset)
    return value.isEmpty ? nil : value
  }

  private func line(_ subtotal: Subtotal) -> StatementView.Line {
    var result = StatementView.Line(lineType: "subtotal", period: subtotal.period.text)
    result.lever = plan.levers[subtotal.lever].name
    result.earningType = subtotal.earningType.name
    result.earnedAmount = subtotal.earned.map { text($0, subtotal.earnedCurrency) }
    result.earnedCurrency = subtotal.earnedCurrency.code
    result.exchangeRate = subtotal.exchangeRate?.text
    result.amount = subtotal.amount.text
    return result
  }

  private func coop(_ subtotal: Subtotal) -> StatementView.Line {
    var result = StatementView.Line(lineType: "coop", period: subtotal.period.text)
    result.lever = plan.levers[subtotal.lever].name
    result.earningType = subtotal.earningType.name
    result.amount = subtotal.coop.negated.text
    return result
  }

  private func line(_ posted: PostedAdjustment) -> StatementView.Line {
    let adjustment = posted.adjustment
    var result = StatementView.Line(
      lineType: "adjustment", period: adjustment.appliesTo.text)
    result.earningId = adjustment.adjustmentId.isEmpty ? nil : adjustment.adjustmentId
    result.earnedAmount = text(adjustment.amount, adjustment.currency)
    result.earnedCurrency = adjustment.currency.code
    result.exchangeRate = posted.exchangeRate?.text
    result.amount = posted.amount.text
    result.reasonCodes = adjustment.reasonCode
    return result
  }
}
