import Domain
import ExactMoney

extension Tiers {
  /// What a basis earns in all, rounded to six decimals (docs/rules.md, "Tiers").
  ///
  /// - Throws: ``MoneyError/overflow``.
  func earnings(
    basis: ExactAmount, _ rounding: RoundingMode
  ) throws(MoneyError) -> ExactAmount {
    switch mode {
    case .slab:
      let step = steps.first { $0.upTo.map { basis <= $0 } ?? true }
      return try basis.times(step?.rate ?? .zero, decimals: 6, rounding)
    case .graduated:
      return try graduated(basis, rounding)
    }
  }

  /// The slices of the basis, each at its own rate, added exactly and rounded once in the end.
  private func graduated(
    _ basis: ExactAmount, _ rounding: RoundingMode
  ) throws(MoneyError) -> ExactAmount {
    guard let first = steps.first else { return .zero }
    if basis.isNegative { return try basis.times(first.rate, decimals: 6, rounding) }
    var sum = ExactSum()
    var from = ExactAmount.zero
    for step in steps {
      let to = min(step.upTo ?? basis, basis)
      guard to > from else { break }
      try sum.add(to.minus(from), times: step.rate)
      from = to
    }
    return try sum.rounded(decimals: 6, rounding)
  }
}
