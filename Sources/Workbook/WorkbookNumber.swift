/// Numbers as a spreadsheet keeps them: binary floating point, in which decimals of up to 15 digits
/// come out as they went in.
///
/// This is the one room in which there are such numbers: nothing is reckoned with them, they are only
/// handed over.
enum WorkbookNumber {
  private static let digitsMax: Int128 = 1_000_000_000_000_000
  /// All of them are exact.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
  ]

  /// `units` × 10^−`scale` where a spreadsheet keeps it exactly enough to show it, and how many
  /// decimals it needs; nil where it has more than 15 digits.
  ///
  /// - Precondition: `scale` is 0 to 14.
  static func value(_ units: Int128, scale: Int) -> (number: Double, decimals: Int)? {
    var (units, scale) = (units, scale)
    while scale > 0, units % 10 == 0 {
      units /= 10
      scale -= 1
    }
    guard units.magnitude < digitsMax.magnitude else { return nil }
    // One division of two exact numbers is rounded once: the result is the nearest there is.
    return (Double(Int64(units)) / powers[scale], scale)
  }
}
