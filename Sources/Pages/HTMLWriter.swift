import Domain
import ExactMoney

/// Writes HTML into bytes: what is given as text is escaped, what is given as markup is not.
struct HTMLWriter {
  var bytes: [UInt8] = []

  /// Writes markup of our own.
  mutating func raw(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  /// Writes markup of our own.
  mutating func raw(_ markup: [UInt8]) { bytes.append(contentsOf: markup) }

  /// Writes text, for the content of elements and of attributes in quotes.
  mutating func text(_ text: String) { escape(text.utf8.span) }

  /// Writes a name or other text from outside: cut if it is long, in one line, and isolated from the
  /// direction of what stands beside it.
  mutating func name(_ name: String) {
    raw("<bdi>")
    text(DisplayText.of(name))
    raw("</bdi>")
  }

  /// Writes a name that stands in other bytes; what is not UTF-8 becomes U+FFFD.
  mutating func name(_ source: [UInt8], in range: Range<Int>) {
    let span = source.span.extracting(range)
    guard DisplayText.isPlain(span), HTMLWriter.isUTF8(span) else {
      return name(String(decoding: source[range], as: UTF8.self))
    }
    raw("<bdi>")
    escape(span)
    raw("</bdi>")
  }

  mutating func number(_ value: Int) {
    if value < 0 { bytes.append(0x2D) }
    AmountText.appendInteger(UInt64(value.magnitude), to: &bytes)
  }

  private static func isUTF8(_ span: Span<UInt8>) -> Bool {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: span)
      return true
    } catch {
      return false
    }
  }

  /// Copies whole stretches between the few bytes that need more.
  private mutating func escape(_ text: Span<UInt8>) {
    var start = 0
    for position in text.indices {
      guard let replacement = HTMLWriter.replacement(text[position]) else { continue }
      copy(text.extracting(start..<position))
      raw(replacement)
      start = position + 1
    }
    copy(text.extracting(start..<text.count))
  }

  private mutating func copy(_ text: Span<UInt8>) {
    bytes.append(addingCapacity: text.count) { output in
      for position in text.indices { output.append(text[position]) }
    }
  }

  private static func replacement(_ byte: UInt8) -> String? {
    switch byte {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    case 0x22: "&quot;"
    case 0x27: "&#39;"
    // No control character but the blanks may stand in HTML.
    case 0x00..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F: "\u{FFFD}"
    default: nil
    }
  }
}
