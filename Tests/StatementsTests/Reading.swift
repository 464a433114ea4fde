import Domain
import ExactMoney
import Testing

/// The amount that a test writes as text.
func amount(_ text: String) throws -> ExactAmount {
  try #require(ExactAmount(text), "\(text) is no amount")
}

/// The amount of money that a test writes as text.
func money(_ text: String, _ code: String = "EUR") throws -> Money {
  try #require(try amount(text).exactMoney(currency(code)), "\(text) is no \(code)")
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

/// The records of CSV that a program wrote, without the header; every one ends in CRLF.
func records(_ bytes: [UInt8]) -> [String] {
  let text = String(decoding: bytes, as: UTF8.self)
  let lines = text.components(separatedBy: "\r\n")
  #expect(lines.last == "")
  return Array(lines.dropFirst().dropLast())
}

/// The header of CSV that a program wrote.
func header(_ bytes: [UInt8]) -> String {
  String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")[0]
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
