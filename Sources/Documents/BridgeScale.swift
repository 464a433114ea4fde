import ExactMoney

/// Where the balances of a bridge lie on the width of a chart; zero is always on it.
package struct BridgeScale: Sendable {
  /// The balances at the left and the right edge, in minor units.
  private let low: Int128
  private let high: Int128

  /// - Returns: Nil where all is zero.
  package init?(_ steps: [StatementBridgeStep]) {
    let balances = steps.flatMap { [$0.before.minorUnits, $0.after.minorUnits] }
    low = min(0, balances.min() ?? 0)
    high = max(0, balances.max() ?? 0)
    guard low < high else { return nil }
  }

  /// Where an amount of minor units lies, from 0 to `width`; never a figure, only a place in a picture.
  package func place(_ minorUnits: Int128, width: Int) -> Int {
    var range = high - low
    var distance = minorUnits - low
    // What does not matter in a picture makes room for the product.
    while range > Int128(1) << 64 {
      range >>= 1
      distance >>= 1
    }
    return Int(distance * Int128(width) / range)
  }
}
