import Domain

/// Shows findings in a terminal: where, what, the line with a caret, what to do.
struct FindingView {
  let usesColor: Bool

  func render(_ finding: Finding) -> String {
    var place = SafeText.escaped(finding.feed)
    if let line = finding.line {
      place += ":\(line)"
      if let column = finding.column { place += ":\(column)" }
    }
    let severity = colored(finding.severity.rawValue, finding.severity)
    var text = place.isEmpty ? "" : place + ": "
    text += "\(severity): \(finding.code.rawValue): \(SafeText.escaped(finding.message))\n"
    if let excerpt = finding.excerpt {
      text += "    \(excerpt.text)\n"
      text += "    \(String(repeating: " ", count: width(excerpt)))^\n"
    } else if !finding.value.isEmpty {
      text += "    found: \(finding.value)\n"
    }
    if !finding.remedy.isEmpty { text += "    \(SafeText.escaped(finding.remedy))\n" }
    return text
  }

  /// Cells before the caret.
  private func width(_ excerpt: Finding.Excerpt) -> Int {
    DisplayWidth.of(excerpt.text.prefix(excerpt.caret))
  }

  private func colored(_ text: String, _ severity: Severity) -> String {
    guard usesColor else { return text }
    let code =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
  }
}
