import Documents
import Domain
import ExactMoney

/// Writes the pieces of a statement that differ from partner to partner.
struct StatementHTML {
  let document: StatementDocument
  let words: HTMLWords
  var writer = HTMLWriter()

  init(_ document: StatementDocument, _ words: HTMLWords) {
    self.document = document
    self.words = words
    writer.bytes.reserveCapacity(16_384)
  }

  mutating func write(_ place: StatementPlace) {
    switch place {
    case .partnerName: writer.text(DisplayText.of(document.partner.name))
    case .partnerId: writer.text(DisplayText.of(document.partner.participantId))
    case .csvName: writer.text(document.csvName)
    case .details: writeDetails()
    case .payments: writePayments()
    case .balances:
      for number in document.balances.indices { write(document.balances[number], number) }
    case .exchangeRates: writeExchangeRates()
    case .glossary: writeGlossary()
    }
  }

  // MARK: Small pieces

  var format: StatementFormat { words.format }

  mutating func word(_ word: StatementWord) { writer.raw(words[word]) }

  mutating func money(_ money: Money) { format.append(money, to: &writer.bytes) }

  /// A cell with an amount in the currency that its column or caption names.
  mutating func moneyCell(_ money: Money) {
    writer.raw("<td class=\"number\">")
    self.money(money)
    writer.raw("</td>")
  }

  /// The head of a table; columns of numbers stand to the right.
  mutating func head(_ columns: [(word: StatementWord, isNumber: Bool)]) {
    writer.raw("<thead><tr>")
    for column in columns {
      writer.raw(column.isNumber ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
      word(column.word)
      writer.raw("</th>")
    }
    writer.raw("</tr></thead>\n")
  }

  /// Begins a table; `name` says more where several have the same caption.
  mutating func table(_ caption: StatementWord, of name: String? = nil, kind: String = "") {
    writer.raw("<table")
    writer.raw(kind)
    writer.raw("><caption>")
    word(caption)
    if let name {
      writer.raw(": ")
      writer.name(name)
    }
    writer.raw("</caption>\n")
  }

  /// Begins a part of the page that can be moved sideways where it is too wide.
  mutating func wideTable(_ caption: StatementWord, of name: String? = nil) {
    writer.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
    word(caption)
    if let name {
      writer.raw(": ")
      writer.text(DisplayText.of(name))
    }
    writer.raw("\">")
    table(caption, of: name, kind: " class=\"wide\"")
  }

  mutating func endWideTable() { writer.raw("</tbody></table></div>\n") }

  mutating func heading(_ level: Int, _ heading: StatementWord) {
    writer.raw("<h")
    writer.number(level)
    writer.raw(">")
    word(heading)
    writer.raw("</h")
    writer.number(level)
    writer.raw(">\n")
  }

  // MARK: The head of the page

  private mutating func writeDetails() {
    writer.raw("<dl class=\"details\">")
    detail(.partnerId, document.partner.participantId)
    if !document.taxIdEndings.isEmpty {
      detail(.taxIdEnding, document.taxIdEndings.joined(separator: ", "))
    }
    detail(.period, format.text(document.period))
    detail(.asOf, format.text(document.asOf))
    writer.raw("</dl>\n")
  }

  private mutating func detail(_ name: StatementWord, _ value: String) {
    writer.raw("<div><dt>")
    word(name)
    writer.raw("</dt><dd>")
    writer.name(value)
    writer.raw("</dd></div>")
  }

  // MARK: Payments

  private mutating func writePayments() {
    writer.raw("<section class=\"payments\">")
    heading(2, .payments)
    writer.raw("<p class=\"headline\">")
    for money in document.paid {
      writer.raw("<span>")
      format.appendAmount(money, to: &writer.bytes)
      writer.raw("</span>")
    }
    writer.raw("</p>\n")
    if let day = document.paymentDate {
      writer.raw("<p class=\"when\">")
      writer.text(words.texts.date(day, isFixed: document.hasFixedDates, format))
      writer.raw("</p>\n")
    }
    wideTable(.payments)
    head([(.program, false), (.status, false), (.amount, true), (.closing, true)])
    writer.raw("<tbody>")
    for balance in document.balances { writePayment(balance) }
    endWideTable()
    writer.raw("</section>\n")
  }

  private mutating func writePayment(_ balance: StatementBalance) {
    let payment = balance.payment
    writer.raw("<tr><th scope=\"row\">")
    writer.name(balance.program)
    writer.raw("</th><td>")
    word(payment.status.word)
    if !payment.total.isZero {
      // Where all is paid on one day, that is said above.
      if document.paymentDate == nil {
        small(words.texts.date(of: payment, isFixed: document.hasFixedDates, format))
      }
      small(words.texts.text(of: payment))
    }
    if !payment.paymentId.isEmpty {
      writer.raw("<small>")
      word(.paymentId)
      writer.raw(" ")
      writer.name(payment.paymentId)
      writer.raw("</small>")
    }
    writer.raw("</td><td class=\"number\">")
    format.appendAmount(payment.total, to: &writer.bytes)
    writer.raw("</td><td class=\"number\">")
    if let closing = balance.bridge.last { format.appendAmount(closing.amount, to: &writer.bytes) }
    writer.raw("</td></tr>\n")
  }

  private mutating func small(_ text: String) {
    guard !text.isEmpty else { return }
    writer.raw("<small>")
    writer.text(text)
    writer.raw("</small>")
  }

  // MARK: The end of the page

  private mutating func writeExchangeRates() {
    guard !document.exchangeRates.isEmpty else { return }
    writer.raw("<section>")
    heading(2, .exchangeRates)
    table(.exchangeRates)
    head([
      (.rateMonth, false), (.fromCurrency, false), (.toCurrency, false), (.exchangeRate, true),
      (.source, false),
    ])
    writer.raw("<tbody>")
    for rate in document.exchangeRates {
      writer.raw("<tr><th scope=\"row\">")
      writer.text(format.text(rate.period))
      writer.raw("</th><td>1 ")
      writer.raw(rate.from.code)
      writer.raw("</td><td>")
      writer.raw(rate.to.code)
      writer.raw("</td><td class=\"number\">")
      writer.text(format.text(rate.rate))
      writer.raw("</td><td>")
      writer.name(rate.source)
      writer.raw("</td></tr>\n")
    }
    writer.raw("</tbody></table></section>\n")
  }

  private mutating func writeGlossary() {
    writer.raw("<section class=\"glossary\">")
    heading(2, .glossary)
    writer.raw("<dl>")
    for term in document.glossary {
      writer.raw("<div><dt>")
      word(term.word)
      writer.raw("</dt><dd>")
      word(term.meaning)
      writer.raw("</dd></div>\n")
    }
    writer.raw("</dl></section>\n")
  }
}
