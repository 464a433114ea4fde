/// Whether a spreadsheet could take the text for a formula, so that it must be neutralised.
///
/// That is what begins, after blanks, with one of `= + - @`, their full-width forms, a tab or a
/// carriage return, and is not as a whole a plain decimal.
package func neutralised(_ text: Span<UInt8>) -> Bool {
  var position = 0
  while position < text.count {
    let blank = blankLength(text, position)
    if blank == 0 { break }
    position += blank
  }
  return position < text.count && beginsFormula(text, position) && !isPlainDecimal(text)
}

/// The length of the blank at a position (space, no-break space, ideographic space), or 0.
private func blankLength(_ text: Span<UInt8>, _ position: Int) -> Int {
  switch text[position] {
  case 0x20: 1
  case 0xC2: byte(text, position + 1) == 0xA0 ? 2 : 0
  case 0xE3: byte(text, position + 1) == 0x80 && byte(text, position + 2) == 0x80 ? 3 : 0
  default: 0
  }
}

private func beginsFormula(_ text: Span<UInt8>, _ position: Int) -> Bool {
  switch text[position] {
  case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: true
  case 0xEF: byte(text, position + 1) == 0xBC && isFullWidthSign(byte(text, position + 2))
  default: false
  }
}

/// Whether it ends the UTF-8 of U+FF0B, U+FF0D, U+FF1D or U+FF20: plus, minus, equals, at.
private func isFullWidthSign(_ byte: UInt8?) -> Bool {
  switch byte {
  case 0x8B, 0x8D, 0x9D, 0xA0: true
  default: false
  }
}

private func byte(_ text: Span<UInt8>, _ position: Int) -> UInt8? {
  position < text.count ? text[position] : nil
}

/// Optional sign, digits, and if there is a point more digits; however many they are.
private func isPlainDecimal(_ text: Span<UInt8>) -> Bool {
  var position = text[0] == 0x2B || text[0] == 0x2D ? 1 : 0
  guard passDigits(text, &position) > 0 else { return false }
  guard position < text.count else { return true }
  guard text[position] == 0x2E else { return false }
  position += 1
  return passDigits(text, &position) > 0 && position == text.count
}

/// Returns how many digits it passed.
private func passDigits(_ text: Span<UInt8>, _ position: inout Int) -> Int {
  let start = position
  while position < text.count, text[position] &- 0x30 <= 9 { position += 1 }
  return position - start
}
