package import Domain
package import ExactMoney

/// Writes numbers and days as a language does, exactly: from the digits of the amounts themselves.
package struct StatementFormat: Sendable {
  package let language: StatementLanguage

  package init(_ language: StatementLanguage) {
    self.language = language
  }

  // MARK: Numbers

  /// `1,234.50`, with the decimals of its currency and without its code.
  package func append(_ money: Money, to bytes: inout [UInt8]) {
    let start = bytes.count
    AmountText.append(money, to: &bytes)
    StatementFormat.dress(&bytes, from: start)
  }

  /// `1,234.50`, with at least the decimals of `currency` and without its code.
  package func append(_ amount: ExactAmount, _ currency: Currency, to bytes: inout [UInt8]) {
    append(amount, decimals: currency.minorDigits, to: &bytes)
  }

  private func append(_ amount: ExactAmount, decimals: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    AmountText.append(amount, decimals: decimals, to: &bytes)
    StatementFormat.dress(&bytes, from: start)
  }

  /// `4.75%`.
  package func appendPercent(_ rate: ExactRate, to bytes: inout [UInt8]) {
    // A hundred times 10⁻¹⁴ is a pico.
    append(ExactAmount(picos: rate.parts), decimals: 0, to: &bytes)
    bytes.append(0x25)
  }

  package func text(_ money: Money) -> String { made { append(money, to: &$0) } }

  package func text(_ amount: ExactAmount, _ currency: Currency) -> String {
    made { append(amount, currency, to: &$0) }
  }

  package func percent(_ rate: ExactRate) -> String { made { appendPercent(rate, to: &$0) } }

  /// `1,425.5`: what one unit buys.
  package func text(_ rate: ExactRate) -> String {
    made { bytes in
      AmountText.append(rate, to: &bytes)
      StatementFormat.dress(&bytes, from: 0)
    }
  }

  /// `1,234`.
  ///
  /// - Precondition: `count` is not negative.
  package func text(_ count: Int) -> String {
    made { bytes in
      AmountText.appendInteger(UInt64(count), to: &bytes)
      StatementFormat.dress(&bytes, from: 0)
    }
  }

  /// With its currency: `EUR 1,234.50`, in Korean `1,234.50 EUR`.
  package func appendAmount(
    _ amount: ExactAmount, _ currency: Currency, to bytes: inout [UInt8]
  ) {
    with(currency, &bytes) { append(amount, currency, to: &$0) }
  }

  package func amount(_ amount: ExactAmount, _ currency: Currency) -> String {
    made { appendAmount(amount, currency, to: &$0) }
  }

  /// With its currency: `EUR 1,234.50`, in Korean `1,234.50 EUR`.
  package func appendAmount(_ money: Money, to bytes: inout [UInt8]) {
    with(money.currency, &bytes) { append(money, to: &$0) }
  }

  package func amount(_ money: Money) -> String { made { appendAmount(money, to: &$0) } }

  private func with(
    _ currency: Currency, _ bytes: inout [UInt8], _ append: (inout [UInt8]) -> Void
  ) {
    if language == .english {
      bytes.append(contentsOf: currency.code.utf8)
      StatementFormat.appendBlank(to: &bytes)
    }
    append(&bytes)
    if language == .korean {
      StatementFormat.appendBlank(to: &bytes)
      bytes.append(contentsOf: currency.code.utf8)
    }
  }

  // MARK: Days

  /// `31 October 2026`, `2026년 10월 31일`.
  package func text(_ day: Day) -> String {
    let (year, month, date) = day.date
    return switch language {
    case .english: "\(date) \(StatementFormat.months[month - 1]) \(year)"
    case .korean: "\(year)년 \(month)월 \(date)일"
    }
  }

  /// `31 Oct 2026`, `2026. 10. 31.`, for tables; blanks that do not break.
  package func appendShort(_ day: Day, to bytes: inout [UInt8]) {
    let (year, month, date) = day.date
    switch language {
    case .english:
      AmountText.appendInteger(UInt64(date), to: &bytes)
      StatementFormat.appendBlank(to: &bytes)
      bytes.append(contentsOf: StatementFormat.months[month - 1].utf8.prefix(3))
      StatementFormat.appendBlank(to: &bytes)
      AmountText.appendInteger(UInt64(year), to: &bytes)
    case .korean:
      for (position, number) in [year, month, date].enumerated() {
        if position > 0 { StatementFormat.appendBlank(to: &bytes) }
        AmountText.appendInteger(UInt64(number), to: &bytes)
        bytes.append(0x2E)
      }
    }
  }

  package func short(_ day: Day) -> String { made { appendShort(day, to: &$0) } }

  /// `October 2026`, `2026년 10월`.
  package func text(_ period: Period) -> String {
    switch language {
    case .english: "\(StatementFormat.months[period.month - 1]) \(period.year)"
    case .korean: "\(period.year)년 \(period.month)월"
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  // MARK: Bytes

  private func made(_ append: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    append(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func appendBlank(to bytes: inout [UInt8]) {
    bytes.append(0xC2)
    bytes.append(0xA0)
  }

  /// Groups the digits before the point of a plain decimal, and makes a minus sign of its hyphen.
  private static func dress(_ bytes: inout [UInt8], from start: Int) {
    var first = start
    if bytes[start] == 0x2D {
      bytes.replaceSubrange(start...start, with: [0xE2, 0x88, 0x92])
      first += 3
    }
    let end = bytes[first...].firstIndex(of: 0x2E) ?? bytes.count
    var position = end - 3
    while position > first {
      bytes.insert(0x2C, at: position)
      position -= 3
    }
  }
}
