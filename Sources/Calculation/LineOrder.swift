import Domain
import ExactMoney

/// The order of lines on a statement: by period, lever, earning type, currency, date, id.
enum LineOrder {
  /// What one sum is made of, in the order of statements, and the day.
  private struct Key {
    var group: UInt64
    var day: Int32
    var index: Int32
  }

  /// By the type's number: its place in the order of the names.
  private static let ranks: [UInt64] = {
    let byName = EarningType.allCases.sorted { precedesInBytes($0.name, $1.name) }
    return EarningType.allCases.map { type in UInt64(byName.firstIndex(of: type) ?? 0) }
  }()

  /// The lines in order: what ``precedes(_:_:_:)`` says, of small keys instead of wide lines.
  static func sorted(
    _ lines: [EarningLine], _ idPrecedes: (EarningLine, EarningLine) -> Bool
  ) -> [EarningLine] {
    var keys = lines.indices.map { index in
      let line = lines[index]
      let period = UInt64(UInt32(bitPattern: line.period.number ^ .min))
      let lever = UInt64(UInt16(bitPattern: line.record.lever ^ .min))
      let type = ranks[Int(line.record.earningType.rawValue)]
      return Key(
        group: period << 32 | lever << 16 | type << 8 | UInt64(line.earnedCurrency.index),
        day: line.record.dayNumber, index: Int32(index))
    }
    keys.sort { left, right in
      if left.group != right.group { return left.group < right.group }
      if left.day != right.day { return left.day < right.day }
      return idPrecedes(lines[Int(left.index)], lines[Int(right.index)])
    }
    return keys.map { lines[Int($0.index)] }
  }

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
