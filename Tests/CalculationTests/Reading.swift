import Domain
import ExactMoney
import Testing

/// The amount that a test writes as text.
func amount(_ text: String) throws -> ExactAmount {
  try #require(ExactAmount(text), "\(text) is no amount")
}

/// The rate that a test writes as text.
func rate(_ text: String) throws -> ExactRate {
  try #require(ExactRate(text), "\(text) is no rate")
}

/// The currency that a test names.
func currency(_ code: String) throws -> Currency {
  try #require(Currency(code), "\(code) is no currency")
}

/// The day that a test writes as text.
func day(_ text: String) throws -> Day {
  try #require(DayText.plainDay(text), "\(text) is no day")
}

/// The period that a test writes as text.
func period(_ text: String) throws -> Period {
  try #require(Period(text), "\(text) is no period")
}
