import XMLStream

/// Writes elements one in another, each on a line of its own.
struct IndentedXML {
  private var xml = XMLWriter()
  private var open: [String] = []

  /// Begins a document.
  init() {
    xml.declaration()
  }

  mutating func start(_ name: String, _ attributes: [(String, String)] = []) {
    xml.indent(open.count)
    xml.start(name, attributes)
    xml.newline()
    open.append(name)
  }

  /// An element with a text; none where the text is empty.
  mutating func leaf(_ name: String, _ text: String, _ attributes: [(String, String)] = []) {
    guard !text.isEmpty else { return }
    xml.indent(open.count)
    xml.start(name, attributes)
    xml.text(text.utf8.span)
    xml.end(name)
    xml.newline()
  }

  /// Elements one in another, the innermost with a text.
  mutating func path(_ names: [String], _ text: String) {
    guard let last = names.last, !text.isEmpty else { return }
    for name in names.dropLast() { start(name) }
    leaf(last, text)
    for _ in names.dropLast() { end() }
  }

  /// Ends the element that was begun last.
  mutating func end() {
    guard let name = open.popLast() else { return }
    xml.indent(open.count)
    xml.end(name)
    xml.newline()
  }

  /// Hands over what was written since the last time.
  mutating func take() -> [UInt8] { xml.take() }
}
