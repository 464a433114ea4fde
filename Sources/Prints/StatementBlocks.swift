import Documents
import Domain
import ExactMoney
import PrintBlocks

/// Makes the blocks of one statement.
struct StatementBlocks {
  let statement: StatementDocument
  let texts: StatementTexts
  let format: StatementFormat
  private(set) var blocks: [PrintBlock] = []

  init(_ statement: StatementDocument, _ texts: StatementTexts) {
    self.statement = statement
    self.texts = texts
    format = StatementFormat(texts.language)
  }

  mutating func addAll() {
    addHead()
    addPayments()
    for balance in statement.balances { add(balance) }
    addExchangeRates()
    addGlossary()
    let footer = OutsideText.shown(texts.text(.footer))
    if !footer.isEmpty { add(.text(PrintText(footer, .small))) }
  }

  // MARK: Small pieces

  mutating func add(_ block: PrintBlock) { blocks.append(block) }

  mutating func heading(_ level: UInt8, _ word: StatementWord) {
    add(.heading(level: level, text: texts.text(word), aside: ""))
  }

  /// An empty table with these words as its head.
  func table(
    _ columns: [(word: StatementWord, kind: PrintTable.Column)], amountsIn currency: Currency? = nil
  ) -> PrintTable {
    PrintTable(
      columns: columns.map(\.kind),
      head: columns.enumerated().map { position, column in
        let word = texts.text(column.word)
        // The currency of a whole column, the last one of amounts, stands in its head.
        let isOfAll = position == columns.lastIndex { $0.word == .amount }
        if isOfAll, let currency { return "\(word) \(currency.code)" }
        return word
      })
  }

  func text(_ word: StatementWord) -> PrintText { PrintText(texts.text(word)) }

  func text(_ money: Money) -> PrintText { PrintText(format.text(money)) }

  /// A row of an item and its amount.
  func row(_ item: String, _ amount: Money, isTotal: Bool = false) -> PrintTable.Row {
    PrintTable.Row([PrintText(item), text(amount)], isTotal ? .total : .plain)
  }

  // MARK: The head

  private mutating func addHead() {
    add(
      .heading(
        level: 1, text: texts.text(.title), aside: format.text(statement.period)))
    add(.text(PrintText(OutsideText.shown(statement.partner.name), .large)))
    if !statement.isFinal { add(.box(text(.draft))) }
    var facts = [
      PrintFact(texts.text(.partnerId), OutsideText.shown(statement.partner.participantId))
    ]
    if !statement.taxIdEndings.isEmpty {
      facts.append(
        PrintFact(
          texts.text(.taxIdEnding),
          statement.taxIdEndings.map(OutsideText.shown).joined(separator: ", ")))
    }
    facts.append(PrintFact(texts.text(.period), format.text(statement.period)))
    facts.append(PrintFact(texts.text(.asOf), format.text(statement.asOf)))
    add(.facts(facts))
  }

  /// Who pays, in the place of a letterhead.
  var payer: PrintText {
    let lines = statement.payer.lines.map(OutsideText.shown)
    return PrintText(lines.joined(separator: ", "), .soft)
  }

  // MARK: Payments

  private mutating func addPayments() {
    heading(2, .payments)
    var paid = PrintText()
    for money in statement.paid { paid.addLine(format.amount(money), .headline) }
    if let day = statement.paymentDate {
      paid.addLine(texts.date(day, isFixed: statement.hasFixedDates, format))
    }
    add(.text(paid))
    var table = table([
      (.program, .text), (.status, .text), (.amount, .number), (.closing, .number),
    ])
    table.rows = statement.balances.map { balance in
      PrintTable.Row([
        PrintText(OutsideText.shown(balance.program)), status(of: balance.payment),
        PrintText(format.amount(balance.payment.total)),
        PrintText(balance.bridge.last.map { format.amount($0.amount) } ?? ""),
      ])
    }
    add(.table(table))
  }

  /// What becomes of a payment, when, where that is not said of all, how, and by which id.
  private func status(of payment: StatementPayment) -> PrintText {
    var details: [String] = []
    if !payment.total.isZero {
      if statement.paymentDate == nil {
        details.append(texts.date(of: payment, isFixed: statement.hasFixedDates, format))
      }
      details.append(OutsideText.shown(texts.text(of: payment)))
    }
    var status = PrintText(texts.text(payment.status.word))
    status.addLine(details.filter { !$0.isEmpty }.joined(separator: " · "), .small)
    if !payment.paymentId.isEmpty {
      status.addLine("\(texts.text(.paymentId)) \(payment.paymentId)", .small)
    }
    return status
  }

  // MARK: The end

  private mutating func addExchangeRates() {
    guard !statement.exchangeRates.isEmpty else { return }
    heading(2, .exchangeRates)
    var table = table([
      (.rateMonth, .label), (.fromCurrency, .label), (.toCurrency, .label),
      (.exchangeRate, .number), (.source, .text),
    ])
    table.rows = statement.exchangeRates.map { rate in
      PrintTable.Row([
        PrintText(format.text(rate.period)), PrintText("1 \(rate.from.code)"),
        PrintText(rate.to.code), PrintText(format.text(rate.rate)),
        PrintText(OutsideText.shown(rate.source)),
      ])
    }
    add(.table(table))
  }

  private mutating func addGlossary() {
    heading(2, .glossary)
    add(
      .glossary(
        statement.glossary.map { term in
          PrintFact(texts.text(term.word), texts.text(term.meaning))
        }))
  }
}
