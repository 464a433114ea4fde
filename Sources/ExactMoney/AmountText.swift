/// Writes amounts and rates as plain decimals: a point, no thousands separators, no negative zero.
package enum AmountText {
  /// `amount` with at least `decimals` decimals, and more only where it needs them.
  package static func append(_ amount: ExactAmount, decimals: Int, to bytes: inout [UInt8]) {
    append(amount.picos, scale: ExactAmount.scale, atLeast: decimals, to: &bytes)
  }

  /// `rate` with as many decimals as it needs.
  package static func append(_ rate: ExactRate, to bytes: inout [UInt8]) {
    append(rate.parts, scale: ExactRate.scale, atLeast: 0, to: &bytes)
  }

  /// `money` with the decimals of its currency.
  package static func append(_ money: Money, to bytes: inout [UInt8]) {
    let digits = money.currency.minorDigits
    append(money.minorUnits, scale: digits, atLeast: digits, to: &bytes)
  }

  private static func append(
    _ value: Int128, scale: Int, atLeast: Int, to bytes: inout [UInt8]
  ) {
    if value < 0 { bytes.append(0x2D) }
    // Division of 128 bits is ten times as slow.
    if let magnitude = UInt64(exactly: value.magnitude), scale <= 18 {
      return appendSmall(magnitude, scale: scale, atLeast: atLeast, to: &bytes)
    }
    let (whole, part) = value.magnitude.quotientAndRemainder(
      dividingBy: Rounding.powerOfTen(scale).magnitude)
    appendInteger(whole, to: &bytes)
    var fraction = part
    var digits = scale
    while digits > atLeast, fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    guard digits > 0 else { return }
    bytes.append(0x2E)
    let first = bytes.count
    bytes.append(contentsOf: repeatElement(0x30, count: digits))
    // Both halves of a fraction of up to 14 digits fit in 64 bits.
    var rest = UInt64(fraction)
    for position in stride(from: first + digits - 1, through: first, by: -1) {
      bytes[position] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
  }

  private static func appendSmall(
    _ magnitude: UInt64, scale: Int, atLeast: Int, to bytes: inout [UInt8]
  ) {
    var divisor: UInt64 = 1
    for _ in 0..<scale { divisor *= 10 }
    var (whole, fraction) = magnitude.quotientAndRemainder(dividingBy: divisor)
    var digits = scale
    while digits > atLeast, fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    appendInteger(whole, to: &bytes)
    guard digits > 0 else { return }
    bytes.append(0x2E)
    let first = bytes.count
    bytes.append(contentsOf: repeatElement(0x30, count: digits))
    for position in stride(from: first + digits - 1, through: first, by: -1) {
      (fraction, whole) = fraction.quotientAndRemainder(dividingBy: 10)
      bytes[position] = 0x30 + UInt8(whole)
    }
  }

  private static func appendInteger(_ value: UInt128, to bytes: inout [UInt8]) {
    guard value > UInt128(UInt64.max) else { return appendInteger(UInt64(value), to: &bytes) }
    bytes.append(contentsOf: String(value).utf8)
  }

  /// A whole number, without sign.
  package static func appendInteger(_ value: UInt64, to bytes: inout [UInt8]) {
    let first = bytes.count
    var rest = value
    repeat {
      bytes.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[first...].reverse()
  }
}

extension ExactAmount {
  /// The amount with at least `decimals` decimals, and more only where it needs them.
  package func text(decimals: Int) -> String {
    var bytes: [UInt8] = []
    AmountText.append(self, decimals: decimals, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ExactRate {
  /// The rate as a decimal, `0.0475`.
  package var text: String {
    var bytes: [UInt8] = []
    AmountText.append(self, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Money {
  /// The amount with the decimals of its currency, `-1234.50`.
  package var text: String {
    var bytes: [UInt8] = []
    AmountText.append(self, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
