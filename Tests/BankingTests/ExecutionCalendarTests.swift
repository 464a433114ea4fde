import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("The day on which payments are executed")
struct ExecutionCalendarTests {
  struct Case: Sendable {
    var period = "2026-10"
    var asOf = "2026-10-31"
    var days: Int?
    var cutOff = 1
    var currency = "EUR"
    var expected: String
  }

  @Test(
    "is a business day, not before it is due, nor too near to the close",
    arguments: [
      // 15 November is a Sunday.
      Case(expected: "2026-11-16"),
      Case(days: 17, expected: "2026-11-17"),
      // Due on the last day itself, a Saturday; the file comes on Monday, and is due the day after.
      Case(days: 0, expected: "2026-11-03"),
      Case(days: 0, cutOff: 0, expected: "2026-11-02"),
      // A close that is made late, on a Friday.
      Case(asOf: "2026-11-20", expected: "2026-11-23"),
      Case(asOf: "2026-11-20", cutOff: 3, expected: "2026-11-25"),
      // 25 December is a holiday of all, 28 December one of EUR alone.
      Case(period: "2026-11", asOf: "2026-11-30", days: 25, expected: "2026-12-29"),
      Case(
        period: "2026-11", asOf: "2026-11-30", days: 25, currency: "USD", expected: "2026-12-28"),
    ])
  func days(_ test: Case) throws {
    var terms = PaymentTerms()
    terms.cutOffDays = test.cutOff
    terms.holidays = [try day("2026-12-25")]
    terms.currencyHolidays = [try currency("EUR"): [try day("2026-12-28")]]
    var plan = PlanPayment()
    plan.daysAfterPeriod = test.days
    let calendar = ExecutionCalendar(
      terms, period: try period(test.period), asOf: try day(test.asOf))
    #expect(calendar.executionDate(try currency(test.currency), plan).text == test.expected)
  }

  @Test("a calendar without holidays of the year says so, if it has others")
  func holidays() throws {
    var terms = PaymentTerms()
    let (eur, usd) = (try currency("EUR"), try currency("USD"))
    func lacks(_ day: String, _ code: Currency) throws -> Bool {
      ExecutionCalendar(
        terms, period: try period("2026-12"), asOf: try TestSupport.day("2026-12-31")
      )
      .lacksHolidays(of: try TestSupport.day(day), code)
    }
    #expect(try !lacks("2027-01-15", eur))
    terms.currencyHolidays[eur] = [try day("2026-12-25")]
    #expect(try lacks("2027-01-15", eur))
    #expect(try !lacks("2026-12-15", eur))
    #expect(try !lacks("2027-01-15", usd))
  }

  @Test("weekends may be other days")
  func weekend() throws {
    var terms = PaymentTerms()
    terms.weekend = [.friday, .saturday]
    let calendar = ExecutionCalendar(
      terms, period: try period("2026-10"), asOf: try day("2026-10-31"))
    #expect(calendar.executionDate(try currency("EUR"), PlanPayment()).text == "2026-11-15")
  }
}
