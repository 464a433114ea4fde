/// Writes CSV: UTF-8, comma, CRLF, quotes only where they are needed (RFC 4180).
package struct CSVWriter: Sendable {
  /// What was written so far.
  package private(set) var bytes: [UInt8] = []
  private var atRecordStart = true

  package init() {}

  /// Writes a header.
  package mutating func header(_ names: [String]) {
    for name in names { plain(name) }
    endRecord()
  }

  /// Writes text from outside; what a spreadsheet would take for a formula gets a `'` in front.
  package mutating func text(_ value: Span<UInt8>) {
    separate()
    if value.isEmpty { return }
    append(value, prefix: neutralised(value))
  }

  /// Writes text from outside that stands in an array, neutralised like ``text(_:)-(Span)``.
  package mutating func text(_ bytes: [UInt8], in range: Range<Int>) {
    text(bytes.span.extracting(range))
  }

  /// Writes a number, a date or a code of our own as it is.
  package mutating func plain(_ bytes: [UInt8]) {
    plain(bytes.span)
  }

  /// Writes text from outside, neutralised like ``text(_:)-(Span)``.
  package mutating func text(_ value: String) {
    let value = Array(value.utf8)
    text(value.span)
  }

  /// Writes a number, a date or a code of our own as it is.
  package mutating func plain(_ value: Span<UInt8>) {
    separate()
    append(value, prefix: false)
  }

  /// Writes a number, a date or a code of our own as it is.
  package mutating func plain(_ value: String) {
    let value = Array(value.utf8)
    plain(value.span)
  }

  /// Writes a fixed word as it is.
  package mutating func plain(_ value: StaticString) {
    plain(value.description)
  }

  /// Writes nothing: an empty value.
  package mutating func empty() {
    separate()
  }

  package mutating func endRecord() {
    bytes.append(0x0D)
    bytes.append(0x0A)
    atRecordStart = true
  }

  private mutating func separate() {
    if !atRecordStart { bytes.append(0x2C) }
    atRecordStart = false
  }

  private mutating func append(_ value: Span<UInt8>, prefix: Bool) {
    var needsQuotes = false
    for position in 0..<value.count {
      let byte = value[position]
      if byte == 0x22 || byte == 0x2C || byte == 0x0D || byte == 0x0A { needsQuotes = true }
    }
    if needsQuotes { bytes.append(0x22) }
    if prefix { bytes.append(0x27) }
    for position in 0..<value.count {
      if value[position] == 0x22 { bytes.append(0x22) }
      bytes.append(value[position])
    }
    if needsQuotes { bytes.append(0x22) }
  }
}

/// Whether a spreadsheet could take the text for a formula.
///
/// That is what begins, after blanks, with one of `= + - @`, their full-width forms, a tab or a
/// carriage return, and is not a plain decimal.
package func neutralised(_ text: Span<UInt8>) -> Bool {
  guard !text.isEmpty, mayBeginFormula[Int(text[0])] else { return false }
  var position = 0
  while position < text.count, let blank = blankLength(text, position) { position += blank }
  guard position < text.count, startsFormula(text, position) else { return false }
  return !isPlainDecimal(text)
}

/// First bytes of blanks and of the characters that begin a formula: nearly no text has them.
private let mayBeginFormula: [Bool] = (0..<256).map {
  [0x09, 0x0D, 0x20, 0x2B, 0x2D, 0x3D, 0x40, 0xC2, 0xE3, 0xEF].contains($0)
}

/// The length of the blank at a position: space, no-break space, ideographic space.
private func blankLength(_ text: Span<UInt8>, _ position: Int) -> Int? {
  if text[position] == 0x20 { return 1 }
  if matches(text, position, 0xC2, 0xA0) { return 2 }
  return matches(text, position, 0xE3, 0x80, 0x80) ? 3 : nil
}

private func startsFormula(_ text: Span<UInt8>, _ position: Int) -> Bool {
  switch text[position] {
  case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: return true
  case 0xEF:
    guard matches(text, position, 0xEF, 0xBC), position + 2 < text.count else { return false }
    // Full-width plus, minus, equals, at.
    return [0x8B, 0x8D, 0x9D, 0xA0].contains(text[position + 2])
  default: return false
  }
}

private func matches(_ text: Span<UInt8>, _ position: Int, _ expected: UInt8...) -> Bool {
  guard position + expected.count <= text.count else { return false }
  for (offset, byte) in expected.enumerated() where text[position + offset] != byte {
    return false
  }
  return true
}

/// Optional sign, digits, and if there is a point more digits; however many they are.
private func isPlainDecimal(_ text: Span<UInt8>) -> Bool {
  var position = text[0] == 0x2B || text[0] == 0x2D ? 1 : 0
  guard digits(text, &position) > 0 else { return false }
  guard position < text.count else { return true }
  guard text[position] == 0x2E else { return false }
  position += 1
  return digits(text, &position) > 0 && position == text.count
}

private func digits(_ text: Span<UInt8>, _ position: inout Int) -> Int {
  let start = position
  while position < text.count, text[position] &- 0x30 <= 9 { position += 1 }
  return position - start
}
