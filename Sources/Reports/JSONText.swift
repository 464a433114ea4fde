import Domain

/// Writes JSON piece by piece, keys in the order in which they are given.
///
/// Control and direction characters are escaped also where JSON would allow them, so that a
/// document may be looked at in a terminal.
struct JSONText {
  private let output: DocumentOutput
  /// Whether something stands before the next value or key, on its level.
  private var needsComma = false

  init(_ output: DocumentOutput) {
    self.output = output
  }

  mutating func object(_ body: (inout JSONText) throws -> Void) rethrows {
    try nested("{", "}", body)
  }

  mutating func array(_ body: (inout JSONText) throws -> Void) rethrows {
    try nested("[", "]", body)
  }

  /// Begins a new line, so that each element of a long list stands on its own.
  mutating func line() {
    separate()
    output.text("\n")
    needsComma = false
  }

  mutating func key(_ name: String) {
    separate()
    quoted(name)
    output.text(":")
    needsComma = false
  }

  mutating func string(_ value: String) {
    separate()
    quoted(value)
  }

  mutating func integer(_ value: Int) {
    separate()
    output.text(String(value))
  }

  mutating func boolean(_ value: Bool) {
    separate()
    output.text(value ? "true" : "false")
  }

  mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  mutating func member(_ name: String, _ value: Int) {
    key(name)
    integer(value)
  }

  /// A member that is left out where there is no value.
  mutating func member(_ name: String, ifKnown value: Int?) {
    if let value { member(name, value) }
  }

  /// Passes on what has been written, if it is worth it.
  ///
  /// - Throws: What the sink throws.
  func drain() throws {
    try output.drain()
  }

  private mutating func nested(
    _ open: String, _ close: String, _ body: (inout JSONText) throws -> Void
  ) rethrows {
    separate()
    output.text(open)
    needsComma = false
    try body(&self)
    output.text(close)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { output.text(",") }
    needsComma = true
  }

  private func quoted(_ value: String) {
    output.text("\"")
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": output.text("\\\"")
      case "\\": output.text("\\\\")
      case "\n": output.text("\\n")
      case _ where SafeText.isUnsafe(scalar):
        // None of them is above U+FFFF.
        let digits = String(scalar.value, radix: 16)
        output.text("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: output.bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    output.text("\"")
  }
}
