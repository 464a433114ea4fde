import ByteStreams
import Domain
import Ledger
import Testing

@Suite("Known earnings: writing and merging")
struct KeySegmentWriterTests {
  private static func randomKeys(_ count: Int, feed: UInt32, seed: UInt64) -> [KnownKey] {
    var generator = KeySegmentGenerator(seed: seed)
    return (0..<count).map { row in
      // Some ids are in several segments.
      let shared = row % 7 == 0
      let high =
        shared
        ? UInt64(row) &* 0x9E37_79B9_7F4A_7C15 : .random(in: .min ... .max, using: &generator)
      return KnownKey(Hash128(high: high, low: 1), row: UInt32(row), feed: feed)
    }
  }

  @Test("the same keys make the same bytes, and the digest is that of the file")
  func deterministic() throws {
    let fixture = try KeySegmentFixture()
    var generator = KeySegmentGenerator(seed: 3)
    let ids = (0..<300).map { Hash128(high: $0 << 55, low: 0) }
    let keys = (ids + ids + ids).map { id in
      // Rows of the same number: only the other details tell such keys apart.
      KnownKey.random(id, row: .random(in: 0...1, using: &generator), using: &generator)
    }
    let first = try fixture.write("a", keys)
    #expect(first.name == "a")
    #expect(first.count == keys.count)
    let (digest, bytes) = try SHA256Digest.ofFile(fixture.path("a"))
    #expect(first.digest == digest)
    #expect(first.bytes == bytes)
    for _ in 0..<5 {
      #expect(try fixture.write("b", keys.shuffled(using: &generator)).digest == digest)
    }
  }

  @Test(
    "56 bytes per key, 8 per block of a partition, 2096 beside them",
    arguments: [
      (0, 0), (1, 1), (256, 1), (257, 2), (10_000, 40),
    ])
  func size(keys: Int, blocks: Int) throws {
    let fixture = try KeySegmentFixture()
    let ids = (0..<keys).map { Hash128(high: 0, low: UInt64($0)) }
    let summary = try fixture.write("a", ids.map { KnownKey($0, row: 0) })
    #expect(summary.bytes == 2096 + 56 * keys + 8 * blocks)
  }

  @Test(
    "merged segments are as if written at once",
    arguments: [
      // No segment at all, empty ones, one, and many of different sizes.
      [], [0], [0, 0], [1], [500], [0, 1, 0], [3000, 10, 1], [20, 20, 20, 20, 20, 20, 20],
    ])
  func merge(sizes: [Int]) throws {
    let fixture = try KeySegmentFixture()
    let parts = sizes.enumerated().map { number, size in
      Self.randomKeys(size, feed: UInt32(number), seed: UInt64(number))
    }
    let index = KeyIndex(try parts.enumerated().map { try fixture.segment("\($0)", $1) })
    let merged = try index.merge(directory: fixture.path, name: "merged", synced: true)
    let atOnce = try fixture.write("at once", Array(parts.joined()))
    #expect(merged.digest == atOnce.digest)
    #expect(merged.count == sizes.reduce(0, +))
    #expect(try fixture.bytes("merged") == fixture.bytes("at once"))
    for key in parts.joined().prefix(50) {
      let found = try KeySegment(fixture.path("merged")).entries(of: key.id)
      #expect(try found == index.entries(of: key.id))
    }
  }

  @Test("a merge may change keys and leave some out")
  func update() throws {
    let fixture = try KeySegmentFixture()
    let keys = Self.randomKeys(400, feed: 1, seed: 9)
    let index = KeyIndex([try fixture.segment("a", keys)])
    let merged = try index.merge(directory: fixture.path, name: "b", synced: false) { key in
      var key = key
      key.verdict = .ineligible
      return key.row % 3 == 0 ? nil : key
    }
    #expect(merged.count == 266)
    let segment = try KeySegment(fixture.path("b"))
    for key in keys {
      let found = try segment.entries(of: key.id)
      #expect(found.map(\.verdict) == (key.row % 3 == 0 ? [] : [.ineligible]))
    }
  }

  @Test("a merge may replace one of its own segments")
  func mergeIntoItself() throws {
    let fixture = try KeySegmentFixture()
    let keys = Self.randomKeys(600, feed: 1, seed: 4)
    let one = try fixture.segment("a", Array(keys[..<300]))
    let other = try fixture.segment("b", Array(keys[300...]))
    let index = KeyIndex([one, other])
    let merged = try index.merge(directory: fixture.path, name: "a", synced: false)
    #expect(merged.count == 600)
    // What was open stays what it was.
    #expect(one.count == 300)
    #expect(try one.entries(of: keys[0].id).count == 1)
  }

  struct Failure: Error {}

  @Test("what fails leaves the old file and nothing else")
  func failure() throws {
    let fixture = try KeySegmentFixture()
    try fixture.write("a", [KnownKey(Hash128(high: 1, low: 1), row: 1)])
    let before = try fixture.bytes("a")
    for partition in [0, 1, 255] {
      #expect(throws: Failure.self) {
        try KeySegmentWriter.write(directory: fixture.path, name: "a", synced: true) {
          if $0 == partition { throw Failure() }
          return [KnownKey(Hash128(high: UInt64($0) << 56, low: 2), row: 2)]
        }
      }
      #expect(try FileSystem.listDirectory(fixture.path) == ["a"])
      #expect(try fixture.bytes("a") == before)
    }
  }

  @Test("what an ended process left is replaced")
  func leftover() throws {
    let fixture = try KeySegmentFixture()
    try fixture.write("a.tmp", bytes: [1, 2, 3])
    try fixture.write("a", [])
    #expect(try FileSystem.listDirectory(fixture.path) == ["a"])
    #expect(try KeySegment(fixture.path("a")).count == 0)
  }

  @Test("no directory, no file")
  func noDirectory() throws {
    let fixture = try KeySegmentFixture()
    #expect(throws: FileError.self) {
      try KeySegmentWriter.write(directory: fixture.path("none"), name: "a", synced: false) { _ in
        []
      }
    }
  }

  @Test("a key of another partition is a programming error")
  func wrongPartition() async {
    await #expect(processExitsWith: .failure) {
      let fixture = try KeySegmentFixture()
      _ = try KeySegmentWriter.write(directory: fixture.path, name: "a", synced: false) { _ in
        [KnownKey(Hash128(high: 0, low: 0), row: 0)]
      }
    }
  }
}
