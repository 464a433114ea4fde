import Domain

/// Findings in words, for formats that have room for a text and nothing else.
extension Finding {
  /// What was found, and what to do, in lines without control characters.
  var words: String {
    var lines = [message]
    if !value.isEmpty { lines.append("found: \(value)") }
    if !remedy.isEmpty { lines.append(remedy) }
    return lines.map(SafeText.escaped).joined(separator: "\n")
  }

  /// Where it is: `line 3, column 17`; empty where it is about a whole file.
  var placeInWords: String {
    guard let line else { return "" }
    return column.map { "line \(line), column \($0)" } ?? "line \(line)"
  }
}
