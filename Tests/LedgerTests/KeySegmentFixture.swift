import ByteStreams
import Domain
import Glibc
import Ledger

/// A directory of segments for one test, removed with everything in it.
final class KeySegmentFixture {
  let path: String

  init() throws {
    path = "\(P_tmpdir)/payout-keys-\(getpid())-\(UInt64.random(in: .min ... .max))"
    try FileSystem.createDirectory(path)
  }

  deinit {
    try? FileSystem.removeDirectory(path)
  }

  func path(_ name: String) -> String {
    path + "/" + name
  }

  /// Writes keys of any partitions as a segment.
  @discardableResult
  func write(_ name: String, _ keys: [KnownKey]) throws -> KeySegmentSummary {
    let parts = Dictionary(grouping: keys) { KnownKey.partition(of: $0.id) }
    return try KeySegmentWriter.write(directory: path, name: name, synced: false) {
      parts[$0] ?? []
    }
  }

  /// Writes keys as a segment and opens it.
  func segment(_ name: String, _ keys: [KnownKey]) throws -> KeySegment {
    try write(name, keys)
    return try KeySegment(path(name))
  }

  /// Writes the bytes of a file, without the syncing that would take most of the time.
  func write(_ name: String, bytes: [UInt8]) throws {
    let descriptor = unsafe open(path(name), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw FileError(path: path(name), operation: "write", errno: errno)
    }
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try FileSystem.readFile(path(name))
  }
}

/// Random numbers that a seed repeats.
struct KeySegmentGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x2545_F491_4F6C_DD1D &+ 0x1234_5678_9ABC_DEF1
  }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

extension KnownKey {
  /// A key of the row, told from others by `row`.
  init(
    _ id: Hash128, row: UInt32, feed: UInt32 = 1, kind: Kind = .row, verdict: Bucket = .accepted
  ) {
    self.init(
      id: id, content: Hash128(high: ~id.high, low: UInt64(row)), owner: 7, feed: feed, row: row,
      line: row &+ 1, day: Day(number: 20_000), kind: kind, verdict: verdict)
  }

  /// A key of a row with random details.
  static func random(
    _ id: Hash128, row: UInt32, using generator: inout some RandomNumberGenerator
  ) -> KnownKey {
    KnownKey(
      id: id,
      content: Hash128(
        high: .random(in: .min ... .max, using: &generator),
        low: .random(in: .min ... .max, using: &generator)),
      owner: .random(in: .min ... .max, using: &generator),
      feed: .random(in: 0...3, using: &generator), row: row,
      line: .random(in: .min ... .max, using: &generator),
      day: Day(number: .random(in: -800_000...3_000_000, using: &generator)),
      kind: Kind.allCases.randomElement(using: &generator) ?? .row,
      verdict: Bucket.allCases.randomElement(using: &generator) ?? .accepted)
  }
}

/// The slow twin of an index: a dictionary of the keys of each segment by id.
struct KeySegmentTwin {
  private var segments: [[Hash128: [KnownKey]]]

  init(_ segments: [[KnownKey]]) {
    self.segments = segments.map { Dictionary(grouping: $0, by: \.id) }
  }

  /// All keys of the ids, segment by segment, by id and then as the rows were taken in.
  func matches(_ ids: [Hash128]) -> [KnownKey] {
    segments.flatMap { keys in
      Set(ids).sorted().flatMap { id in
        (keys[id] ?? []).sorted { ($0.feed, $0.row) < ($1.feed, $1.row) }
      }
    }
  }
}
