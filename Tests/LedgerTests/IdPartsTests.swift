import ByteStreams
import TestSupport
import Testing

@testable import Ledger

@Suite("Parts of a partition")
struct IdPartsTests {
  @Test("are as many as keep each small", arguments: [(0, 0), (8, 0), (9, 1), (17, 1), (18, 2)])
  func bits(count: Int, bits: Int) {
    #expect(IdParts(count: count, most: 8).bits == bits)
    #expect(IdParts(count: count, most: 8).count == 1 << bits)
  }

  @Test(
    "are gone through in runs of no more than so many elements",
    arguments: [
      ([8], [0..<1]),
      ([0, 0, 5, 0], [2..<3]),
      ([3, 3, 3, 3], [0..<2, 2..<4]),
      ([0, 1_000_000, 0, 2, 0, 2], [1..<2, 3..<6]),
      ([0, 0], []),
    ] as [([Int], [Range<Int>])])
  func runs(counts: [Int], runs: [Range<Int>]) {
    let found = IdParts.runs(of: counts, most: 8)
    #expect(found.map(\.parts) == runs)
    #expect(found.map(\.count) == runs.map { counts[$0].reduce(0, +) })
  }

  @Test("come in the order of the ids, and sort within themselves as the whole does")
  func order() {
    var generator = SeededGenerator(seed: 3)
    let ids = (0..<500).map { _ in
      Hash128(high: generator.next() >> 8 | 0x07 << 56, low: generator.next())
    }
    let parts = IdParts(count: ids.count, most: 20)
    #expect(parts.count == 32)
    var sorted: [Hash128] = []
    for part in 0..<parts.count {
      let own = ids.filter { parts.part(of: $0) == part }
      sorted += DigestOrder.sorted(own, skipping: parts.bits, id: { $0 }, precedes: <)
    }
    #expect(sorted == ids.sorted())
  }
}
