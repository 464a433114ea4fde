import ByteStreams
import Domain

/// The reference of a new row to an id that no other row refers to and at most one row has.
///
/// If the new row is alone with its own id, these two rows depend on each other and on no others.
struct Tie: BitwiseCopyable {
  let reference: KnownEarning
  /// The row that it refers to.
  private let target: KnownEarning
  // A whole word, so that there is no gap in the record.
  private let hasTarget: UInt

  /// - Parameter target: The row that it refers to; nil where none is known.
  init(reference: KnownEarning, target: KnownEarning? = nil) {
    self.reference = reference
    self.target = target ?? reference
    hasTarget = target == nil ? 0 : 1
  }

  /// - Parameter group: All rows and references of one id, known and new.
  /// - Returns: Nil if there is more than a tie.
  init?(_ group: ArraySlice<KnownEarning>, isNew: (KnownEarning) -> Bool) {
    guard let reference = group.first(where: { $0.key.kind == .reference }), isNew(reference)
    else { return nil }
    let target = group.first { $0.key.kind == .row }
    guard group.count == (target == nil ? 1 : 2) else { return nil }
    self.init(reference: reference, target: target)
  }

  /// The row that is referred to, if there is one, and the reference.
  var entries: [KnownEarning] { hasTarget == 0 ? [reference] : [target, reference] }

  /// The row that refers, if it is alone with its id: what it says can be compared with no other then,
  /// and its reference says all else.
  var follower: KnownEarning {
    let key = reference.key
    return KnownEarning(
      key: KnownKey(
        id: key.content, content: key.content, owner: key.owner, feed: key.feed, row: key.row,
        line: key.line, day: key.day, kind: .follower, verdict: key.verdict),
      location: reference.location)
  }

  /// Whether one of these, which are in the order of their ids, has an id.
  static func has(_ entries: [KnownEarning], _ id: Hash128) -> Bool {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].id == id
  }
}
