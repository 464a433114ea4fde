import Domain

/// Turns a number as a profile says it is written into a canonical one.
struct ProfileNumber {
  private let format: FeedProfile.NumberFormat
  /// Whether canonical numbers are the only ones.
  let isCanonical: Bool

  init(_ format: FeedProfile.NumberFormat) {
    self.format = format
    isCanonical = format == FeedProfile.NumberFormat()
  }

  /// Rewrites a number: `1.234,50-` becomes `-1234.50`. How many digits it may have is not
  /// looked at here.
  ///
  /// - Parameter isUnsigned: The sign stands elsewhere, so none may stand here.
  /// - Returns: Nil where it is written otherwise.
  func canonical(_ text: [UInt8], isUnsigned: Bool = false) -> [UInt8]? {
    var rest = ProfileNumber.trimmed(text[...])
    var isNegative = false
    if format.negatives.contains(.parentheses), rest.first == 0x28, rest.last == 0x29 {
      isNegative = true
      rest = withoutSign(rest.dropFirst().dropLast())
    } else {
      rest = withoutSign(rest)
      if format.negatives.contains(.trailingMinus), rest.last == 0x2D {
        isNegative = true
        rest = ProfileNumber.trimmed(rest.dropLast())
      } else if let first = rest.first, first == 0x2B || first == 0x2D {
        guard first == 0x2B || format.negatives.contains(.minus) else { return nil }
        isNegative = first == 0x2D
        rest = withoutSign(rest.dropFirst())
      }
    }
    guard !(isUnsigned && isNegative) else { return nil }
    // The sign of per cent stays: rates may have it.
    let percent: [UInt8] = rest.last == 0x25 ? [0x25] : []
    guard let digits = digits(ProfileNumber.trimmed(rest.dropLast(percent.count))) else {
      return nil
    }
    return (isNegative ? [0x2D] : []) + digits + percent
  }

  /// Takes a currency sign from one end, and the blanks beside it.
  private func withoutSign(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let text = ProfileNumber.trimmed(text)
    for sign in format.currencySigns {
      if text.starts(with: sign) { return ProfileNumber.trimmed(text.dropFirst(sign.count)) }
      if text.suffix(sign.count).elementsEqual(sign) {
        return ProfileNumber.trimmed(text.dropLast(sign.count))
      }
    }
    return text
  }

  /// Digits in groups of three with a decimal mark; without the groups and with a point.
  private func digits(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let mark = text.firstIndex(of: format.decimalMark)
    let whole = mark.map { text[..<$0] } ?? text
    let fraction = mark.map { text[($0 + 1)...] } ?? []
    guard let joined = ungrouped(whole), !joined.isEmpty, mark == nil || !fraction.isEmpty,
      fraction.allSatisfy({ $0 &- 0x30 <= 9 })
    else { return nil }
    return joined + (mark == nil ? [] : [0x2E]) + fraction
  }

  private func ungrouped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let mark = format.thousandsMark
    var groups: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var position = text.startIndex
    while position < text.endIndex {
      if !mark.isEmpty, text[position...].starts(with: mark) {
        groups.append(text[start..<position])
        position += mark.count
        start = position
      } else {
        guard text[position] &- 0x30 <= 9 else { return nil }
        position += 1
      }
    }
    groups.append(text[start...])
    guard groups.count > 1 else { return Array(text) }
    // Nobody groups a number that begins with 0: that is a decimal written with the other mark.
    guard (1...3).contains(groups[0].count), groups[0].first != 0x30,
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return Array(groups.joined())
  }

  /// Puts a point before the minor digits of a whole number: `1234` of EUR becomes `12.34`.
  ///
  /// - Returns: Nil where it is no whole number.
  static func fromMinorUnits(_ text: [UInt8], digits: Int) -> [UInt8]? {
    let isNegative = text.first == 0x2D
    var number = Array(text.dropFirst(isNegative ? 1 : 0))
    guard !number.isEmpty, number.allSatisfy({ $0 &- 0x30 <= 9 }) else { return nil }
    if digits > 0 {
      let missing = digits + 1 - number.count
      if missing > 0 { number = [UInt8](repeating: 0x30, count: missing) + number }
      number.insert(0x2E, at: number.count - digits)
    }
    return (isNegative ? [0x2D] : []) + number
  }

  static func negated(_ number: [UInt8]) -> [UInt8] {
    number.first == 0x2D ? Array(number.dropFirst()) : [0x2D] + number
  }

  /// Without blanks and tabs at its ends.
  static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
    while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
    return text
  }
}
