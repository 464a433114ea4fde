import ByteStreams

/// Ids of which some come more often than rows can be held at once, while their rows are gone through
/// one by one: of each id only the row that counts is kept.
struct CrowdedIds {
  /// All ids of new rows.
  private var ids: Set<Hash128> = []
  /// Those of which something refers to another earning.
  private var entangled: Set<Hash128> = []
  /// All that is known of them from before the new rows, in the order in which it was taken in.
  private(set) var known: [KnownEarning] = []

  mutating func add(new entry: KnownEarning) {
    ids.insert(entry.id)
    if entry.key.kind != .row { entangled.insert(entry.id) }
  }

  mutating func add(known entry: KnownEarning) {
    known.append(entry)
    if entry.key.kind != .row { entangled.insert(entry.id) }
  }

  func has(_ id: Hash128) -> Bool { ids.contains(id) }

  /// Whether rows of the id depend on those of other ids, so that they cannot be settled one by one.
  func isEntangled(_ id: Hash128) -> Bool { entangled.contains(id) }

  /// Ascending.
  var sorted: [Hash128] { ids.sorted() }
}
