import ByteStreams
import TestSupport
import Testing

@testable import Ledger

@Suite("Order of digests")
struct DigestOrderTests {
  private struct Entry: Equatable {
    var id: Hash128
    var number: Int

    static func precedes(_ left: Entry, _ right: Entry) -> Bool {
      left.id != right.id ? left.id < right.id : left.number < right.number
    }
  }

  @Test("is that of a comparing sort, however often ids repeat", arguments: 0..<40 as Range<UInt64>)
  func likeSlowTwin(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...3000, using: &generator)
    let ids = (0..<Int.random(in: 1...max(count, 1), using: &generator)).map { number in
      // All of one partition; some differ in their last bits only.
      Hash128(
        high: 0x7F << 56 | UInt64.random(in: 0..<1 << 56, using: &generator) >> (seed % 50),
        low: UInt64(number))
    }
    var entries: [Entry] = []
    for number in 0..<count {
      guard let id = ids.randomElement(using: &generator) else { continue }
      entries.append(Entry(id: id, number: number))
    }
    entries.shuffle(using: &generator)
    let sorted = DigestOrder.sorted(entries, id: \.id, precedes: Entry.precedes)
    #expect(sorted == entries.sorted(by: Entry.precedes))
  }
}
