import Banking
import Domain
import ExactMoney
import TestSupport
import Testing

@Suite("A file for banks in the United States")
struct ACHFileTests {
  private func order(
    _ id: String, _ amount: String, routing: String = Fixture.routingNumber,
    date: String = "2026-11-16"
  ) throws -> PaymentOrder {
    var order = try Fixture.order(id, amount, "USD", iban: "", date: date)
    order.routingNumber = routing
    order.accountNumber = "000123"
    return order
  }

  private func records(_ orders: [PaymentOrder]) throws -> [String] {
    let files = try Fixture.files(orders, Fixture.americanPayer()).files
    let text = try #require(files["transfers-us.ach"])
    #expect(text.hasSuffix("\n"))
    return text.split(separator: "\n").map(String.init)
  }

  private func field(_ record: String, _ from: Int, _ to: Int) -> String {
    String(record.dropFirst(from - 1).prefix(to - from + 1))
  }

  @Test("has every field where the rules want it")
  func fields() throws {
    let records = try records([try order("PAY-0123456789ABCDEF01234567", "1234.56")])
    #expect(records.allSatisfy { $0.utf8.count == 94 })
    #expect(records.count == 10)
    #expect(
      records[0]
        == "101 99000001319900000012610310000A094101First Sample Bank      "
        + "Contoso Payouts Ltd    2026-10 ")
    #expect(
      records[1]
        == "5220Contoso Payouts                     1990000001CCDPAYOUT    2610  "
        + "261116   1990000010000001")
    #expect(
      records[2]
        == "622990000026000123           00001234569ABCDEF01234567Alpha GmbH            "
        + "  1990000010000001")
    #expect(field(records[3], 1, 3) == "705")
    #expect(
      field(records[3], 4, 83).trimmingSuffix { $0 == " " }
        == "REF*TN*PAY-0123456789ABCDEF01234567*2026-10-A\\")
    #expect(field(records[3], 84, 94) == "00010000001")
    #expect(
      records[4]
        == "822000000200990000020000000000000000001234561990000001"
        + "                         990000010000001")
    #expect(
      records[5] == "9000001000001000000020099000002000000000000000000123456"
        + String(repeating: " ", count: 39))
    #expect(records[6...].allSatisfy { $0 == String(repeating: "9", count: 94) })
  }

  @Test("has a batch for each day, and totals over all")
  func batches() throws {
    let records = try records([
      try order("PAY-2", "2.00", date: "2026-11-18"), try order("PAY-1", "1.00"),
      try order("PAY-3", "3.00", date: "2026-11-18"),
    ])
    #expect(records.count == 20)
    let types = records.prefix(12).map { String($0.prefix(1)) }.joined()
    #expect(types == "156785676789")
    // The second batch comes later, its traces go on.
    #expect(field(records[5], 70, 75) == "261118" && field(records[5], 88, 94) == "0000002")
    #expect(field(records[8], 80, 94) == "990000010000003")
    let control = records[11]
    #expect(field(control, 2, 7) == "000002" && field(control, 8, 13) == "000002")
    #expect(field(control, 14, 21) == "00000006")
    #expect(field(control, 44, 55) == "000000000600")
  }

  @Test("keeps the last ten digits of the hash")
  func hash() throws {
    // 99000002 × 102 = 10098000204.
    let orders = try (0..<102).map { try order("PAY-\($0)", "1.00") }
    let control = try #require(try records(orders).last { $0.hasPrefix("9000001") })
    #expect(field(control, 22, 31) == "0098000204")
  }

  @Test("fills its last block, and no more", arguments: 1...12)
  func blocking(payments: Int) throws {
    let records = try records(try (0..<payments).map { try order("PAY-\($0)", "1.00") })
    #expect(records.count % 10 == 0)
    #expect(records.count - (4 + 2 * payments) < 10)
    let control = try #require(records.last { $0.hasPrefix("9000001") })
    #expect(Int(field(control, 8, 13)) == records.count / 10)
  }
}

extension String {
  /// The text without the characters at its end that pass.
  fileprivate func trimmingSuffix(_ passes: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, passes(last) { text.removeLast() }
    return text
  }
}
