import ByteStreams
import Domain

/// Compares the rows of one feed with everything known (docs/rules.md, "Where a row ends").
///
/// Most ids occur once and are settled partition by partition, each with the few rows of its own
/// id. Ids that a negative row refers to, and such rows themselves, depend on each other across
/// partitions: those few are collected and gone through in the order of the rows.
struct FeedResolver {
  private let books: EarningBooks
  private let firstOrdinal: UInt32
  private let reprice: (EarningRecord, PricingTerms, Day) -> Bool
  private var resolution: FeedResolution

  /// Rows of the feed that are entangled with others.
  private var entangled: [KnownEarning] = []
  /// The live row of each id that entangled rows may meet.
  private var current: [Hash128: KnownEarning] = [:]
  /// Followers by the id they refer to.
  private var followers: [Hash128: [KnownEarning]] = [:]
  /// Changes of rows of earlier feeds, by ordinal; made only when the feed is committed.
  private var changed: [UInt32: Bucket] = [:]

  init(
    books: EarningBooks, firstOrdinal: UInt32, findingLimit: Int,
    reprice: @escaping (EarningRecord, PricingTerms, Day) -> Bool
  ) {
    self.books = books
    self.firstOrdinal = firstOrdinal
    self.reprice = reprice
    resolution = FeedResolution(late: LateFindings(limit: findingLimit))
  }

  mutating func resolve() throws(FileError) -> FeedResolution {
    for partition in 0..<EarningBooks.idPartitions {
      var entries = try books.known.records(partition, of: KnownEarning.self)
      let fresh = try books.fresh.records(partition, of: KnownEarning.self)
      if fresh.isEmpty, !entries.contains(where: { $0.kind == KnownEarning.reference }) { continue }
      entries += fresh
      entries.sort(by: KnownEarning.precedes)
      var start = 0
      while start < entries.count {
        var end = start + 1
        while end < entries.count, entries[end].id == entries[start].id { end += 1 }
        resolveGroup(entries[start..<end])
        start = end
      }
    }
    try resolveEntangled()
    for (ordinal, bucket) in changed { resolution.fates.append((ordinal, bucket)) }
    resolution.late.sort()
    return resolution
  }

  /// The rows and references of one id.
  private mutating func resolveGroup(_ group: ArraySlice<KnownEarning>) {
    if group.contains(where: { $0.kind != KnownEarning.row }) {
      entangle(group)
      return
    }
    var live: KnownEarning?
    for entry in group {
      if entry.ordinal < firstOrdinal {
        if isLive(entry) { live = entry }
      } else if let settled = settle(entry, against: live, bucket: entry.bucket) {
        live = settled
      }
    }
  }

  private mutating func entangle(_ group: ArraySlice<KnownEarning>) {
    for entry in group {
      if entry.kind == KnownEarning.reference {
        // A reference of this feed counts from when its row is read.
        if entry.ordinal < firstOrdinal {
          followers[entry.id, default: []].append(entry)
        } else {
          pending[entry.ordinal] = entry
        }
      } else if entry.ordinal >= firstOrdinal {
        entangled.append(entry)
      } else if isLive(entry) {
        current[entry.id] = entry
      }
    }
  }

  /// References of this feed's rows, by the row.
  private var pending: [UInt32: KnownEarning] = [:]

  private func bucket(_ entry: KnownEarning) -> Bucket {
    changed[entry.ordinal] ?? books.bucket(of: entry.ordinal) ?? entry.bucket
  }

  /// Whether a row taken in earlier still counts: it was not replaced.
  private func isLive(_ entry: KnownEarning) -> Bool {
    switch bucket(entry) {
    case .accepted, .ineligible, .notYetDue: true
    case .duplicate, .rejected: false
    }
  }

  /// Settles a row of the feed against the live row of its id.
  ///
  /// - Returns: The row, if it is the live one from now on.
  private mutating func settle(
    _ entry: KnownEarning, against live: KnownEarning?, bucket: Bucket
  ) -> KnownEarning? {
    guard let live else {
      end(entry, bucket)
      return entry
    }
    var finding = LateFinding(
      kind: .duplicate, ordinal: entry.ordinal, location: entry.location, earlier: live.location,
      day: nil)
    if live.content == entry.content {
      end(entry, .duplicate)
      resolution.late.add(finding)
      return nil
    }
    if self.bucket(live) == .accepted {
      finding.kind = .conflict
      end(entry, .rejected)
      resolution.late.add(finding)
      return nil
    }
    finding.kind = .replaces
    resolution.late.add(finding)
    end(live, .duplicate)
    end(entry, bucket)
    return entry
  }

  /// Notes where a row ends: of this feed at once, since a rollback forgets all of its rows.
  private mutating func end(_ entry: KnownEarning, _ bucket: Bucket) {
    if entry.ordinal >= firstOrdinal {
      books.settle(entry.ordinal, bucket)
    } else {
      changed[entry.ordinal] = bucket
    }
  }

  private mutating func resolveEntangled() throws(FileError) {
    entangled.sort { $0.ordinal < $1.ordinal }
    for entry in entangled {
      let reference = pending[entry.ordinal]
      let followed = reference.flatMap { followedDay(of: $0) }
      if reference != nil, try !canBePriced(entry, on: followed ?? entry.day) { continue }
      let bucket =
        followed != nil && entry.bucket == .ineligible ? Bucket.accepted : entry.bucket
      guard let settled = settle(entry, against: current[entry.id], bucket: bucket) else {
        continue
      }
      current[entry.id] = settled
      if let reference {
        followers[reference.id, default: []].append(reference)
        if let followed { resolution.followed.append((entry.ordinal, followed)) }
      }
      if self.bucket(settled) == .accepted { takeAlong(settled) }
    }
  }

  /// The day of the accepted earning of the same partner and program that a row refers to.
  private func followedDay(of reference: KnownEarning) -> Day? {
    guard let target = current[reference.id], bucket(target) == .accepted,
      target.partner == reference.partner, target.program == reference.program
    else { return nil }
    return target.day
  }

  private mutating func canBePriced(_ entry: KnownEarning, on day: Day) throws(FileError) -> Bool {
    let page = try books.load(location: entry.location)
    let record = page.record(at: 0)
    guard let terms = page.terms(of: record, at: 0), !reprice(record, terms, day) else {
      return true
    }
    end(entry, .rejected)
    resolution.late.add(
      LateFinding(
        kind: .pricing, ordinal: entry.ordinal, location: entry.location, earlier: nil, day: day))
    return false
  }

  /// An earning was accepted: the rows that take it back follow it, and what follows them.
  private mutating func takeAlong(_ accepted: KnownEarning) {
    var newlyAccepted: [(id: Hash128, day: Day, partner: Int32, program: Int16)] = [
      (accepted.id, accepted.day, accepted.partner, accepted.program)
    ]
    while let target = newlyAccepted.popLast() {
      for follower in followers[target.id] ?? [] where isLive(follower) {
        guard follower.partner == target.partner, follower.program == target.program else {
          continue
        }
        resolution.followed.append((follower.ordinal, target.day))
        guard bucket(follower) == .ineligible else { continue }
        end(follower, .accepted)
        newlyAccepted.append(
          (follower.content, follower.day, follower.partner, follower.program))
      }
    }
  }
}
