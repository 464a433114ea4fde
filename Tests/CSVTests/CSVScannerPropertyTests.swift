import CSV
import TestSupport
import Testing

/// The scanner against its slow twin, on texts that nobody would write.
@Suite("Scanner, against the oracle")
struct CSVScannerPropertyTests {
  @Test("short soup", arguments: 0..<8 as Range<UInt64>)
  func shortSoup(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let text = soup(Int.random(in: 0...24, using: &generator), plain: 2, &generator)
      #expect(scan(text) == CSVOracle.scan(text), "\(text)")
    }
  }

  // Longer than a block of marks, and with values and records that span blocks.
  @Test("soup of some blocks", arguments: 0..<8 as Range<UInt64>)
  func blocks(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let plain = Int.random(in: 2...60, using: &generator)
      let text = soup(Int.random(in: 50...300, using: &generator), plain: plain, &generator)
      #expect(scan(text) == CSVOracle.scan(text), "\(text)")
    }
  }

  // Longer than a window; the densest text is one delimiter after the other.
  @Test("soup of some windows", arguments: [1, 4, 40, 400])
  func windows(plain: Int) {
    var generator = SeededGenerator(seed: UInt64(plain))
    for count in [4095, 4096, 4097, 8192, 8200, 20_000] {
      // Few quotes, or a single open one would hide all the rest.
      let text = soup(count, plain: plain, &generator).map { byte in
        byte == 0x22 && !Int.random(in: 0..<50, using: &generator).isMultiple(of: 50) ? 0x61 : byte
      }
      #expect(scan(text) == CSVOracle.scan(text))
    }
    let dense = [UInt8](repeating: 0x2C, count: 20_000)
    #expect(scan(dense) == CSVOracle.scan(dense))
  }

  @Test("every split into two chunks gives the same", arguments: 0..<8 as Range<UInt64>)
  func twoChunks(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let plain = Int.random(in: 1...12, using: &generator)
      let text = soup(Int.random(in: 1...90, using: &generator), plain: plain, &generator)
      let whole = CSVOracle.scan(text)
      for split in 0..<text.count {
        #expect(scan(text, splits: [split]) == whole, "\(text) at \(split)")
      }
    }
  }

  @Test("byte by byte, and record by record", arguments: 0..<8 as Range<UInt64>)
  func smallSteps(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let text = soup(Int.random(in: 1...90, using: &generator), plain: 4, &generator)
      let whole = CSVOracle.scan(text)
      #expect(scan(text, splits: Array(0..<text.count)) == whole, "\(text)")
      for limit in 1...3 {
        #expect(scan(text, recordLimit: limit) == whole, "\(text) in steps of \(limit)")
      }
    }
  }

  @Test(
    "other dialects",
    arguments: [CSVDialect(delimiter: 0x61), CSVDialect(quote: nil), CSVDialect(quote: 0x61)])
  func dialects(dialect: CSVDialect) {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<400 {
      let text = soup(Int.random(in: 0...100, using: &generator), plain: 3, &generator)
      #expect(scan(text, dialect: dialect) == CSVOracle.scan(text, dialect: dialect), "\(text)")
    }
  }

  // The marks are found in words of eight bytes: no byte may be taken for one by its neighbours.
  @Test("every byte value beside every mark", arguments: [0x2C, 0x22, 0x0A, 0x0D] as [UInt8])
  func neighbours(mark: UInt8) {
    for byte in UInt8.min...UInt8.max {
      let text =
        [UInt8](repeating: 0x62, count: 61) + [mark, byte, mark, byte, byte] + [0x62, 0x62]
      #expect(scan(text) == CSVOracle.scan(text), "\(byte)")
      let padded = text + [UInt8](repeating: 0x62, count: 70)
      #expect(scan(padded) == CSVOracle.scan(padded), "\(byte)")
    }
  }

  /// Marks, letters and a letter of two bytes; `plain` letters to one of everything else.
  private func soup(_ count: Int, plain: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    let marks: [[UInt8]] = [[0x2C], [0x22], [0x0D], [0x0A], [0x0D, 0x0A], [0xC3, 0xA9]]
    var text: [UInt8] = []
    while text.count < count {
      let choice = Int.random(in: 0..<(marks.count + plain), using: &generator)
      text += choice < marks.count ? marks[choice] : [0x61]
    }
    return text
  }
}
