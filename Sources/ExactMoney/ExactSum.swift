/// A sum of products of amounts and rates, kept exactly and rounded once in the end.
package struct ExactSum: Sendable {
  // Products have 12 + 14 decimals. They are kept as whole units and 10⁻²⁶ parts of one, so that
  // neither part comes near 128 bits before the amounts themselves do.
  private var units: Int128 = 0
  private var parts: Int128 = 0

  private static let partsPerUnit = Rounding.powerOfTen(ExactAmount.scale + ExactRate.scale)

  package init() {}

  /// Adds `amount × rate`.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package mutating func add(_ amount: ExactAmount, times rate: ExactRate) throws(MoneyError) {
    let wide = amount.picos.magnitude.multipliedFullWidth(by: rate.parts.magnitude)
    let divisor = ExactSum.partsPerUnit.magnitude
    guard wide.high < divisor else { throw .overflow }
    let (quotient, remainder) = divisor.dividingFullWidth(wide)
    guard quotient < UInt128(Int128.max) else { throw .overflow }
    let negative = amount.isNegative != (rate.parts < 0)
    let (sum, overflow) = units.addingReportingOverflow(
      negative ? -Int128(quotient) : Int128(quotient))
    guard !overflow else { throw .overflow }
    units = sum
    parts += negative ? -Int128(remainder) : Int128(remainder)
    let carry = parts / ExactSum.partsPerUnit
    units += carry
    parts -= carry * ExactSum.partsPerUnit
  }

  /// The sum, rounded once to `decimals` (0 to 12).
  ///
  /// - Throws: ``MoneyError/overflow``.
  package func rounded(decimals: Int, _ mode: RoundingMode) throws(MoneyError) -> ExactAmount {
    // Both parts get one sign first: a rounding decision needs the magnitude of the whole.
    var (whole, rest) = (units, parts)
    if whole > 0, rest < 0 { (whole, rest) = (whole - 1, rest + ExactSum.partsPerUnit) }
    if whole < 0, rest > 0 { (whole, rest) = (whole + 1, rest - ExactSum.partsPerUnit) }
    let divisor = Rounding.powerOfTen(ExactAmount.scale + ExactRate.scale - decimals)
    let (exact, remainder) = rest.quotientAndRemainder(dividingBy: divisor)
    let (scaled, overflow) = whole.multipliedReportingOverflow(by: Rounding.powerOfTen(decimals))
    guard !overflow else { throw .overflow }
    let truncated = scaled + exact
    let up = try Rounding.quotient(
      // The parity of the truncated value decides a tie in half even.
      remainder + (truncated % 2) * divisor, divisor, mode)
    return try ExactAmount(units: truncated - truncated % 2 + up, decimals: decimals)
  }
}
