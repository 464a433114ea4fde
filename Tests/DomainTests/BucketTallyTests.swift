import ExactMoney
import TestSupport
import Testing

@testable import Domain

@Suite("Tally of buckets")
struct BucketTallyTests {
  @Test(
    "counts like a dictionary, also where keys share a place", arguments: 0..<10 as Range<UInt64>)
  func likeSlowTwin(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var tally = BucketTally()
    var expected: [BucketTally.Key: BucketTally.Entry] = [:]
    for _ in 0..<5000 {
      let isKnown = Bool.random(using: &generator)
      let key = BucketTally.Key(
        feed: Int.random(in: 1...9, using: &generator),
        currency: isKnown
          ? Currency(at: UInt8.random(in: 0..<UInt8(Currency.count), using: &generator)) : nil,
        bucket: Bucket.allCases.randomElement(using: &generator) ?? .rejected)
      let amount = ExactAmount(picos: Int128(Int.random(in: -999...999, using: &generator)))
      try tally.add(
        feed: key.feed, currency: key.currency, bucket: key.bucket, amount: amount)
      expected[key, default: BucketTally.Entry()].rows += 1
      if isKnown {
        let sum = try (expected[key]?.amount ?? .zero).plus(amount)
        expected[key]?.amount = sum
      }
    }
    var merged = BucketTally()
    try merged.merge(tally)
    #expect(Dictionary(uniqueKeysWithValues: merged.entries.map { ($0.key, $0.value) }) == expected)
    let accepted = expected.reduce(0) { $0 + ($1.key.bucket == .accepted ? $1.value.rows : 0) }
    #expect(tally.rows(.accepted) == accepted)
  }
}
