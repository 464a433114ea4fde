import ExactMoney

/// Numbers for people: groups of three digits.
enum GroupedNumber {
  /// A plain decimal with commas, `-1,234.50`.
  static func text(_ plain: String) -> String {
    let sign = plain.hasPrefix("-") ? "−" : ""
    let digits = plain.drop { $0 == "-" }
    let whole = Array(digits.prefix { $0 != "." })
    let rest = digits.dropFirst(whole.count)
    var grouped = ""
    for (position, digit) in whole.enumerated() {
      if position > 0, (whole.count - position) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    return sign + grouped + rest
  }

  /// `1 feed`, `2 feeds`.
  static func text(_ count: Int, _ what: String) -> String {
    "\(text(count)) \(what)\(count == 1 ? "" : "s")"
  }

  static func text(_ count: Int) -> String { text(String(count)) }
  static func text(_ money: Money) -> String { text(money.text) }
}
