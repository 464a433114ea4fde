import ByteStreams
import Domain
import Ledger
import Testing

@Suite("Known earnings: files that are not as they were written")
struct KeySegmentDamageTests {
  /// Keys in three partitions, one of more than a block.
  private static let keys: [KnownKey] =
    (0..<300).map { KnownKey(Hash128(high: 7 << 56 | UInt64($0), low: 0), row: $0) }
    + [
      KnownKey(Hash128(high: 1, low: 1), row: 400), KnownKey(Hash128(high: .max, low: 1), row: 401),
    ]

  private static let headBytes = 16
  private static let tailBytes = 2080

  private func fault(_ body: () throws -> Void) -> KeySegmentFault? {
    do {
      try body()
      return nil
    } catch {
      return error as? KeySegmentFault
    }
  }

  private func isDamage(_ fault: KeySegmentFault?) -> Bool {
    guard case .damaged = fault else { return false }
    return true
  }

  @Test("cut off anywhere")
  func cut() throws {
    let fixture = try KeySegmentFixture()
    try fixture.write("a", Self.keys)
    let bytes = try fixture.bytes("a")
    // Every length near the ends, and every hundredth between, which is in ids, fences, details.
    let ends = Array(0..<200) + Array(bytes.count - Self.tailBytes - 100..<bytes.count)
    for length in ends + Array(stride(from: 200, to: bytes.count, by: 97)) {
      try fixture.write("cut", bytes: Array(bytes.prefix(length)))
      #expect(isDamage(fault { _ = try KeySegment(fixture.path("cut")) }), "\(length)")
    }
  }

  @Test("a changed byte of head or table")
  func changed() throws {
    let fixture = try KeySegmentFixture()
    try fixture.write("a", Self.keys)
    let bytes = try fixture.bytes("a")
    for place in Array(0..<Self.headBytes) + Array(bytes.count - Self.tailBytes..<bytes.count) {
      var changed = bytes
      changed[place] ^= 1 << UInt8(place % 8)
      try fixture.write("changed", bytes: changed)
      let fault = fault { _ = try KeySegment(fixture.path("changed")) }
      switch (place, fault) {
      // The lowest bit of the version makes it 0, any other a newer one.
      case (..<8, .foreign), (8, .damaged), (9..<16, .newer), (16..., .damaged): break
      default: Issue.record("byte \(place): \(String(describing: fault))")
      }
    }
  }

  @Test("bytes behind the end")
  func longer() throws {
    let fixture = try KeySegmentFixture()
    try fixture.write("a", Self.keys)
    let bytes = try fixture.bytes("a")
    for more in [1, 7, 8, 4096] {
      try fixture.write("longer", bytes: bytes + Array(repeating: 0, count: more))
      #expect(isDamage(fault { _ = try KeySegment(fixture.path("longer")) }))
    }
    // The table is whole, but there is too much before it.
    let split = bytes.count - Self.tailBytes
    try fixture.write(
      "longer", bytes: bytes[..<split] + Array(repeating: 0, count: 8) + bytes[split...])
    #expect(isDamage(fault { _ = try KeySegment(fixture.path("longer")) }))
  }

  @Test("something else")
  func foreign() throws {
    let fixture = try KeySegmentFixture()
    let path = fixture.path("x")
    try fixture.write("x", bytes: Array("SQLite format 3\0 and much more".utf8))
    #expect(fault { _ = try KeySegment(path) } == .foreign(path))
    try fixture.write("x", bytes: Array(repeating: 0, count: 100_000))
    #expect(fault { _ = try KeySegment(path) } == .foreign(path))
    guard case .io(let missing) = fault({ _ = try KeySegment(fixture.path("none")) }) else {
      Issue.record("a missing file is found")
      return
    }
    #expect(missing.path == fixture.path("none"))
    guard case .io = fault({ _ = try KeySegment(fixture.path) }) else {
      Issue.record("a directory is a file")
      return
    }
  }

  @Test("a newer version is named")
  func newer() throws {
    let fixture = try KeySegmentFixture()
    try fixture.write("a", Self.keys)
    var bytes = try fixture.bytes("a")
    bytes[8] = 2
    try fixture.write("a", bytes: bytes)
    let path = fixture.path("a")
    let fault = fault { _ = try KeySegment(path) }
    #expect(fault == .newer(path, version: 2))
    #expect(fault?.description.hasSuffix("newer version of payout (file version 2)") == true)
  }

  @Test("cut off after it was opened")
  func cutLater() throws {
    let fixture = try KeySegmentFixture()
    let segment = try fixture.segment("a", Self.keys)
    try fixture.write("a", bytes: [])
    guard case .io(let error) = fault({ _ = try segment.entries(of: Self.keys[0].id) }) else {
      Issue.record("what is not there is read")
      return
    }
    #expect(error.operation == "read")
  }

  @Test("ids that were never written", arguments: [0, 7, 255])
  func zeroes(partition: Int) throws {
    let fixture = try KeySegmentFixture()
    let keys = (0..<600).map { row in
      let high = UInt64(partition) << 56 | UInt64(row + 1)
      return KnownKey(Hash128(high: high, low: 0), row: UInt32(row))
    }
    try fixture.write("a", keys)
    var bytes = try fixture.bytes("a")
    // The second block.
    let start = Self.headBytes + 256 * 16
    bytes.replaceSubrange(start..<start + 4096, with: repeatElement(0, count: 4096))
    try fixture.write("a", bytes: bytes)
    let segment = try KeySegment(fixture.path("a"))
    #expect(isDamage(fault { _ = try segment.matches(partition: partition, ids: keys.map(\.id)) }))
    #expect(isDamage(fault { _ = try segment.entries(partition: partition) }))
  }

  @Test("a kind or a bucket that there is not")
  func marks() throws {
    let fixture = try KeySegmentFixture()
    try fixture.write("a", [Self.keys[0]])
    let bytes = try fixture.bytes("a")
    let place = bytes.count - Self.tailBytes - 1
    for marks in [0x00, 0x03, 0x0F, 0x13, 0x60, 0xFF] as [UInt8] {
      var changed = bytes
      changed[place] = marks
      try fixture.write("a", bytes: changed)
      let segment = try KeySegment(fixture.path("a"))
      #expect(isDamage(fault { _ = try segment.entries(of: Self.keys[0].id) }), "\(marks)")
    }
  }

  @Test(
    "any byte changed: an error or another answer, never a trap", arguments: 0..<4 as Range<UInt64>)
  func mutations(seed: UInt64) throws {
    var generator = KeySegmentGenerator(seed: seed)
    let fixture = try KeySegmentFixture()
    try fixture.write("a", Self.keys)
    let bytes = try fixture.bytes("a")
    let ids = Self.keys.map(\.id).filter { KnownKey.partition(of: $0) == 7 }
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        let place = Int.random(in: Self.headBytes..<bytes.count - Self.tailBytes, using: &generator)
        changed[place] = UInt8.random(in: 0...255, using: &generator)
      }
      try fixture.write("a", bytes: changed)
      let segment = try KeySegment(fixture.path("a"))
      for wanted in [ids, [ids[100]], Array(ids[30..<31])] {
        let found = try? segment.matches(partition: 7, ids: wanted)
        #expect((found ?? []).allSatisfy { wanted.contains($0.id) })
      }
    }
  }
}
