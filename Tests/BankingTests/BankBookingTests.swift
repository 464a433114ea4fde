import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("By what a booking is known again")
struct BankBookingTests {
  @Test(
    "the id of its payment, if it is of one, beside the bank's reference", arguments: ["", "R"])
  func id(reference: String) throws {
    func booking(_ ids: [String]) throws -> BankBooking {
      try BankMatcherTests.booking(
        "100.00", reference: reference, details: ids.map { try BankMatcherTests.detail($0) })
    }
    #expect(try booking(["PAY-A"]).identity == booking(["PAY-A"]).identity)
    #expect(try booking(["PAY-A"]).identity != booking(["PAY-B"]).identity)
    #expect(try booking(["PAY-A", "PAY-B"]).identity == booking([]).identity)
  }

  @Test("never that of another amount, direction, day or reference")
  func others() throws {
    let bookings = try [
      BankMatcherTests.booking("100.00", reference: "R"),
      BankMatcherTests.booking("100.01", reference: "R"),
      BankMatcherTests.booking("100.00", .credit, reference: "R"),
      BankMatcherTests.booking("100.00", day: "2026-11-17", reference: "R"),
      BankMatcherTests.booking("100.00", reference: "S"),
    ]
    #expect(Set(bookings.map(\.identity)).count == bookings.count)
  }

  @Test("the number of an entry in its file is no reference")
  func entryNumber() throws {
    let file = try BankFixture.read(
      BankFixture.statement("053.001.08", [BankFixture.Entry(reference: "")]))
    #expect(file.bookings.map(\.reference) == [""])
  }
}
