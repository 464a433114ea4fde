package import ByteStreams
package import Domain
import ExactMoney

/// The books of the open period: every row that takes part in it, and where each one ended.
///
/// A feed's rows are recorded batch by batch, then resolved against everything known, and only
/// then committed or rolled back as a whole. Memory holds what a partition needs; the rest is
/// spilled, partitioned once by partner for the calculation and once by earningId to find
/// duplicates, conflicts and replacements.
package final class EarningBooks {
  package static let partnerPartitions = 256
  private static let texts = EarningRecord.Text.allCases

  package let fates: RowFates
  private let index: KeyIndex
  private let partnerCount: Int
  private var digest: ContentDigest
  private let rows: SpillFile
  /// Of the feeds committed so far by this run.
  private let known: SpillFile
  /// Of the feed being recorded.
  private let fresh: SpillFile
  private let emptyFresh: SpillFile.Checkpoint
  private var rowsCheckpoint: SpillFile.Checkpoint
  /// The feed being recorded.
  package private(set) var feed: UInt32 = 0
  private var row: UInt32 = 0
  /// The rows that are taken again; nil while a new feed is recorded.
  private var retaken: Set<UInt32>?
  /// The latest transaction date of its rows that were neither accepted nor rejected.
  package private(set) var openDay: Day?
  /// Earlier periods to which recorded rows belong.
  package private(set) var earlierMonths: Set<Period> = []
  private let firstDay: Day
  private var scratch: [UInt8] = []
  /// Earnings of earlier feeds that became accepted now, whose followers come along.
  private var newlyAccepted: [FollowedEarning] = []

  /// - Parameters:
  ///   - directory: Where temporary files may stand; they have no name and die with the process.
  ///   - key: A secret of the ledger, so that nobody can make ids that fall together.
  ///   - plans: Without them, programs and levers are compared as they are written.
  ///   - index: Everything taken in by earlier runs.
  /// - Throws: ``FileError``.
  package init(
    directory: String, key: (UInt64, UInt64), plans: Plans?, partnerCount: Int,
    fates: RowFates, index: KeyIndex
  ) throws(FileError) {
    self.fates = fates
    self.index = index
    self.partnerCount = partnerCount
    firstDay = fates.period.firstDay
    digest = ContentDigest(hash: SipHash128(key0: key.0, key1: key.1), plans: plans)
    rows = try SpillFile(directory: directory, partitions: EarningBooks.partnerPartitions)
    known = try SpillFile(directory: directory, partitions: KnownKey.partitions)
    fresh = try SpillFile(directory: directory, partitions: KnownKey.partitions)
    rowsCheckpoint = rows.checkpoint()
    emptyFresh = fresh.checkpoint()
  }

  // MARK: Feeds of earlier runs

  /// Records a row of a feed taken in by an earlier run, so that it takes part in the period.
  ///
  /// - Parameter terms: What a row that follows another needs to be priced again.
  /// - Throws: ``FileError``.
  package func recordAgain(
    _ batch: EarningBatch, _ row: Int, feed: UInt32, terms: PricingTerms?
  ) throws(FileError) {
    self.feed = feed
    self.row = UInt32(batch.firstRow + row)
    let record = makeRecord(batch, row, terms: terms)
    try rows.append(partition(ofPartner: Int(record.partner)), bytes: scratch)
  }

  /// Notes that a row of an earlier feed is accepted from now on.
  ///
  /// - Throws: What the ledger throws.
  package func accept(_ key: RowKey, _ batch: EarningBatch, _ row: Int) throws {
    try fates.change(key, to: RowFate(.accepted))
    newlyAccepted.append(
      FollowedEarning(
        id: digest.id(batch, row, .earningId), owner: digest.owner(batch, row),
        day: batch.days[row]))
  }

  /// Lets the rows that take newly accepted earnings back follow them, and what follows these.
  ///
  /// - Throws: ``FileError``; what the ledger throws.
  package func takeFollowersAlong() throws {
    while !newlyAccepted.isEmpty {
      let targets = Dictionary(grouping: newlyAccepted, by: \.id)
      newlyAccepted = []
      for reference in try references(to: Array(targets.keys)) {
        for target in targets[reference.id] ?? [] where target.owner == reference.key.owner {
          try follow(reference, target)
        }
      }
    }
  }

  private func follow(_ reference: KnownEarning, _ target: FollowedEarning) throws {
    let fate = try fates.fate(of: reference.row)
    switch fate.bucket {
    case .ineligible:
      try fates.change(reference.row, to: RowFate(.accepted), following: target.day)
      newlyAccepted.append(FollowedEarning(followerOf: reference.key))
    case .accepted where try fates.isSettled(reference.row): break
    case .accepted, .notYetDue:
      if fates.followedDay(of: reference.row) != target.day {
        try fates.change(reference.row, to: fate, following: target.day)
      }
    default: break
    }
  }

  // MARK: A new feed

  /// Begins to record a feed.
  package func begin(feed: Int) {
    prepare(feed, retaking: nil)
    fates.begin(feed: feed)
  }

  /// Begins to record rejected rows of an earlier feed again, as if they came now.
  ///
  /// - Throws: What the ledger throws.
  package func begin(retaking rows: Set<UInt32>, of feed: Int) throws {
    prepare(feed, retaking: rows)
    try fates.begin(retaking: feed)
  }

  private func prepare(_ feed: Int, retaking: Set<UInt32>?) {
    self.feed = UInt32(feed)
    row = 0
    retaken = retaking
    openDay = nil
    rowsCheckpoint = rows.checkpoint()
    fresh.rollback(to: emptyFresh)
  }

  /// Records the rows of a batch; rejected ones only by their fate.
  ///
  /// - Parameters:
  ///   - lastDay: Of the open period; rows of later days are not due yet.
  ///   - terms: What a row that follows another needs to be priced again.
  /// - Throws: ``FileError``.
  package func record(
    _ batch: EarningBatch, lastDay: Day, terms: (Int) -> PricingTerms
  ) throws(FileError) {
    for position in 0..<batch.count {
      let flags = batch.flags[position]
      if flags.contains(.passedOver) {
        // Another row of the feed is taken again.
      } else if flags.contains(.rejected) {
        enter(RowFate(.rejected))
      } else {
        let follows = flags.contains(.follows)
        let record = makeRecord(batch, position, terms: follows ? terms(position) : nil)
        let verdict = EarningBooks.verdict(record, lastDay: lastDay)
        enter(RowFate(verdict, record.reasons))
        if verdict != .accepted { openDay = max(openDay ?? record.day, record.day) }
        let location = try rows.append(
          partition(ofPartner: Int(record.partner)), bytes: scratch)
        try note(batch, position, record, verdict, location: location)
      }
      row += 1
    }
  }

  private func enter(_ fate: RowFate) {
    if retaken == nil { fates.append(fate) } else { fates.retake(row, fate) }
  }

  private static func verdict(_ record: EarningRecord, lastDay: Day) -> Bucket {
    if record.day > lastDay { return .notYetDue }
    return record.reasons.isEmpty ? .accepted : .ineligible
  }

  private func note(
    _ batch: EarningBatch, _ position: Int, _ record: EarningRecord, _ verdict: Bucket,
    location: UInt64
  ) throws(FileError) {
    let follows = record.flags.contains(.follows)
    let id = digest.id(batch, position, .earningId)
    let owner = digest.owner(batch, position)
    func entry(_ id: Hash128, _ content: Hash128, _ kind: KnownKey.Kind) -> KnownEarning {
      KnownEarning(
        key: KnownKey(
          id: id, content: content, owner: owner, feed: record.feed, row: record.row,
          line: record.line, day: record.day, kind: kind, verdict: verdict),
        location: location)
    }
    try append(entry(id, digest.content(batch, position), follows ? .follower : .row))
    guard follows else { return }
    try append(entry(digest.id(batch, position, .relatedEarningId), id, .reference))
  }

  private func append(_ entry: KnownEarning) throws(FileError) {
    try fresh.append(KnownKey.partition(of: entry.key.id), record: entry)
  }

  /// Partners next to each other are in one partition, so that partitions come in their order.
  package func partition(ofPartner partner: Int) -> Int {
    max(partner, 0) * EarningBooks.partnerPartitions / max(partnerCount, 1)
  }

  private func makeRecord(
    _ batch: EarningBatch, _ position: Int, terms: PricingTerms?
  ) -> EarningRecord {
    var record = EarningRecord(batch, position)
    record.row = row
    record.feed = feed
    if record.day < firstDay { earlierMonths.insert(record.day.period) }
    let termsBytes = terms.map(TermsCoding.encode) ?? []
    record.termsBytes = UInt32(termsBytes.count)
    scratch.removeAll(keepingCapacity: true)
    Packing.append(record, to: &scratch)
    for text in EarningBooks.texts {
      Packing.append(
        batch.bytes.span.extracting(batch.range(position, text.field)), to: &scratch)
    }
    scratch.append(contentsOf: termsBytes)
    return record
  }

  // MARK: Comparing

  /// The new feed's rows and references of a partition with everything known of their ids, by id
  /// and then as the rows were taken in.
  ///
  /// - Throws: ``FileError``; what the index throws.
  func entriesToCompare(_ partition: Int) throws -> [KnownEarning] {
    var entries = try fresh.records(partition, of: KnownEarning.self)
    guard !entries.isEmpty else { return [] }
    entries.sort(by: KnownEarning.precedes)
    var ids: [Hash128] = []
    for entry in entries where ids.last != entry.id { ids.append(entry.id) }
    let found = try knownEntries(partition, ids: ids)
    guard !found.isEmpty else { return entries }
    entries += found
    entries.sort { left, right in
      // What is taken again comes after all that is known, whatever its feed.
      guard retaken != nil, left.id == right.id, isNew(left) != isNew(right) else {
        return KnownEarning.precedes(left, right)
      }
      return isNew(right)
    }
    return entries
  }

  /// Whether a row or reference is one of those that are being recorded.
  func isNew(_ entry: KnownEarning) -> Bool {
    guard entry.key.feed == feed else { return false }
    return retaken?.contains(entry.key.row) ?? true
  }

  /// - Parameter ids: Ascending.
  private func knownEntries(_ partition: Int, ids: [Hash128]) throws -> [KnownEarning] {
    var found = try index.matches(partition: partition, ids: ids).map { KnownEarning(key: $0) }
    let recent = try known.records(partition, of: KnownEarning.self)
    if !recent.isEmpty {
      let wanted = Set(ids)
      found += recent.filter { wanted.contains($0.id) }
    }
    return found
  }

  /// The references of known rows to any of these ids.
  ///
  /// - Throws: ``FileError``; what the index throws.
  func references(to ids: [Hash128]) throws -> [KnownEarning] {
    let parts = Dictionary(grouping: ids, by: KnownKey.partition)
    var found: [KnownEarning] = []
    for (partition, ids) in parts.sorted(by: { $0.key < $1.key }) {
      found += try knownEntries(partition, ids: ids.sorted()).filter {
        $0.key.kind == .reference
      }
    }
    return found.sorted(by: KnownEarning.precedes)
  }

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

  /// Makes the feed's rows known.
  ///
  /// - Throws: ``FileError``; what the ledger throws.
  package func commit(_ resolution: FeedResolution) throws {
    for (key, fate) in resolution.changes { try fates.change(key, to: fate) }
    for row in retaken ?? [] { try fates.finishRetake(row) }
    for (key, day) in resolution.followed where try !fates.isSettled(key) {
      try fates.change(key, to: fates.fate(of: key), following: day)
    }
    for partition in 0..<KnownKey.partitions {
      for entry in try fresh.records(partition, of: KnownEarning.self) {
        guard let bucket = try fates.fate(of: entry.row).bucket, bucket != .rejected,
          bucket != .duplicate
        else { continue }
        try known.append(partition, record: entry)
      }
    }
  }

  /// Forgets the feed.
  package func rollback() {
    rows.rollback(to: rowsCheckpoint)
    fates.rollback()
  }

  /// Decides where a row of the feed that is being taken in ends.
  func settle(_ row: UInt32, _ bucket: Bucket) {
    fates.settle(row, bucket)
  }

  /// What is to be kept for ever of the rows that this run made known.
  ///
  /// - Throws: ``FileError``.
  package func knownKeys(partition: Int) throws(FileError) -> [KnownKey] {
    try known.records(partition, of: KnownEarning.self).map(\.key)
  }

  /// Whether this run made anything known.
  ///
  /// - Throws: ``FileError``.
  func hasNewKeys() throws(FileError) -> Bool {
    for partition in 0..<KnownKey.partitions {
      if try !knownKeys(partition: partition).isEmpty { return true }
    }
    return false
  }

  // MARK: Reading back

  /// The rows of a partition, in the order in which they were recorded.
  ///
  /// - Throws: ``FileError``.
  package func load(partition: Int) throws(FileError) -> EarningPage {
    EarningPage(bytes: try rows.load(partition))
  }

  /// One row.
  ///
  /// - Throws: ``FileError``.
  package func load(location: UInt64) throws(FileError) -> EarningPage {
    let (record, head) = try loadHead(location)
    let trailing = try rows.read(
      at: location + UInt64(MemoryLayout<EarningRecord>.size), count: record.trailingBytes)
    return EarningPage(bytes: head + trailing)
  }

  /// Of one row what is the same for all rows, without its texts.
  ///
  /// - Throws: ``FileError``.
  package func loadRecord(location: UInt64) throws(FileError) -> EarningRecord {
    try loadHead(location).record
  }

  private func loadHead(
    _ location: UInt64
  ) throws(FileError) -> (record: EarningRecord, bytes: [UInt8]) {
    let head = try rows.read(at: location, count: MemoryLayout<EarningRecord>.size)
    return (Packing.load(head.span, at: 0, as: EarningRecord.self), head)
  }
}
