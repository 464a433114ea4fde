/// How a piece of text looks.
package enum PrintStyle: UInt8, CaseIterable, Hashable, Sendable {
  case plain
  case strong
  /// Of less weight: grey.
  case soft
  /// Grey and smaller.
  case small
  /// The name of the partner.
  case large
  /// What is paid.
  case headline
}

/// A piece of text in one style; a line feed begins a new line.
package struct PrintRun: Hashable, Sendable {
  package var text: String
  package var style: PrintStyle

  package init(_ text: String, _ style: PrintStyle = .plain) {
    self.text = text
    self.style = style
  }
}

/// Text of one or more styles and lines.
package struct PrintText: Hashable, Sendable {
  package private(set) var runs: [PrintRun]

  package init() { runs = [] }

  package init(_ text: String, _ style: PrintStyle = .plain) {
    runs = text.isEmpty ? [] : [PrintRun(text, style)]
  }

  init(runs: [PrintRun]) { self.runs = runs }

  package var isEmpty: Bool { runs.isEmpty }

  /// Goes on in the same line.
  package mutating func add(_ text: String, _ style: PrintStyle = .plain) {
    if !text.isEmpty { runs.append(PrintRun(text, style)) }
  }

  /// Goes on in a new line, unless nothing stands above it.
  package mutating func addLine(_ text: String, _ style: PrintStyle = .plain) {
    guard !text.isEmpty else { return }
    runs.append(PrintRun(isEmpty ? text : "\n" + text, style))
  }
}
