/// Writes XML in UTF-8, piece by piece.
package struct XMLWriter: Sendable {
  private var bytes: [UInt8] = []
  /// A start tag is still open, so that attributes can follow.
  private var inTag = false

  package init() {}

  /// Hands over what was written so far; a start tag that is open stays open.
  package mutating func take() -> [UInt8] {
    if inTag { closeTag() }
    defer { bytes = [] }
    return bytes
  }

  package mutating func declaration() {
    append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
  }

  /// Begins an element.
  package mutating func start(_ name: String, _ attributes: [(String, String)]) {
    if inTag { closeTag() }
    append("<" + name)
    inTag = true
    for (name, value) in attributes {
      let value = Array(value.utf8)
      attribute(name, value.span)
    }
  }

  /// Adds an attribute to the element that was just begun.
  package mutating func attribute(_ name: String, _ value: Span<UInt8>) {
    precondition(inTag, "an attribute follows its start tag")
    append(" " + name + "=\"")
    appendEscaped(value, inAttribute: true)
    append("\"")
  }

  package mutating func text(_ value: Span<UInt8>) {
    if inTag { closeTag() }
    appendEscaped(value, inAttribute: false)
  }

  /// Ends an element.
  package mutating func end(_ name: String) {
    if inTag {
      append("/>")
      inTag = false
    } else {
      append("</" + name + ">")
    }
  }

  /// Writes a comment; `--`, which no comment may hold, is taken apart.
  package mutating func comment(_ text: String) {
    if inTag { closeTag() }
    var safe = ""
    for character in text.unicodeScalars {
      if character == "-", safe.hasSuffix("-") { safe += " " }
      safe.unicodeScalars.append(character)
    }
    append("<!-- ")
    let escaped = Array(safe.utf8)
    appendEscaped(escaped.span, inAttribute: false)
    append(" -->")
  }

  package mutating func newline() {
    if inTag { closeTag() }
    bytes.append(0x0A)
  }

  package mutating func indent(_ level: Int) {
    if inTag { closeTag() }
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
  }

  private mutating func closeTag() {
    bytes.append(0x3E)
    inTag = false
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func appendEscaped(_ value: Span<UInt8>, inAttribute: Bool) {
    for position in 0..<value.count {
      switch value[position] {
      case 0x26: append("&amp;")
      case 0x3C: append("&lt;")
      case 0x3E: append("&gt;")
      case 0x22 where inAttribute: append("&quot;")
      case 0x0D: append("&#13;")
      case 0x0A where inAttribute: append("&#10;")
      case 0x09 where inAttribute: append("&#9;")
      // What XML cannot hold at all is shown as the replacement character.
      case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20: append("\u{FFFD}")
      default: bytes.append(value[position])
      }
    }
  }
}
