/// What a text turned out to be when it was read as a decimal.
package enum DecimalReading<Value: Hashable & Sendable>: Hashable, Sendable {
  case value(Value)
  /// Not a decimal by the syntax of feeds.
  case malformed
  /// A decimal with more than 18 digits before or 12 after the point, zeros counted.
  case tooManyDigits
}

/// Reads decimals exactly: optional sign, digits, and if there is a point, digits after it.
///
/// No exponent, no thousands separator, no blanks. Nothing here can fail in another way.
package enum DecimalText {
  package static let integerDigitsMax = 18
  package static let fractionDigitsMax = 12

  /// Reads an amount.
  package static func amount(_ text: Span<UInt8>) -> DecimalReading<ExactAmount> {
    switch parts(text) {
    case .value(let number):
      let factor = Rounding.powerOfTen(ExactAmount.scale - number.decimals)
      return .value(ExactAmount(picos: number.digits * factor))
    case .malformed: return .malformed
    case .tooManyDigits: return .tooManyDigits
    }
  }

  /// Reads a rate, `0.05` or `5%`; in a percentage the digits count as written.
  package static func rate(_ text: Span<UInt8>) -> DecimalReading<ExactRate> {
    let percent = text.count > 0 && text[text.count - 1] == 0x25
    let number = percent ? text.extracting(0..<(text.count - 1)) : text
    switch parts(number) {
    case .value(let number):
      let exponent = ExactRate.scale - number.decimals - (percent ? 2 : 0)
      return .value(ExactRate(parts: number.digits * Rounding.powerOfTen(exponent)))
    case .malformed: return .malformed
    case .tooManyDigits: return .tooManyDigits
    }
  }

  private struct Number: Hashable {
    /// All digits as one integer, with its sign; at most 30 of them.
    var digits: Int128
    var decimals: Int
  }

  private static func parts(_ text: Span<UInt8>) -> DecimalReading<Number> {
    var position = 0
    var negative = false
    if text.count > 0, text[0] == 0x2D || text[0] == 0x2B {
      negative = text[0] == 0x2D
      position = 1
    }
    let first = position
    // Up to 18 digits fit in 64 bits, which is what nearly every amount needs.
    var integer: UInt64 = 0
    while position < text.count, let digit = digit(text[position]) {
      if position - first < integerDigitsMax { integer = integer * 10 + UInt64(digit) }
      position += 1
    }
    let integerDigits = position - first
    guard integerDigits > 0 else { return .malformed }
    var fraction: UInt64 = 0
    var fractionDigits = 0
    if position < text.count {
      guard text[position] == 0x2E else { return .malformed }
      position += 1
      let firstDecimal = position
      while position < text.count, let digit = digit(text[position]) {
        if position - firstDecimal < fractionDigitsMax { fraction = fraction * 10 + UInt64(digit) }
        position += 1
      }
      fractionDigits = position - firstDecimal
      guard fractionDigits > 0, position == text.count else { return .malformed }
    }
    guard integerDigits <= integerDigitsMax, fractionDigits <= fractionDigitsMax else {
      return .tooManyDigits
    }
    let magnitude =
      Int128(integer) * Rounding.powerOfTen(fractionDigits) + Int128(fraction)
    return .value(Number(digits: negative ? -magnitude : magnitude, decimals: fractionDigits))
  }

  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt8? {
    let value = byte &- 0x30
    return value <= 9 ? value : nil
  }
}

extension ExactAmount {
  /// The amount that `text` spells, or nil if it is no decimal of at most 18 + 12 digits.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard case .value(let amount) = DecimalText.amount(bytes.span) else { return nil }
    self = amount
  }
}

extension ExactRate {
  /// The rate that `text` spells (`0.05`, `5%`), or nil.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard case .value(let rate) = DecimalText.rate(bytes.span) else { return nil }
    self = rate
  }
}
