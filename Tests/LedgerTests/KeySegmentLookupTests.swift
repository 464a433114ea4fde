import ByteStreams
import Domain
import Ledger
import Testing

@Suite("Known earnings: looking up")
struct KeySegmentLookupTests {
  /// Keys in the order in which a segment gives them, made by hand.
  struct Shape: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let keys: [KnownKey]

    init(_ name: String, _ ids: [(high: UInt64, low: UInt64)]) {
      testDescription = name
      keys = ids.enumerated().map { row, id in
        KnownKey(Hash128(high: id.high, low: id.low), row: UInt32(row))
      }
    }
  }

  private static let top = UInt64(0xAB) << 56

  static let shapes: [Shape] = [
    Shape("no key", []),
    Shape("one key", [(top, 1)]),
    // The ends of what an id can be: the first and the last partition.
    Shape("lowest and highest", [(0, 0), (.max, .max)]),
    // Only the second word tells them apart.
    Shape("one first word", (0..<700).map { (top, $0) }),
    // One id for many rows, over several blocks.
    Shape("one id", (0..<700).map { _ in (top, 5) }),
    // The id of the end of one block is that of the beginning of the next, too.
    Shape("an id across blocks", (0..<600).map { (top, $0 < 255 ? $0 : $0 < 258 ? 255 : $0) }),
    // One key fewer and one more than a block and than what is read at a time.
    Shape("255 keys", (0..<255).map { (top + $0, 0) }),
    Shape("256 keys", (0..<256).map { (top + $0, 0) }),
    Shape("257 keys", (0..<257).map { (top + $0, 0) }),
    Shape("4095 keys", (0..<4095).map { (top + $0, 0) }),
    Shape("4096 keys", (0..<4096).map { (top + $0, 0) }),
    Shape("4097 keys", (0..<4097).map { (top + $0, 0) }),
    Shape("a key in each partition", (0..<256).map { ($0 << 56, 3) }),
    Shape("two neighbouring partitions", [(top, 9), (top + (1 << 56) - 1, 9), (top + 1 << 56, 0)]),
  ]

  @Test("every key is found by its id, one by one and all at once", arguments: shapes)
  func everyKey(shape: Shape) throws {
    let fixture = try KeySegmentFixture()
    let segment = try fixture.segment("a", shape.keys.reversed())
    #expect(segment.count == shape.keys.count)
    let byId = Dictionary(grouping: shape.keys, by: \.id)
    for (id, keys) in byId {
      #expect(try segment.entries(of: id) == keys.sorted { $0.row < $1.row })
      let near = Hash128(high: id.high, low: id.low ^ 1)
      #expect(try segment.entries(of: near).map(\.row) == (byId[near] ?? []).map(\.row))
    }
    for (partition, keys) in Dictionary(grouping: shape.keys, by: { KnownKey.partition(of: $0.id) })
    {
      let sorted = keys.sorted { ($0.id, $0.row) < ($1.id, $1.row) }
      #expect(segment.count(partition: partition) == keys.count)
      #expect(try segment.matches(partition: partition, ids: sorted.map(\.id)) == sorted)
      #expect(try segment.entries(partition: partition) == sorted)
    }
  }

  @Test("nothing is found where nothing is", arguments: shapes)
  func nothing(shape: Shape) throws {
    let fixture = try KeySegmentFixture()
    let segment = try fixture.segment("a", shape.keys)
    let known = Set(shape.keys.map(\.id))
    for partition in 0..<KnownKey.partitions {
      #expect(try segment.matches(partition: partition, ids: []).isEmpty)
      let low = UInt64(partition) << 56
      let strangers = [Hash128(high: low, low: 77_777), Hash128(high: low | 0xFF_FFFF, low: 1)]
      #expect(known.isDisjoint(with: strangers))
      #expect(try segment.matches(partition: partition, ids: strangers).isEmpty)
    }
  }

  @Test(
    "details come back as they were",
    arguments: [
      // The ends of every field.
      (UInt64.max, UInt32.max, Int32(8_388_607), KnownKey.Kind.reference, Bucket.rejected),
      (0, 0, -8_388_608, .row, .accepted),
      // A day before 1970.
      (1, 2, -1, .follower, .notYetDue),
      // The first and the last day there are.
      (3, 4, -719_162, .row, .ineligible),
      (5, 6, 2_932_896, .row, .duplicate),
    ])
  func details(
    word: UInt64, number: UInt32, day: Int32, kind: KnownKey.Kind, verdict: Bucket
  ) throws {
    let key = KnownKey(
      id: Hash128(high: word, low: ~word), content: Hash128(high: ~word, low: word), owner: word,
      feed: number, row: ~number, line: number, day: Day(number: day), kind: kind,
      verdict: verdict)
    let fixture = try KeySegmentFixture()
    let segment = try fixture.segment("a", [key])
    #expect(try segment.entries(of: key.id) == [key])
  }

  /// Ids that often fall together: few first bytes, few second words, many of equal first words.
  private static func randomId(using generator: inout KeySegmentGenerator) -> Hash128 {
    let partition = UInt64.random(in: 0...3, using: &generator) << 56
    let high = UInt64.random(in: 0...400, using: &generator)
    return Hash128(high: partition | high, low: .random(in: 0...2, using: &generator))
  }

  @Test("as a dictionary finds it", arguments: 0..<12 as Range<UInt64>)
  func twin(seed: UInt64) throws {
    var generator = KeySegmentGenerator(seed: seed)
    let fixture = try KeySegmentFixture()
    let parts = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
      let count = [0, 1, 40, 3000].randomElement(using: &generator) ?? 0
      return (0..<count).map { _ in
        KnownKey.random(
          Self.randomId(using: &generator), row: .random(in: .min ... .max, using: &generator),
          using: &generator)
      }
    }
    let index = KeyIndex(try parts.enumerated().map { try fixture.segment("\($0)", $1) })
    let twin = KeySegmentTwin(parts)
    #expect(index.count == parts.joined().count)
    for _ in 0..<8 {
      let count = [1, 2, 5, 100, 2000].randomElement(using: &generator) ?? 1
      let ids = (0..<count).map { _ in Self.randomId(using: &generator) }
      for (partition, ids) in Dictionary(grouping: ids, by: KnownKey.partition) {
        let found = try index.matches(partition: partition, ids: ids.sorted())
        let isSame = found == twin.matches(ids)
        #expect(isSame)
      }
      #expect(try index.entries(of: ids[0]) == twin.matches([ids[0]]))
    }
  }

  /// With ids all over the partition, few lookups read only the blocks where they may be.
  @Test("few ids among many", arguments: 0..<6 as Range<UInt64>)
  func sparse(seed: UInt64) throws {
    var generator = KeySegmentGenerator(seed: seed)
    let fixture = try KeySegmentFixture()
    let keys = (0..<20_000 as Range<UInt32>).map { row in
      let high = UInt64.random(in: 0..<1 << 56, using: &generator) | 5 << 56
      return KnownKey(Hash128(high: high, low: 0), row: row)
    }
    let segment = try fixture.segment("a", keys)
    let twin = KeySegmentTwin([keys])
    for count in [1, 2, 3, 10, 40, 77, 78, 79, 80, 200] {
      let known = (0..<count).compactMap { _ in keys.randomElement(using: &generator)?.id }
      let others = known.map { Hash128(high: $0.high ^ 1, low: 0) }
      let ids = (known + others).shuffled(using: &generator).prefix(count)
      let found = try segment.matches(partition: 5, ids: ids.sorted())
      let isSame = found == twin.matches(Array(ids))
      #expect(isSame)
    }
  }

  @Test("ids of another partition are a programming error")
  func wrongPartition() async {
    await #expect(processExitsWith: .failure) {
      let fixture = try KeySegmentFixture()
      let id = Hash128(high: 0, low: 0)
      _ = try fixture.segment(
        "a", [KnownKey(id, row: 0), KnownKey(Hash128(high: 1 << 56, low: 0), row: 1)]
      )
      .matches(partition: 1, ids: [id])
    }
  }
}
