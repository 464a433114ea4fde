import Domain

/// HTML while it is written.
///
/// Only ``text(_:)`` and ``attribute(_:_:)`` take what comes from outside; ``raw(_:)`` takes what is
/// written in this program.
struct HTMLText {
  var bytes: [UInt8] = []

  mutating func raw(_ markup: String) {
    bytes += markup.utf8
  }

  mutating func line(_ markup: String) {
    bytes += markup.utf8
    bytes.append(0x0A)
  }

  /// Text from outside: what HTML reads as markup is escaped, control and direction characters are
  /// shown as `\u{202E}`.
  mutating func text(_ text: String) {
    HTMLText.append(SafeText.escaped(text), to: &bytes)
  }

  /// A name from outside: in one line, cut where it is too long, and isolated from the direction of what
  /// stands beside it.
  mutating func name(_ name: String) {
    raw("<bdi>")
    text(DisplayText.of(name))
    raw("</bdi>")
  }

  /// ` name="value"`, with a value from outside.
  mutating func attribute(_ name: String, _ value: String) {
    bytes += " \(name)=\"".utf8
    text(value)
    bytes.append(0x22)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case 0x26: bytes += "&amp;".utf8
      case 0x3C: bytes += "&lt;".utf8
      case 0x3E: bytes += "&gt;".utf8
      case 0x22: bytes += "&quot;".utf8
      case 0x27: bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
  }

  // MARK: Tables

  /// Begins a table with its caption and header.
  ///
  /// - Parameter columns: Of numbers those that begin with `#`, which does not show.
  mutating func table(_ caption: String, _ columns: [String], class name: String = "") {
    line("<div class=\"wide\"><table class=\"\(name)\"><caption>\(caption)</caption><thead><tr>")
    for column in columns {
      let isNumber = column.hasPrefix("#")
      raw(isNumber ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
      text(isNumber ? String(column.dropFirst()) : column)
      line("</th>")
    }
    line("</tr></thead><tbody>")
  }

  mutating func endTable() {
    line("</tbody></table></div>")
  }

  /// A cell that says what its row is about.
  mutating func head(_ value: String) {
    raw("<th scope=\"row\">")
    text(value)
    line("</th>")
  }

  /// - Parameter name: `long` or `short` of texts that need room to be read.
  mutating func cell(_ value: String, class name: String? = nil) {
    raw(name.map { "<td class=\"\($0)\">" } ?? "<td>")
    text(value)
    line("</td>")
  }

  mutating func number(_ value: String) {
    raw("<td class=\"n\">")
    text(value)
    line("</td>")
  }

  /// A bar as long as `value` is to `most`; the number stands beside it in the table.
  mutating func bar(_ value: UInt128, of most: UInt128, class name: String = "bar") {
    line(
      "<td class=\"chart\"><svg class=\"\(name)\" viewBox=\"0 0 1000 10\""
        + " preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\""
        + "\(HTMLText.thousandths(value, of: most))\" height=\"10\"/></svg></td>")
  }

  /// 0 to 1000; what is not nothing has at least 4, so that it can be seen.
  static func thousandths(_ value: UInt128, of most: UInt128) -> Int {
    guard value > 0, most > 0 else { return 0 }
    let share = most < 1000 ? value * 1000 / most : value / (most / 1000)
    return max(4, Int(min(share, 1000)))
  }
}
