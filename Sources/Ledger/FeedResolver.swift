import ByteStreams
package import Domain

/// Compares the rows of one feed with everything known (docs/rules.md, "Where a row ends").
///
/// Most ids occur once and are settled partition by partition, each with the few rows of its own
/// id. Ids that a negative row refers to, and such rows themselves, depend on each other across
/// partitions, and are gone through in the order of the rows. Nearly all of them are a ``Tie``: those
/// are spilled and settled one by one, so that however many refunds there are, memory holds one. What
/// is entangled further is collected and settled together.
struct FeedResolver {
  private let books: EarningBooks
  private let reprice: (EarningRecord, PricingTerms, Day) -> Bool
  private var resolution: FeedResolution

  /// What is entangled with more than one other id, by id.
  private var tangled: [KnownEarning] = []
  private var ties: SpillFile?
  /// Whether ties are settled one by one; all together is the oracle in the tests.
  private let separatesTies: Bool

  init(
    books: EarningBooks, findingLimit: Int, separatesTies: Bool = true,
    reprice: @escaping (EarningRecord, PricingTerms, Day) -> Bool
  ) {
    self.books = books
    self.separatesTies = separatesTies
    self.reprice = reprice
    resolution = FeedResolution(
      late: LateFindings(limit: findingLimit, directory: books.directory))
  }

  /// - Throws: ``FileError``; what the ledger throws.
  mutating func resolve() throws -> FeedResolution {
    for partition in 0..<KnownKey.partitions {
      let (parts, runs) = try books.partsToCompare(partition)
      for run in runs {
        if run.count > books.comparedMax {
          try resolveCrowded(partition, run, of: parts)
        } else {
          try resolve(books.entriesToCompare(partition, run, of: parts))
        }
      }
    }
    try resolveTies()
    try resolveTangled()
    resolution.late.sort()
    return resolution
  }

  /// - Parameter entries: All of the ids that they have, by id.
  private mutating func resolve(_ entries: [KnownEarning]) throws {
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

  /// Rows of ids of which some come more often than rows are held at once, as they come. What is
  /// entangled is collected, whatever it takes.
  private mutating func resolveCrowded(
    _ partition: Int, _ run: IdParts.Run, of parts: IdParts
  ) throws {
    let ids = try books.crowdedIds(partition, run, of: parts)
    var live: [Hash128: KnownEarning] = [:]
    var entangled: [KnownEarning] = []
    for entry in ids.known {
      if ids.isEntangled(entry.id) {
        entangled.append(entry)
      } else if try isLive(entry) {
        live[entry.id] = entry
      }
    }
    try books.forEachRecorded(partition, run, of: parts) { entry, isNew in
      guard isNew else { return }
      if ids.isEntangled(entry.id) {
        entangled.append(entry)
      } else if let settled = try settle(
        entry, against: live[entry.id], bucket: entry.key.verdict)
      {
        live[entry.id] = settled
      }
    }
    try resolve(books.inOrder(entangled))
  }

  private mutating func entangle(_ group: ArraySlice<KnownEarning>) throws {
    guard separatesTies else {
      tangled += group
      return
    }
    // Of a follower alone with its id its reference says all.
    if group.count == 1, group.first?.key.kind == .follower { return }
    guard let tie = Tie(group, isNew: books.isNew) else {
      tangled += group
      return
    }
    let spill = try ties ?? books.makeSpill()
    ties = spill
    try spill.append(0, record: tie)
  }

  /// Settles each reference with the one row that it refers to; those whose follower is not alone
  /// with its id go to what is entangled further.
  private mutating func resolveTies() throws {
    guard let ties else { return }
    let ids = tangled
    for number in 0..<ties.blockCount(0) {
      for tie in try ties.block(number, of: 0, as: Tie.self) {
        if Tie.has(ids, tie.reference.key.content) {
          tangled += tie.entries
        } else {
          try resolve(Tangle(tie.entries + [tie.follower], isNew: books.isNew))
        }
      }
    }
  }

  private mutating func resolveTangled() throws {
    guard !tangled.isEmpty else { return }
    tangled.sort { $0.id < $1.id }
    let alone = tangled.filter {
      $0.key.kind == .reference && books.isNew($0) && !Tie.has(tangled, $0.key.content)
    }
    tangled += alone.map { Tie(reference: $0).follower }
    try resolve(Tangle(tangled, isNew: books.isNew))
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

  /// Settles rows and references that depend on each other, and on no others.
  private mutating func resolve(_ tangle: consuming Tangle) throws {
    var ids = tangle.ids
    for entry in tangle.known where try isLive(entry) { ids.setLive(entry) }
    var rest = tangle.references[...]
    for entry in tangle.rows {
      rest = rest.drop { $0.key.row < entry.key.row }
      let reference = rest.first.flatMap { $0.key.row == entry.key.row ? $0 : nil }
      let followed = try reference.flatMap { try followedDay(of: $0, ids) }
      if reference != nil, try !canBePriced(entry, on: followed ?? entry.key.day) { continue }
      let verdict = entry.key.verdict
      let bucket = followed != nil && verdict == .ineligible ? Bucket.accepted : verdict
      guard let settled = try settle(entry, against: ids.live(entry.id), bucket: bucket) else {
        continue
      }
      ids.setLive(settled)
      if let reference {
        ids.add(follower: reference)
        if let followed { resolution.followed.append((entry.row, followed)) }
      }
      if try self.bucket(settled) == .accepted { try takeAlong(settled, &ids) }
    }
  }

  /// The day of the accepted earning of the same partner and program that a row refers to.
  private func followedDay(of reference: KnownEarning, _ ids: EntangledIds) throws -> Day? {
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
  private mutating func takeAlong(
    _ accepted: KnownEarning, _ ids: inout EntangledIds
  ) throws {
    var targets = [FollowedEarning(accepted.key)]
    while let target = targets.popLast() {
      let followers = try ids.followers(of: target.id) { [books] in
        try books.references(to: [target.id])
      }
      for follower in followers
      where try follower.key.owner == target.owner && isLive(follower) {
        resolution.followed.append((follower.row, target.day))
        guard try bucket(follower) == .ineligible else { continue }
        end(follower, .accepted)
        targets.append(FollowedEarning(followerOf: follower.key))
      }
    }
  }
}

extension EarningBooks {
  /// Finds out where the rows of the feed end.
  ///
  /// - Parameters:
  ///   - findingLimit: How many notes are kept.
  ///   - reprice: Whether a row that follows another can be priced by the rates of a day.
  /// - Throws: ``FileError``; what the ledger throws.
  package func resolve(
    findingLimit: Int, reprice: @escaping (EarningRecord, PricingTerms, Day) -> Bool
  ) throws -> FeedResolution {
    var resolver = FeedResolver(
      books: self, findingLimit: findingLimit, reprice: reprice)
    return try resolver.resolve()
  }
}
