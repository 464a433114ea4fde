import ByteStreams
import Domain

/// A row as it is compared with all others: what is kept of it for ever, and where its record is
/// while its feed is being taken in.
struct KnownEarning: BitwiseCopyable {
  var key: KnownKey
  /// Where the row's record is spilled; only for rows of feeds taken in by this run.
  var location: UInt64 = 0

  var id: Hash128 { key.id }
  var row: RowKey { RowKey(feed: key.feed, row: key.row) }

  /// By id, then as the rows were taken in.
  static func precedes(_ left: KnownEarning, _ right: KnownEarning) -> Bool {
    if left.key.id != right.key.id { return left.key.id < right.key.id }
    if left.key.feed != right.key.feed { return left.key.feed < right.key.feed }
    if left.key.row != right.key.row { return left.key.row < right.key.row }
    return left.key.kind.rawValue < right.key.kind.rawValue
  }
}
