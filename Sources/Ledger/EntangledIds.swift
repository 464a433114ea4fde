import ByteStreams

/// What is known of the ids that rows which refer to others may meet: the live row of each, and the
/// followers that refer to it.
///
/// One feed may have a hundred thousand of them, so that rows stand in one array, and what belongs to
/// an id is said by their numbers.
struct EntangledIds {
  private struct Entry {
    var id: Hash128
    /// Of the live row; -1 where there is none.
    var live: Int32 = -1
    /// The link to the last follower; -1 where there is none.
    var last: Int32 = -1
  }

  /// A follower, and the link to the one before it.
  private struct Link {
    var row: Int32
    var before: Int32
  }

  /// By id, which is the order in which they come.
  private var entries: [Entry] = []
  private var rows: [KnownEarning] = []
  private var links: [Link] = []
  /// Followers of ids that no row of the feed has or refers to.
  private var others: [Hash128: [KnownEarning]] = [:]

  /// Begins with an id, of which all followers known so far are added then.
  ///
  /// - Precondition: It is higher than those before it.
  mutating func add(_ id: Hash128) {
    precondition(entries.last.map { $0.id < id } ?? true, "ids come in their order")
    entries.append(Entry(id: id))
  }

  /// The live row of an id.
  func live(_ id: Hash128) -> KnownEarning? {
    guard let entry = find(id), entries[entry].live >= 0 else { return nil }
    return rows[Int(entries[entry].live)]
  }

  /// - Precondition: Its id was added.
  mutating func setLive(_ row: KnownEarning) {
    guard let entry = find(row.id) else { preconditionFailure("the id is not known") }
    if entries[entry].live < 0 {
      entries[entry].live = Int32(rows.count)
      rows.append(row)
    } else {
      rows[Int(entries[entry].live)] = row
    }
  }

  /// Adds a row to those that refer to an id.
  ///
  /// - Precondition: The id was added.
  mutating func add(follower: KnownEarning) {
    guard let entry = find(follower.id) else { preconditionFailure("the id is not known") }
    links.append(Link(row: Int32(rows.count), before: entries[entry].last))
    rows.append(follower)
    entries[entry].last = Int32(links.count - 1)
  }

  /// The rows that refer to an id, in any order.
  ///
  /// - Parameter load: Those of an id that was not added; called once for each.
  mutating func followers(
    of id: Hash128, load: () throws -> [KnownEarning]
  ) rethrows -> [KnownEarning] {
    guard let entry = find(id) else {
      if let known = others[id] { return known }
      let found = try load()
      others[id] = found
      return found
    }
    var found: [KnownEarning] = []
    var link = entries[entry].last
    while link >= 0 {
      found.append(rows[Int(links[Int(link)].row)])
      link = links[Int(link)].before
    }
    return found
  }

  private func find(_ id: Hash128) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].id == id ? low : nil
  }
}
