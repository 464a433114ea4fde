/// Writes XML in UTF-8, piece by piece; the same calls give the same bytes.
///
/// What XML cannot hold (control characters, bytes that are not UTF-8) is written as U+FFFD. Names
/// are written as they are.
package struct XMLWriter: Sendable {
  private enum Context {
    case text, attribute, comment
  }

  private var bytes: [UInt8] = []
  /// A start tag is still open, so that attributes can follow.
  private var inTag = false

  /// Makes an empty writer.
  package init() {}

  /// Hands over what was written since the last time; a start tag that is open is closed.
  package mutating func take() -> [UInt8] {
    closeTag()
    defer { bytes = [] }
    return bytes
  }

  /// Writes the XML declaration and a line ending.
  package mutating func declaration() {
    append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
  }

  /// Begins an element, with attributes as names and values.
  package mutating func start(_ name: String, _ attributes: [(String, String)] = []) {
    closeTag()
    bytes.append(0x3C)
    append(name)
    inTag = true
    for (name, value) in attributes {
      let value = Array(value.utf8)
      attribute(name, value.span)
    }
  }

  /// Adds an attribute to the element that was just begun.
  ///
  /// - Precondition: Nothing was written since the element was begun but other attributes.
  package mutating func attribute(_ name: String, _ value: Span<UInt8>) {
    precondition(inTag, "an attribute follows its start tag")
    bytes.append(0x20)
    append(name)
    append("=\"")
    append(value, .attribute)
    bytes.append(0x22)
  }

  /// Writes text, escaped.
  package mutating func text(_ value: Span<UInt8>) {
    closeTag()
    append(value, .text)
  }

  /// Writes an element that holds text only.
  package mutating func leaf(_ name: String, _ value: Span<UInt8>) {
    start(name)
    if !value.isEmpty { text(value) }
    end(name)
  }

  /// Ends an element; one that holds nothing gets an empty tag.
  package mutating func end(_ name: String) {
    if inTag {
      append("/>")
      inTag = false
    } else {
      append("</")
      append(name)
      bytes.append(0x3E)
    }
  }

  /// Writes a comment; `--`, which no comment may hold, is taken apart by a space.
  package mutating func comment(_ text: String) {
    closeTag()
    append("<!-- ")
    let text = Array(text.utf8)
    append(text.span, .comment)
    append(" -->")
  }

  /// Ends the line.
  package mutating func newline() {
    closeTag()
    bytes.append(0x0A)
  }

  /// Writes two spaces per level.
  package mutating func indent(_ level: Int) {
    closeTag()
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
  }

  private mutating func closeTag() {
    guard inTag else { return }
    bytes.append(0x3E)
    inTag = false
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func append(_ value: Span<UInt8>, _ context: Context) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: value)
      appendValid(value, context)
    } catch {
      let text = unsafe value.withUnsafeBufferPointer {
        unsafe Array(String(decoding: $0, as: UTF8.self).utf8)
      }
      appendValid(text.span, context)
    }
  }

  private mutating func appendValid(_ value: Span<UInt8>, _ context: Context) {
    var position = 0
    while position < value.count {
      let byte = value[position]
      switch (byte, context) {
      case (0x26, .text), (0x26, .attribute): append("&amp;")
      case (0x3C, .text), (0x3C, .attribute): append("&lt;")
      case (0x3E, .text), (0x3E, .attribute): append("&gt;")
      case (0x22, .attribute): append("&quot;")
      case (0x0A, .attribute): append("&#10;")
      case (0x09, .attribute): append("&#9;")
      // A reader would make a line feed of it.
      case (0x0D, .text), (0x0D, .attribute): append("&#13;")
      case (0x2D, .comment):
        if bytes.last == 0x2D { bytes.append(0x20) }
        bytes.append(byte)
      case (0..<0x09, _), (0x0B, _), (0x0C, _), (0x0E..<0x20, _): append("\u{FFFD}")
      case (0xEF, _) where XMLWriter.isNoCharacter(value, at: position):
        append("\u{FFFD}")
        position += 2
      default: bytes.append(byte)
      }
      position += 1
    }
  }

  /// U+FFFE and U+FFFF are valid UTF-8 and not allowed.
  private static func isNoCharacter(_ value: Span<UInt8>, at position: Int) -> Bool {
    position + 2 < value.count && value[position + 1] == 0xBF && value[position + 2] >= 0xBE
  }
}
