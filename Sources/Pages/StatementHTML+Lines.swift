import Documents
import Domain
import ExactMoney

/// Earnings line by line: those that count, and those that do not.
extension StatementHTML {
  // MARK: Those that count

  mutating func writeLines(_ balance: StatementBalance) {
    guard !balance.lines.isEmpty else { return }
    writer.raw("<section>")
    heading(3, .lines)
    writeLineTable(balance)
    writeHidden(balance.hiddenLines, of: balance.lines.count)
    writer.raw("</section>\n")
  }

  private mutating func writeLineTable(_ balance: StatementBalance) {
    guard !balance.shownLines.isEmpty else { return }
    wideTable(.lines, of: balance.program)
    head([
      (.date, false), (.earningId, false), (.customer, false), (.transaction, true),
      (.rate, true), (.earned, true),
    ])
    var rest = balance.shownLines
    while let first = rest.first {
      let group = rest.prefix { $0.isInGroup(of: first) }
      rest = rest.dropFirst(group.count)
      writeGroup(group, lever: balance.leverName(of: first))
    }
    // Each group is a body of its own.
    writer.raw("</table></div>\n")
  }

  private mutating func writeGroup(_ lines: ArraySlice<EarningLine>, lever: String) {
    guard let first = lines.first else { return }
    writer.raw("<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"6\">")
    writer.name(lever)
    writer.raw(", ")
    word(first.record.earningType.word)
    if first.period != document.period {
      writer.raw(", ")
      writer.text(format.text(first.period))
    }
    writer.raw("</th></tr>\n")
    for line in lines { write(line) }
    writer.raw("</tbody>\n")
  }

  private mutating func write(_ line: EarningLine) {
    beginLine(line)
    writer.raw("</td><td class=\"number\">")
    if let rate = line.rate { format.appendPercent(rate, to: &writer.bytes) }
    writer.raw("</td><td class=\"number\">")
    if let earned = line.earned {
      amount(earned, line.earnedCurrency)
    } else {
      word(.waiting)
    }
    writer.raw("</td></tr>\n")
  }

  /// The cells of date, earning, customer and transaction; the last one is left open.
  private mutating func beginLine(_ line: EarningLine) {
    writer.raw("<tr><td class=\"day\">")
    format.appendShort(line.record.day, to: &writer.bytes)
    writer.raw("</td><th scope=\"row\" class=\"id\">")
    name(.earningId, line)
    writer.raw("</th><td>")
    name(.customerName, line)
    if line.record.length(.productName) > 0 {
      writer.raw("<small class=\"product\">")
      name(.productName, line)
      writer.raw("</small>")
    }
    writer.raw("</td><td class=\"number\">")
    amount(line.record.amount, line.record.currency)
  }

  private mutating func name(_ text: EarningRecord.Text, _ line: EarningLine) {
    writer.name(
      document.page.bytes, in: document.page.range(text, of: line.record, at: line.offset))
  }

  private mutating func amount(_ amount: ExactAmount, _ currency: Currency) {
    format.appendAmount(amount, currency, to: &writer.bytes)
  }

  /// Says where the lines are that are not shown.
  private mutating func writeHidden(_ count: Int, of all: Int) {
    guard count > 0 else { return }
    writer.raw("<p class=\"note\">")
    writer.text(words.texts.hidden(count, of: all, in: document.csvName, format))
    writer.raw("</p>\n")
  }

  // MARK: Those that do not count

  mutating func writeIneligible(_ balance: StatementBalance) {
    guard !balance.ineligible.isEmpty else { return }
    writer.raw("<section>")
    heading(3, .ineligible)
    writer.raw("<p class=\"note\">")
    word(.ineligibleNote)
    writer.raw("</p>\n")
    writeIneligibleTable(balance)
    writeHidden(balance.hiddenIneligible, of: balance.ineligible.count)
    writeRemedies(balance)
    writer.raw("</section>\n")
  }

  private mutating func writeIneligibleTable(_ balance: StatementBalance) {
    guard !balance.shownIneligible.isEmpty else { return }
    wideTable(.ineligible, of: balance.program)
    head([
      (.date, false), (.earningId, false), (.customer, false), (.transaction, true),
      (.reasons, false), (.disputeBy, false),
    ])
    writer.raw("<tbody>")
    for ineligible in balance.shownIneligible { write(ineligible) }
    endWideTable()
  }

  private mutating func writeRemedies(_ balance: StatementBalance) {
    writer.raw("<dl class=\"remedies\">")
    for code in balance.ineligibleReasons {
      guard let (reason, remedy) = code.words else { continue }
      writer.raw("<dt>\(code.rawValue) ")
      word(reason)
      writer.raw("</dt><dd><span>")
      word(.whatToDo)
      writer.raw(":</span> ")
      word(remedy)
      writer.raw("</dd>\n")
    }
    writer.raw("</dl>")
  }

  private mutating func write(_ ineligible: StatementIneligible) {
    beginLine(ineligible.line)
    writer.raw("</td><td>")
    for (position, code) in ineligible.reasons.enumerated() {
      if position > 0 { writer.raw(" ") }
      writer.raw(code.rawValue)
    }
    writer.raw("</td><td class=\"day\">")
    if ineligible.isOver {
      word(.over)
    } else {
      format.appendShort(ineligible.disputeBy, to: &writer.bytes)
    }
    writer.raw("</td></tr>\n")
  }
}
