/// Amounts and rates of the scripted years, in millionths, with arithmetic of their own.
enum YearMoney {
  static let one: Int128 = 1_000_000

  /// A quotient, half away from zero or half to even.
  static func divide(_ numerator: Int128, _ denominator: Int128, halfEven: Bool) -> Int128 {
    let isNegative = (numerator < 0) != (denominator < 0)
    let (top, bottom) = (Int128(numerator.magnitude), Int128(denominator.magnitude))
    var quotient = top / bottom
    let twice = 2 * (top % bottom)
    if twice > bottom || twice == bottom && (!halfEven || quotient % 2 == 1) { quotient += 1 }
    return isNegative ? -quotient : quotient
  }

  /// Decimals of a currency.
  static func minor(_ currency: String) -> Int {
    ["KRW": 0, "KWD": 3][currency] ?? 2
  }

  /// A product with a rate, rounded to the minor unit of a currency; without one to millionths.
  static func product(
    _ amount: Int128, _ rate: Int128, to currency: String? = nil, halfEven: Bool
  ) -> Int128 {
    var unit: Int128 = 1
    if let currency { for _ in minor(currency)..<6 { unit *= 10 } }
    return divide(amount * rate, one * unit, halfEven: halfEven) * unit
  }

  /// Millionths as a plain decimal.
  static func text(_ value: Int128) -> String {
    let digits = String(Int128(value.magnitude) % one + one).dropFirst()
    return "\(value < 0 ? "-" : "")\(Int128(value.magnitude) / one).\(digits)"
  }
}

/// The calendar of the scripted years, counted day by day; none of them is a leap year.
enum YearCalendar {
  private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  static func month(_ day: String) -> String { String(day.prefix(7)) }

  static func firstDay(_ month: String) -> String { month + "-01" }

  static func lastDay(_ month: String) -> String { "\(month)-\(length(month))" }

  static func length(_ month: String) -> Int {
    lengths[(Int(month.suffix(2)) ?? 1) - 1]
  }

  static func next(_ month: String) -> String {
    let (year, number) = (Int(month.prefix(4)) ?? 0, Int(month.suffix(2)) ?? 0)
    return number == 12 ? "\(year + 1)-01" : "\(year)-\(two(number + 1))"
  }

  /// The day some days later.
  static func adding(_ days: Int, to day: String) -> String {
    var (month, number) = (month(day), Int(day.suffix(2)) ?? 1)
    for _ in 0..<days {
      number += 1
      if number > length(month) { (month, number) = (next(month), 1) }
    }
    return "\(month)-\(two(number))"
  }

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
