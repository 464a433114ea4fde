import ByteStreams
import Domain

/// Compares the rows of one feed with everything known (docs/rules.md, "Where a row ends").
///
/// Most ids occur once and are settled partition by partition, each with the few rows of its own
/// id. Ids that a negative row refers to, and such rows themselves, depend on each other across
/// partitions: those few are collected and gone through in the order of the rows.
struct FeedResolver {
  private let books: EarningBooks
  private let reprice: (EarningRecord, PricingTerms, Day) -> Bool
  private var resolution: FeedResolution

  /// Rows of the feed that are entangled with others.
  private var entangled: [KnownEarning] = []
  /// References of this feed's rows: they count from when their row is read.
  private var references: [KnownEarning] = []
  /// What entangled rows may meet.
  private var ids = EntangledIds()

  init(
    books: EarningBooks, findingLimit: Int,
    reprice: @escaping (EarningRecord, PricingTerms, Day) -> Bool
  ) {
    self.books = books
    self.reprice = reprice
    resolution = FeedResolution(
      late: LateFindings(limit: findingLimit, directory: books.directory))
  }

  /// - Throws: ``FileError``; what the ledger throws.
  mutating func resolve() throws -> FeedResolution {
    for partition in 0..<KnownKey.partitions {
      let entries = try books.entriesToCompare(partition)
      var start = 0
      while start < entries.count {
        var end = start + 1
        while end < entries.count, entries[end].id == entries[start].id { end += 1 }
        // A new row alone with its id stays where it is, which is so for nearly all of them.
        let isAlone = end == start + 1 && entries[start].key.kind == .row
        if !isAlone { try resolveGroup(entries[start..<end]) }
        start = end
      }
    }
    try resolveEntangled()
    resolution.late.sort()
    return resolution
  }

  /// The rows and references of one id, known and new.
  private mutating func resolveGroup(_ group: ArraySlice<KnownEarning>) throws {
    if group.contains(where: { $0.key.kind != .row }) {
      try entangle(group)
      return
    }
    var live: KnownEarning?
    for entry in group {
      if !books.isNew(entry) {
        if try isLive(entry) { live = entry }
      } else if let settled = try settle(entry, against: live, bucket: entry.key.verdict) {
        live = settled
      }
    }
  }

  private mutating func entangle(_ group: ArraySlice<KnownEarning>) throws {
    guard let id = group.first?.id else { return }
    ids.add(id)
    for entry in group {
      let isNew = books.isNew(entry)
      switch (entry.key.kind, isNew) {
      case (.reference, true): references.append(entry)
      case (.reference, false): ids.add(follower: entry)
      case (_, true): entangled.append(entry)
      case (_, false): if try isLive(entry) { ids.setLive(entry) }
      }
    }
  }

  private func bucket(_ entry: KnownEarning) throws -> Bucket {
    if let change = resolution.changes[entry.row] { return change.bucket ?? entry.key.verdict }
    return try books.fates.fate(of: entry.row).bucket ?? entry.key.verdict
  }

  /// Whether a row taken in earlier still counts: it was not replaced.
  private func isLive(_ entry: KnownEarning) throws -> Bool {
    switch try bucket(entry) {
    case .accepted, .ineligible, .notYetDue: true
    case .duplicate, .rejected: false
    }
  }

  /// Settles a row of the feed against the live row of its id.
  ///
  /// - Returns: The row, if it is the live one from now on.
  private mutating func settle(
    _ entry: KnownEarning, against live: KnownEarning?, bucket: Bucket
  ) throws -> KnownEarning? {
    guard let live else {
      end(entry, bucket)
      return entry
    }
    var finding = LateFinding(
      kind: .duplicate, row: entry.key.row, location: entry.location,
      earlier: LateFinding.Place(feed: live.key.feed, line: live.key.line), day: nil)
    if live.key.content == entry.key.content {
      end(entry, .duplicate)
      try resolution.late.add(finding)
      return nil
    }
    if try self.bucket(live) == .accepted {
      finding.kind = .conflict
      end(entry, .rejected)
      try resolution.late.add(finding)
      return nil
    }
    finding.kind = .replaces
    try resolution.late.add(finding)
    end(live, .duplicate)
    end(entry, bucket)
    return entry
  }

  /// Notes where a row ends: of this feed at once, since a rollback forgets all of its rows.
  private mutating func end(_ entry: KnownEarning, _ bucket: Bucket) {
    if books.isNew(entry) {
      books.settle(entry.key.row, bucket)
    } else {
      resolution.changes[entry.row] = RowFate(bucket)
    }
  }

  private mutating func resolveEntangled() throws {
    entangled.sort { $0.key.row < $1.key.row }
    references.sort { $0.key.row < $1.key.row }
    var rest = references[...]
    for entry in entangled {
      rest = rest.drop { $0.key.row < entry.key.row }
      let reference = rest.first.flatMap { $0.key.row == entry.key.row ? $0 : nil }
      let followed = try reference.flatMap { try followedDay(of: $0) }
      if reference != nil, try !canBePriced(entry, on: followed ?? entry.key.day) { continue }
      let verdict = entry.key.verdict
      let bucket = followed != nil && verdict == .ineligible ? Bucket.accepted : verdict
      guard let settled = try settle(entry, against: ids.live(entry.id), bucket: bucket) else {
        continue
      }
      ids.setLive(settled)
      if let reference {
        ids.add(follower: reference)
        if let followed { resolution.followed[entry.row] = followed }
      }
      if try self.bucket(settled) == .accepted { try takeAlong(settled) }
    }
  }

  /// The day of the accepted earning of the same partner and program that a row refers to.
  private func followedDay(of reference: KnownEarning) throws -> Day? {
    guard let target = ids.live(reference.id), try bucket(target) == .accepted,
      target.key.owner == reference.key.owner
    else { return nil }
    return target.key.day
  }

  private mutating func canBePriced(_ entry: KnownEarning, on day: Day) throws -> Bool {
    let page = try books.load(location: entry.location)
    let record = page.record(at: 0)
    guard let terms = page.terms(of: record, at: 0), !reprice(record, terms, day) else {
      return true
    }
    end(entry, .rejected)
    try resolution.late.add(
      LateFinding(
        kind: .pricing, row: entry.key.row, location: entry.location, earlier: nil, day: day))
    return false
  }

  /// An earning was accepted: the rows that take it back follow it, and what follows them.
  private mutating func takeAlong(_ accepted: KnownEarning) throws {
    var targets = [FollowedEarning(accepted.key)]
    while let target = targets.popLast() {
      let followers = try ids.followers(of: target.id) { [books] in
        try books.references(to: [target.id])
      }
      for follower in followers
      where try follower.key.owner == target.owner && isLive(follower) {
        resolution.followed[follower.row] = target.day
        guard try bucket(follower) == .ineligible else { continue }
        end(follower, .accepted)
        targets.append(FollowedEarning(followerOf: follower.key))
      }
    }
  }
}

/// An accepted earning whose followers are looked for.
struct FollowedEarning {
  var id: Hash128
  var owner: UInt64
  var day: Day

  init(id: Hash128, owner: UInt64, day: Day) {
    (self.id, self.owner, self.day) = (id, owner, day)
  }

  init(_ key: KnownKey) {
    (id, owner, day) = (key.id, key.owner, key.day)
  }

  /// The row of a reference, which others may follow in turn.
  init(followerOf reference: KnownKey) {
    (id, owner, day) = (reference.content, reference.owner, reference.day)
  }
}
