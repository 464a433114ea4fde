import TestSupport
import Testing

@testable import Pipeline

/// `status` adds the register up row by row: `verify`'s reading of it, which keeps all rows, is the
/// oracle.
@Suite("The register as status reads it")
struct StatusRegisterTests {
  private static let header =
    "period,participantId,participantName,programName,currency,opening,earned,adjustments,gross,"
    + "salesTax,withheldTax,totalPayment,closing,coopOpening,coop,coopClosing,paymentStatus,"
    + "holdReasons,paymentMethod,paymentId\r\n"

  private func register(_ rows: Int, _ generator: inout SeededGenerator) -> String {
    var text = StatusRegisterTests.header
    for row in 0..<rows {
      let amounts = (0..<VerifyRegister.amounts.count).map { _ in
        "\(Int.random(in: -99_999...99_999, using: &generator)).\(Int.random(in: 10...99, using: &generator))"
      }
      let currency = ["EUR", "USD", "KRW"][Int.random(in: 0..<3, using: &generator)]
      let holds = ["", "", "H501", "H504 H508"][Int.random(in: 0..<4, using: &generator)]
      text += "2026-10,P-\(row),\"Bau \"\"Nord\"\" \(row)\",Direct,\(currency),"
      text += amounts.joined(separator: ",") + ",Upcoming,\(holds),,\r\n"
    }
    return text
  }

  @Test("is what verify reads", arguments: 0..<8 as Range<UInt64>)
  func oracle(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = Array(register(Int(seed) * 7, &generator).utf8)
    let register = try StatusRegister(bytes)
    let oracle = try VerifyRegister(bytes, period: "2026-10")
    let currencies = Dictionary(grouping: oracle.rows.values, by: \.currency)
    #expect(Set(register.sums.map(\.currency)) == Set(currencies.keys))
    #expect(register.sums.count == currencies.count)
    for sum in register.sums {
      let rows = currencies[sum.currency] ?? []
      #expect(sum.balances == rows.count)
      let amounts = VerifyRegister.amounts.indices.map { amount in
        rows.reduce(0) { $0 + $1.amounts[amount] }
      }
      #expect(sum.amounts == amounts)
    }
    let held = oracle.rows.filter { !$0.value.holds.isEmpty }
    #expect(Set(register.held.keys) == Set(held.keys))
    for (key, row) in held {
      let found = try #require(register.held[key])
      #expect(found.codes == row.codes && found.currency == row.currency)
      #expect(found.closing == row.amount("closing"))
    }
  }

  @Test("a register that cannot be read is none", arguments: ["x", "1.2345678", ""])
  func fault(amount: String) throws {
    let amounts = Array(repeating: amount, count: VerifyRegister.amounts.count)
    let row = "2026-10,P,P,Direct,EUR," + amounts.joined(separator: ",") + ",Upcoming,,,\r\n"
    #expect(throws: VerifyTable.Fault.self) {
      try StatusRegister(Array((StatusRegisterTests.header + row).utf8))
    }
  }
}
