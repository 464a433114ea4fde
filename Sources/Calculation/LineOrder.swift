import Domain

/// The order of lines on a statement: by period, lever, earning type, currency, date, id.
enum LineOrder {
  static func precedes(
    _ left: EarningLine, _ right: EarningLine, _ idPrecedes: (EarningLine, EarningLine) -> Bool
  ) -> Bool {
    if left.period != right.period { return left.period < right.period }
    if left.record.lever != right.record.lever { return left.record.lever < right.record.lever }
    let types = (left.record.earningType, right.record.earningType)
    if types.0 != types.1 { return precedesInBytes(types.0.name, types.1.name) }
    if left.earnedCurrency != right.earnedCurrency {
      return left.earnedCurrency < right.earnedCurrency
    }
    if left.record.dayNumber != right.record.dayNumber {
      return left.record.dayNumber < right.record.dayNumber
    }
    return idPrecedes(left, right)
  }

  static func sameSubtotal(_ left: EarningLine, _ right: EarningLine) -> Bool {
    left.period == right.period && left.record.lever == right.record.lever
      && left.record.typeNumber == right.record.typeNumber
      && left.earnedCurrency == right.earnedCurrency
  }
}
