import Calculation
import Domain
import ExactMoney

/// A sum that is told term by term and must come to what the calculation says.
struct ExplainedSum {
  private(set) var terms: [Explanation.Term] = []
  private var sum: Money

  init(_ currency: Currency) {
    sum = .zero(currency)
  }

  /// Adds a term; `how` is its formula.
  ///
  /// - Throws: ``MoneyError/overflow``.
  mutating func add(_ key: String, _ label: String, how: String? = nil, _ money: Money) throws {
    sum = try sum.plus(money)
    terms.append(term(key, label, how, money, isTotal: false))
  }

  /// Ends the sum, or goes on from it.
  ///
  /// - Throws: ``RunFailure`` with code 65 if the terms do not come to it.
  mutating func total(_ key: String, _ label: String, _ money: Money) throws {
    guard sum == money else {
      throw RunFailure(
        .sumsDisagree,
        "\(label): the terms come to \(sum.text) \(sum.currency.code), not \(money.text)")
    }
    terms.append(term(key, label, typed, money, isTotal: true))
  }

  /// The terms since the last total, as they are typed into a calculator.
  private var typed: String {
    var text = ""
    let start = terms.lastIndex { $0.isTotal } ?? 0
    for term in terms[start...] {
      let isNegative = term.amount.hasPrefix("-")
      if text.isEmpty {
        text = term.amount
      } else {
        text +=
          (isNegative ? " - " : " + ") + (isNegative ? term.amount.dropFirst() : term.amount[...])
      }
    }
    return text
  }

  private func term(
    _ key: String, _ label: String, _ how: String?, _ money: Money, isTotal: Bool
  ) -> Explanation.Term {
    Explanation.Term(
      key: key, label: label, how: how, amount: money.text, currency: money.currency.code,
      isTotal: isTotal)
  }
}

/// Formulas as people write them down.
enum Formula {
  /// A conversion that is rounded once.
  static func conversion(
    _ amount: ExactAmount, _ from: Currency, at rate: ExactRate?, to currency: Currency,
    decimals: Int = 6
  ) -> String {
    let text = amount.text(decimals: decimals)
    guard let rate else {
      return "\(text) \(from.code), and no rate to \(currency.code) yet: counts 0"
    }
    guard from != currency else {
      let isWhole = amount.exactMoney(currency) != nil
      return isWhole ? "" : "round(\(text), \(currency.minorDigits))"
    }
    return "round(\(text) \(from.code) × \(rate.text), \(currency.minorDigits))"
  }

  static func product(_ amount: String, _ rate: ExactRate, decimals: Int) -> String {
    "round(\(amount) × \(rate.text), \(decimals))"
  }

  /// A rate as a percentage, `4.75%`.
  static func percent(_ rate: ExactRate) -> String {
    let (parts, overflow) = rate.parts.multipliedReportingOverflow(by: 100)
    return overflow ? rate.text : ExactRate(parts: parts).text + "%"
  }
}
