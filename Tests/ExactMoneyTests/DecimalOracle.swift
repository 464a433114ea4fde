import ExactMoney

/// Long multiplication as on paper, digit by digit: slow, and of any width.
enum DecimalOracle {
  /// `a × b` without its last `dropped` digits, rounded once.
  static func product(
    _ a: Int128, _ b: Int128, dropping dropped: Int, _ mode: RoundingMode
  ) -> Int128? {
    let digits = multiply(digits(a.magnitude), digits(b.magnitude))
    let lost = Array(digits.prefix(dropped))
    let kept = Array(digits.dropFirst(dropped))
    let text = kept.reversed().map(String.init).joined()
    guard let magnitude = text.isEmpty ? 0 : Int128(text) else { return nil }
    let padded = lost + Array(repeating: 0, count: dropped - lost.count)
    let rounded = magnitude + (isUp(padded, odd: (kept.first ?? 0) % 2 == 1, mode) ? 1 : 0)
    return (a < 0) != (b < 0) ? -rounded : rounded
  }

  private static func isUp(_ lost: [Int], odd: Bool, _ mode: RoundingMode) -> Bool {
    guard let leading = lost.last else { return false }
    let isTie = leading == 5 && lost.dropLast().allSatisfy { $0 == 0 }
    if isTie { return mode == .halfAwayFromZero || odd }
    return leading >= 5
  }

  /// The last digit first.
  private static func digits(_ value: UInt128) -> [Int] {
    String(value).utf8.reversed().map { Int($0) - 0x30 }
  }

  private static func multiply(_ left: [Int], _ right: [Int]) -> [Int] {
    var result = Array(repeating: 0, count: left.count + right.count)
    for (i, a) in left.enumerated() {
      var carry = 0
      for (j, b) in right.enumerated() {
        let sum = result[i + j] + a * b + carry
        result[i + j] = sum % 10
        carry = sum / 10
      }
      result[i + right.count] += carry
    }
    return result
  }
}
