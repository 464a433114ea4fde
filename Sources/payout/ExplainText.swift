import Domain
import Pipeline

/// Shows an explanation in a terminal.
struct ExplainText {
  let style: TextStyle

  func render(_ explanation: Explanation) -> String {
    var text = ""
    if explanation.meanings.count > 1 {
      let id = SafeText.shown(explanation.id, bytesMax: 200)
      text += "\(id) is \(explanation.meanings.count) things:\n"
      for meaning in explanation.meanings { text += "  \(meaning.title)\n" }
      if let leftOut = explanation.rowsLeftOut { text += "  and \(leftOut) more rows\n" }
      text += "\n"
    }
    return text + explanation.meanings.map(render).joined(separator: "\n\n")
  }

  private func render(_ meaning: Explanation.Meaning) -> String {
    let period = meaning.period.map { " [\($0)]" } ?? ""
    var text = style.title(meaning.title + period) + "\n"
    var balance = ""
    for section in meaning.sections {
      if let program = section.program, let currency = section.currency {
        let name = "\(program), \(currency)"
        if name != balance { text += "\n" + style.title(name) + "\n" }
        balance = name
      }
      text += "\n" + render(section)
    }
    return text
  }

  private func render(_ section: Explanation.Section) -> String {
    var text = style.heading(section.title) + "\n"
    if let quoted = section.text {
      for line in quoted.split(separator: "\n", omittingEmptySubsequences: false) {
        text += "    \(line)\n"
      }
    }
    return text + facts(section.facts) + terms(section.terms)
  }

  // MARK: Facts

  private func facts(_ facts: [Explanation.Fact]) -> String {
    let labels = min(style.columns / 2 + 14, facts.map { DisplayWidth.of($0.label) }.max() ?? 0)
    let values = min(30, facts.map { DisplayWidth.of($0.value) }.max() ?? 0)
    return facts.map { fact in
      let label = DisplayWidth.left(fact.label, labels)
      guard let note = fact.note else { return "  \(label)  \(fact.value)\n" }
      let value = DisplayWidth.left(fact.value, values)
      let line = "  \(label)  \(value)  \(note)"
      guard DisplayWidth.of(line) > style.columns else { return line + "\n" }
      let indent = "      "
      let lines = DisplayWidth.wrap(note, style.columns - indent.count)
      return "  \(label)  \(fact.value)\n" + lines.map { indent + $0 + "\n" }.joined()
    }.joined()
  }

  // MARK: Sums

  private func terms(_ terms: [Explanation.Term]) -> String {
    guard !terms.isEmpty else { return "" }
    let amounts = terms.map { $0.amount.utf8.count + 4 }.max() ?? 0
    let longest = terms.map { DisplayWidth.of($0.label) }.max() ?? 0
    let labels = min(style.columns - amounts - 4, longest)
    return terms.map { term in
      let label = DisplayWidth.left(DisplayWidth.cut(term.label, labels), labels)
      let amount = DisplayWidth.right("\(term.amount) \(term.currency)", amounts)
      let line = "\(term.isTotal ? "= " : "  ")\(label)  \(amount)"
      let rule = term.isTotal ? sumRule(labels, amounts) : ""
      guard let how = term.how, !how.isEmpty else { return rule + line + "\n" }
      if DisplayWidth.of(line) + 3 + DisplayWidth.of(how) <= style.columns {
        return rule + line + "   " + how + "\n"
      }
      let lines = DisplayWidth.wrap(how, style.columns - 6)
      return rule + line + "\n" + lines.map { "      \($0)\n" }.joined()
    }.joined()
  }

  private func sumRule(_ labels: Int, _ amounts: Int) -> String {
    String(repeating: " ", count: 4 + labels) + String(repeating: "-", count: amounts) + "\n"
  }
}
