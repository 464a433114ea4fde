package import ByteStreams
package import Domain

/// What is kept for ever of a row to recognise its id again: one per known row, and one more per
/// row that refers to another earning, filed under the id of that other.
///
/// It is seven words of eight bytes without a gap, in memory, spilled and in segment files.
package struct KnownKey: Hashable, Sendable, BitwiseCopyable {
  /// Why it is filed under its id; the raw values are kept in files and never change.
  package enum Kind: UInt8, Sendable, CaseIterable {
    case row = 0
    /// A row that refers to another earning.
    case follower = 1
    /// The reference of such a row, under the id it refers to.
    case reference = 2
  }

  /// Digest of the earningId; of a reference, of the relatedEarningId.
  package var id: Hash128
  /// Digest of the content; of a reference, of the follower's own earningId.
  package var content: Hash128
  /// Digest of partner and program.
  package var owner: UInt64
  /// The row's number in the feed.
  package var row: UInt32
  /// The ledger's number of the feed.
  package var feed: UInt32
  /// The line of the feed on which the row begins.
  package var line: UInt32
  /// From the lowest bit on: 24 bits of the day, 4 of the kind, 4 of the bucket.
  private(set) var marks: UInt32

  /// - Precondition: The day is one of ``dayNumbers``.
  package init(
    id: Hash128, content: Hash128, owner: UInt64, feed: UInt32, row: UInt32, line: UInt32,
    day: Day, kind: Kind, verdict: Bucket
  ) {
    precondition(
      KnownKey.dayNumbers.contains(day.number), "the day of a known earning is out of range")
    self.id = id
    self.content = content
    self.owner = owner
    self.row = row
    self.feed = feed
    self.line = line
    marks = UInt32(bitPattern: day.number) & 0xFF_FFFF
    marks |= UInt32(kind.rawValue) << 24 | UInt32(verdict.rawValue) << 28
  }

  /// From a file; nil if there is no such kind or bucket.
  init?(
    id: Hash128, content: Hash128, owner: UInt64, feed: UInt32, row: UInt32, line: UInt32,
    marks: UInt32
  ) {
    guard Kind(rawValue: UInt8(marks >> 24 & 15)) != nil,
      Bucket(rawValue: UInt8(marks >> 28)) != nil
    else { return nil }
    self.id = id
    self.content = content
    self.owner = owner
    self.row = row
    self.feed = feed
    self.line = line
    self.marks = marks
  }

  /// The days that can be kept: those of the years 1 to 9999, and far beyond.
  package static let dayNumbers: ClosedRange<Int32> = -(1 << 23)...(1 << 23) - 1

  package var day: Day {
    // Up to the top and down again, so that the sign comes along.
    Day(number: Int32(bitPattern: marks << 8) >> 8)
  }

  package var kind: Kind {
    Kind(rawValue: UInt8(marks >> 24 & 15)) ?? .row
  }

  /// Where the row ended, as far as it was known when the key was written.
  package var verdict: Bucket {
    get { Bucket(rawValue: UInt8(marks >> 28)) ?? .rejected }
    set { marks = marks & 0xFFF_FFFF | UInt32(newValue.rawValue) << 28 }
  }

  /// How many parts the known keys are divided into, by the first bits of the id.
  package static let partitions = 256

  /// The partition of an id; those of higher ids come later.
  package static func partition(of id: Hash128) -> Int {
    Int(truncatingIfNeeded: id.high >> 56)
  }

  var partition: Int { KnownKey.partition(of: id) }

  /// The order in files: by id, then as the rows were taken in; it leaves nothing open, so that
  /// the same keys always make the same bytes.
  static func precedes(_ left: KnownKey, _ right: KnownKey) -> Bool {
    if left.id.high != right.id.high { return left.id.high < right.id.high }
    if left.id.low != right.id.low { return left.id.low < right.id.low }
    if left.feed != right.feed { return left.feed < right.feed }
    if left.row != right.row { return left.row < right.row }
    if left.marks != right.marks { return left.marks < right.marks }
    if left.line != right.line { return left.line < right.line }
    if left.owner != right.owner { return left.owner < right.owner }
    return left.content < right.content
  }
}
