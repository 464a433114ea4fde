import ByteStreams
import Domain

/// What is remembered of a row to recognise its id again; one per known row and one more per row
/// that follows another, filed under the id of that other.
struct KnownEarning: BitwiseCopyable {
  /// Digest of the earningId; of a reference, of the relatedEarningId.
  var id: Hash128
  /// Digest of the content; of a reference, of the follower's own earningId.
  var content: Hash128
  /// Where the row's record is spilled.
  var location: UInt64
  var ordinal: UInt32
  var dayNumber: Int32
  var partner: Int32
  var program: Int16
  /// Where the row ends if nothing else is known: a raw ``Bucket``.
  var verdict: UInt8
  var kind: UInt8

  static let row: UInt8 = 0
  /// A row that follows another.
  static let follower: UInt8 = 1
  /// The reference of such a row to the other.
  static let reference: UInt8 = 2

  var day: Day { Day(number: dayNumber) }
  var bucket: Bucket { Bucket(rawValue: verdict) ?? .rejected }

  static func precedes(_ left: KnownEarning, _ right: KnownEarning) -> Bool {
    if left.id != right.id { return left.id < right.id }
    if left.ordinal != right.ordinal { return left.ordinal < right.ordinal }
    return left.kind < right.kind
  }
}
