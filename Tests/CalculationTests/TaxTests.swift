import Calculation
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("Taxes")
struct TaxTests {
  struct Case: Sendable {
    var gross: String
    var salesRate: String
    var withholdingRate: String
    var sales: String
    var withheld: String
    var total: String

    init(
      _ gross: String, _ salesRate: String, _ withholdingRate: String, sales: String,
      withheld: String, total: String
    ) {
      self.gross = gross
      self.salesRate = salesRate
      self.withholdingRate = withholdingRate
      self.sales = sales
      self.withheld = withheld
      self.total = total
    }
  }

  static let cases: [Case] = [
    Case("100.00", "0", "0", sales: "0.00", withheld: "0.00", total: "100.00"),
    // 100.05 × 10% = 10.005, a tie away from zero; 100.05 × 5% = 5.0025.
    Case("100.05", "10%", "5%", sales: "10.01", withheld: "5.00", total: "105.06"),
    Case("100.00", "23%", "0", sales: "23.00", withheld: "0.00", total: "123.00"),
    Case("100.00", "0", "30%", sales: "0.00", withheld: "30.00", total: "70.00"),
    // 0.01 × 49% is less than half a cent, × 50% is half.
    Case("0.01", "0", "49%", sales: "0.00", withheld: "0.00", total: "0.01"),
  ]

  @Test("on the gross amount, each rounded", arguments: cases)
  func taxes(_ row: Case) throws {
    var account = try Account()
    account.taxProfile?.salesTaxRate = try rate(row.salesRate)
    account.taxProfile?.withholdingRate = try rate(row.withholdingRate)
    try account.add(row.gross)
    let settlement = try account.settle()
    #expect(settlement.gross.text == row.gross)
    #expect(settlement.salesTax.text == row.sales)
    #expect(settlement.withheldTax.text == row.withheld)
    #expect(settlement.totalPayment.text == row.total)
    #expect(settlement.closing.isZero)
    #expect(settlement.status == .upcoming)
  }

  @Test("half even, and in a currency without decimals")
  func modes() throws {
    var account = try Account()
    account.rounding = .halfEven
    account.taxProfile?.salesTaxRate = try rate("10%")
    // 10.005 goes to the even 10.00; 10.5 won to 10.
    try account.add("100.05")
    #expect(try account.settle().salesTax.text == "10.00")
    account.lines = []
    try account.pay(in: "KRW")
    try account.add("105", "KRW")
    #expect(try account.settle().salesTax.text == "10")
    account.rounding = .halfAwayFromZero
    #expect(try account.settle().salesTax.text == "11")
  }

  @Test("nothing left after tax is nothing due", arguments: [("100", "100%"), ("0.01", "50%")])
  func nothingLeft(gross: String, withholding: String) throws {
    var account = try Account()
    account.taxProfile?.withholdingRate = try rate(withholding)
    try account.add(gross)
    let settlement = try account.settle()
    #expect(settlement.status == .nothingDue)
    #expect(settlement.totalPayment.isZero)
    #expect(settlement.withheldTax == settlement.gross)
    // The balance is settled all the same.
    #expect(settlement.closing.isZero)
  }

  @Test("none on what is held")
  func held() throws {
    var account = try Account()
    account.taxProfile?.salesTaxRate = try rate("23%")
    account.paymentProfile?.hold = true
    try account.add("100")
    let settlement = try account.settle()
    #expect(settlement.salesTax.isZero && settlement.gross.isZero)
    #expect(settlement.closing.text == "100.00")
  }
}
