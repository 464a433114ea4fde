/// The one place where a number is rounded.
///
/// Everything else in the package that rounds ends here, with its exact value as a fraction of two
/// integers, so that nothing is ever rounded twice.
enum Rounding {
  /// `numerator ÷ denominator`, rounded once to an integer.
  ///
  /// - Throws: ``MoneyError/divisionByZero``.
  static func quotient(
    _ numerator: Int128, _ denominator: Int128, _ mode: RoundingMode
  ) throws(MoneyError) -> Int128 {
    guard denominator != 0 else { throw .divisionByZero }
    let negative = (numerator < 0) != (denominator < 0)
    let divisor = denominator.magnitude
    let magnitude = numerator.magnitude / divisor
    // Multiplied back, since another division costs more than anything else here.
    let rest = numerator.magnitude &- magnitude &* divisor
    return try signed(magnitude, rest: rest, divisor: divisor, negative: negative, mode)
  }

  /// `a × b ÷ denominator`, rounded once from its exact value of up to 256 bits.
  ///
  /// - Throws: ``MoneyError/overflow`` if the result does not fit in 128 bits;
  ///   ``MoneyError/divisionByZero``.
  static func productQuotient(
    _ a: Int128, _ b: Int128, _ denominator: Int128, _ mode: RoundingMode
  ) throws(MoneyError) -> Int128 {
    let (narrow, overflow) = a.multipliedReportingOverflow(by: b)
    guard overflow else { return try quotient(narrow, denominator, mode) }
    let divisor = denominator.magnitude
    let wide = a.magnitude.multipliedFullWidth(by: b.magnitude)
    guard divisor != 0 else { throw .divisionByZero }
    guard wide.high < divisor else { throw .overflow }
    let (magnitude, rest) = divisor.dividingFullWidth(wide)
    let negative = ((a < 0) != (b < 0)) != (denominator < 0)
    return try signed(magnitude, rest: rest, divisor: divisor, negative: negative, mode)
  }

  private static func signed(
    _ magnitude: UInt128, rest: UInt128, divisor: UInt128, negative: Bool, _ mode: RoundingMode
  ) throws(MoneyError) -> Int128 {
    var rounded = magnitude
    // `rest ≥ divisor − rest` says rest is at least half, without doubling past 128 bits.
    let complement = divisor - rest
    let up =
      switch mode {
      case .halfAwayFromZero: rest >= complement
      case .halfEven: rest > complement || (rest == complement && magnitude % 2 == 1)
      }
    if up { rounded += 1 }
    guard rounded <= UInt128(Int128.max) else { throw .overflow }
    return negative ? -Int128(rounded) : Int128(rounded)
  }

  /// Ten to the power of `exponent`, 0 to 38.
  static func powerOfTen(_ exponent: Int) -> Int128 {
    powers[exponent]
  }

  private static let powers: [Int128] = {
    var values: [Int128] = [1]
    for _ in 0..<38 { values.append((values.last ?? 1) * 10) }
    return values
  }()
}
