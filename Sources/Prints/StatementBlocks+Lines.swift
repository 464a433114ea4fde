import Documents
import Domain
import ExactMoney
import PrintBlocks

/// Earnings line by line: those that count, and those that do not.
extension StatementBlocks {
  // MARK: Those that count

  mutating func addLines(_ balance: StatementBalance) {
    guard !balance.lines.isEmpty else { return }
    heading(3, .lines)
    addLineTable(balance)
    addHidden(balance.hiddenLines, of: balance.lines.count)
  }

  private mutating func addLineTable(_ balance: StatementBalance) {
    guard !balance.shownLines.isEmpty else { return }
    var table = table([
      (.date, .label), (.earningId, .text), (.customer, .text), (.transaction, .number),
      (.rate, .number), (.earned, .number),
    ])
    var last: EarningLine?
    for line in balance.shownLines {
      if last?.isInGroup(of: line) != true {
        let lever = OutsideText.shown(balance.leverName(of: line))
        table.rows.append(
          PrintTable.Row(
            [PrintText("\(lever), \(kind(line.record.earningType, line.period))")], .group))
      }
      last = line
      table.rows.append(PrintTable.Row(cells(line)))
    }
    add(.table(table))
  }

  private func cells(_ line: EarningLine) -> [PrintText] {
    transactionCells(line) + [
      PrintText(line.rate.map { format.percent($0) } ?? ""),
      line.earned.map { amount($0, line.earnedCurrency) } ?? text(.waiting),
    ]
  }

  /// Date, earning, customer and product, transaction.
  private func transactionCells(_ line: EarningLine) -> [PrintText] {
    var customer = PrintText(OutsideText.shown(statement.text(.customerName, of: line)))
    let product = OutsideText.shown(statement.text(.productName, of: line))
    if !customer.isEmpty, !product.isEmpty { customer.add("  ") }
    customer.add(product, .small)
    return [
      PrintText(format.short(line.record.day)),
      PrintText(OutsideText.shown(statement.text(.earningId, of: line))), customer,
      amount(line.record.amount, line.record.currency),
    ]
  }

  private func amount(_ amount: ExactAmount, _ currency: Currency) -> PrintText {
    PrintText(format.amount(amount, currency))
  }

  /// Says where the lines are that are not shown.
  private mutating func addHidden(_ count: Int, of all: Int) {
    guard count > 0 else { return }
    add(
      .text(PrintText(texts.hidden(count, of: all, in: statement.csvName, format), .small)))
  }

  // MARK: Those that do not count

  mutating func addIneligible(_ balance: StatementBalance) {
    guard !balance.ineligible.isEmpty else { return }
    heading(3, .ineligible)
    add(.text(PrintText(texts.text(.ineligibleNote), .small)))
    addIneligibleTable(balance)
    addHidden(balance.hiddenIneligible, of: balance.ineligible.count)
    addRemedies(balance)
  }

  private mutating func addIneligibleTable(_ balance: StatementBalance) {
    guard !balance.shownIneligible.isEmpty else { return }
    var table = table([
      (.date, .label), (.earningId, .text), (.customer, .text), (.transaction, .number),
      (.reasons, .label), (.disputeBy, .label),
    ])
    table.rows = balance.shownIneligible.map { ineligible in
      PrintTable.Row(
        transactionCells(ineligible.line) + [
          PrintText(ineligible.reasons.map(\.rawValue).joined(separator: " ")),
          ineligible.isOver ? text(.over) : PrintText(format.short(ineligible.disputeBy)),
        ])
    }
    add(.table(table))
  }

  private mutating func addRemedies(_ balance: StatementBalance) {
    var remedies = PrintText()
    for code in balance.ineligibleReasons {
      guard let (reason, remedy) = code.words else { continue }
      remedies.addLine("\(code.rawValue) \(texts.text(reason))", .strong)
      remedies.addLine(texts.text(.whatToDo) + ": ", .soft)
      remedies.add(texts.text(remedy))
    }
    add(.text(remedies))
  }
}
