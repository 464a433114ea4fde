import Domain
import ExactMoney
import TestSupport
import Testing

@testable import Calculation

@Suite("Order of lines")
struct LineOrderTests {
  @Test("of small keys is that of the lines", arguments: 0..<20 as Range<UInt64>)
  func likeSlowTwin(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let lines = (0..<Int.random(in: 0...200, using: &generator)).map { number in
      var record = EarningRecord()
      record.row = UInt32(number)
      record.dayNumber = Int32.random(in: -40...40, using: &generator)
      record.lever = Int16.random(in: 0...2, using: &generator)
      record.typeNumber = UInt8.random(in: 0...4, using: &generator)
      return EarningLine(
        record: record, offset: number, earned: .zero,
        earnedCurrency: Currency(at: UInt8.random(in: 0...2, using: &generator)), rate: nil)
    }
    func idPrecedes(_ left: EarningLine, _ right: EarningLine) -> Bool {
      left.offset > right.offset
    }
    let expected = lines.sorted { LineOrder.precedes($0, $1, idPrecedes) }
    #expect(LineOrder.sorted(lines, idPrecedes).map(\.offset) == expected.map(\.offset))
  }
}
