import Domain
import TestSupport
import Testing

@testable import Ledger

@Suite("Marks of rows")
struct RowMarksTests {
  /// Rows that are nearly all alike, half and half, and all different.
  @Test("are what an array holds", arguments: 0..<6 as Range<UInt64>, [1, 50, 65_536])
  func oracle(seed: UInt64, kinds: Int) throws {
    var generator = SeededGenerator(seed: seed)
    func mark() -> RowMark {
      let isRare = kinds > 1 && Int.random(in: 0..<100, using: &generator) < min(kinds, 100)
      return RowMark(bits: isRare ? UInt16(Int.random(in: 0..<kinds, using: &generator)) : 7)
    }
    var marks = RowMarks()
    var oracle: [RowMark] = []
    let rows = Int.random(in: 0...(4 * RowMarks.chunkRows), using: &generator)
    for _ in 0..<rows {
      let mark = mark()
      marks.append(mark)
      oracle.append(mark)
      guard Int.random(in: 0..<4, using: &generator) == 0 else { continue }
      // Also in chunks that are full.
      let row = Int.random(in: 0..<oracle.count, using: &generator)
      marks[row] = mark
      oracle[row] = mark
    }
    compare(marks, oracle)
    // Many marks become one, so that others are like the rest of their chunk.
    marks.change { RowMark(bits: $0.bits / 4) }
    compare(marks, oracle.map { RowMark(bits: $0.bits / 4) })
    for row in oracle.indices where row % 3 == 0 { marks[row] = RowMark(bits: 1) }
    let changed = oracle.indices.map { RowMark(bits: $0 % 3 == 0 ? 1 : oracle[$0].bits / 4) }
    compare(marks, changed)
  }

  private func compare(_ marks: RowMarks, _ oracle: [RowMark]) {
    #expect(marks.count == oracle.count)
    #expect(oracle.indices.allSatisfy { marks[$0] == oracle[$0] })
    var all: [RowMark] = []
    marks.forEachChunk { all += $0 }
    #expect(all == oracle)
    #expect(
      marks.counts.filter { $0.value > 0 } == oracle.reduce(into: [:]) { $0[$1, default: 0] += 1 })
    var odd: [Int] = []
    marks.forEachRow(
      where: { $0.bits % 2 == 1 },
      do: { row, mark in
        odd.append(row)
        #expect(mark == oracle[row])
      })
    #expect(odd == oracle.indices.filter { oracle[$0].bits % 2 == 1 })
  }
}
