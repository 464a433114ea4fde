package import Domain
package import ExactMoney

/// A value of a test that cannot be read.
struct UnreadableValue: Error {
  let text: String
  let expected: String
}

private func read<Value>(_ value: Value?, _ text: String, _ expected: String) throws -> Value {
  guard let value else { throw UnreadableValue(text: text, expected: expected) }
  return value
}

/// The amount that a test writes as text.
package func amount(_ text: String) throws -> ExactAmount {
  try read(ExactAmount(text), text, "an amount")
}

/// The amount of money that a test writes as text.
package func money(_ text: String, _ code: String = "EUR") throws -> Money {
  try read(try amount(text).exactMoney(currency(code)), text, "an amount of \(code)")
}

/// The rate that a test writes as text.
package func rate(_ text: String) throws -> ExactRate {
  try read(ExactRate(text), text, "a rate")
}

/// The currency that a test names.
package func currency(_ code: String) throws -> Currency {
  try read(Currency(code), code, "a currency")
}

/// The day that a test writes as text.
package func day(_ text: String) throws -> Day {
  try read(DayText.plainDay(text), text, "a day")
}

/// The period that a test writes as text.
package func period(_ text: String) throws -> Period {
  try read(Period(text), text, "a period")
}
