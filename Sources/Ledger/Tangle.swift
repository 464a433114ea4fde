import ByteStreams

/// Rows and references that depend on each other, and on no others: what is settled in the order of
/// the rows.
struct Tangle {
  /// The new rows, in their order.
  private(set) var rows: [KnownEarning] = []
  /// The references of new rows, in the order of these: they count from when their row is read.
  private(set) var references: [KnownEarning] = []
  /// The rows taken in earlier, in their order.
  private(set) var known: [KnownEarning] = []
  /// The ids, and what refers to them from earlier on.
  private(set) var ids = EntangledIds()

  /// - Parameter entries: In any order.
  init(_ entries: [KnownEarning], isNew: (KnownEarning) -> Bool) {
    let entries = entries.sorted(by: KnownEarning.precedes)
    var last: Hash128?
    for entry in entries {
      if entry.id != last { ids.add(entry.id) }
      last = entry.id
      switch (entry.key.kind, isNew(entry)) {
      case (.reference, true): references.append(entry)
      case (.reference, false): ids.add(follower: entry)
      case (_, true): rows.append(entry)
      case (_, false): known.append(entry)
      }
    }
    rows.sort { $0.key.row < $1.key.row }
    references.sort { $0.key.row < $1.key.row }
  }
}
