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
  package let fates: RowFates
  let index: KeyIndex
  /// Where temporary files stand.
  let directory: String
  private var recorder: EarningRecorder
  private let rows: SpillFile
  private let pages: PartnerPages
  private let partnerCount: Int
  /// So many rows are compared at a time, or about.
  let comparedMax: Int
  /// The digests of the rows taken in by this run; those of the feed being recorded come last.
  let known: SpillFile
  private var rowsCheckpoint: SpillCheckpoint
  private var knownCheckpoint: SpillCheckpoint
  /// By partition: how many digests were there before the feed being recorded.
  private(set) var knownBefore = [Int](repeating: 0, count: KnownKey.partitions)
  /// The rows that are taken again; nil while a new feed is recorded.
  private(set) var retaken: Set<UInt32>?
  /// Earnings of earlier feeds that became accepted now, whose followers come along.
  private var newlyAccepted: [FollowedEarning] = []

  /// - Parameters:
  ///   - directory: Where temporary files may stand; they have no name and die with the process.
  ///   - key: A secret of the ledger, so that nobody can make ids that fall together.
  ///   - plans: Without them, programs and levers are compared as they are written.
  ///   - index: Everything taken in by earlier runs.
  ///   - pageBytes: How much of the rows of several partners is held at a time.
  ///   - comparedMax: How many rows are compared at a time.
  /// - Throws: ``FileError``.
  package init(
    directory: String, key: (UInt64, UInt64), plans: Plans?, partnerCount: Int,
    fates: RowFates, index: KeyIndex, pageBytes: Int = 1 << 20,
    comparedMax: Int = 1 << 13
  ) throws(FileError) {
    self.partnerCount = partnerCount
    self.directory = directory
    self.comparedMax = comparedMax
    pages = PartnerPages(directory: directory, pageBytes: pageBytes)
    self.fates = fates
    self.index = index
    rows = try SpillFile(directory: directory, partitions: PartnerPages.partitions)
    known = try SpillFile(directory: directory, partitions: KnownKey.partitions)
    rowsCheckpoint = rows.checkpoint()
    knownCheckpoint = known.checkpoint()
    recorder = EarningRecorder(
      digest: ContentDigest(hash: SipHash128(key0: key.0, key1: key.1), plans: plans),
      firstDay: fates.period.firstDay, partnerCount: partnerCount, rows: rows, known: known)
  }

  /// The feed being recorded.
  package var feed: UInt32 { recorder.feed }
  /// The latest transaction date of its rows that were neither accepted nor rejected.
  package var openDay: Day? { recorder.openDay }
  /// Earlier periods to which recorded rows belong.
  package var earlierMonths: Set<Period> { recorder.earlierMonths }

  // MARK: Feeds of earlier runs

  /// Records a row of a feed taken in by an earlier run, so that it takes part in the period.
  ///
  /// - Parameter terms: What a row that follows another needs to be priced again.
  /// - Throws: ``FileError``.
  package func recordAgain(
    _ batch: EarningBatch, _ row: Int, feed: UInt32, terms: PricingTerms?
  ) throws(FileError) {
    recorder.feed = feed
    recorder.row = UInt32(batch.firstRow + row)
    try recorder.write(batch, row, terms: terms)
  }

  /// Notes that a row of an earlier feed is accepted from now on.
  ///
  /// - Throws: What the ledger throws.
  package func accept(_ key: RowKey, _ batch: EarningBatch, _ row: Int) throws {
    try fates.change(key, to: RowFate(.accepted))
    newlyAccepted.append(
      FollowedEarning(
        id: recorder.digest.id(batch, row, .earningId),
        owner: recorder.digest.owner(batch, row),
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
    recorder.feed = UInt32(feed)
    recorder.row = 0
    recorder.openDay = nil
    retaken = retaking
    rowsCheckpoint = rows.checkpoint()
    knownCheckpoint = known.checkpoint()
    knownBefore = knownCounts
  }

  /// By partition: how many digests there are.
  private var knownCounts: [Int] {
    (0..<KnownKey.partitions).map { known.count($0, of: KnownEarning.self) }
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
    let first = recorder.row
    let ends = try recorder.record(batch, lastDay: lastDay, terms: terms)
    guard retaken != nil else { return fates.append(ends) }
    for (row, fate) in zip(first..., ends) {
      if let fate { fates.retake(row, fate) }
    }
  }

  /// Partners next to each other are in one partition, so that partitions come in their order.
  package func partition(ofPartner partner: Int) -> Int {
    recorder.partition(ofPartner: partner)
  }

  /// A spill of one partition for what is only needed while the feed is compared.
  ///
  /// - Throws: ``FileError``.
  func makeSpill() throws(FileError) -> SpillFile {
    try SpillFile(directory: directory, partitions: 1, budgetBytes: 1 << 18)
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
    fates.commit(retaken)
    knownBefore = knownCounts
  }

  /// Forgets the feed.
  package func rollback() {
    rows.rollback(to: rowsCheckpoint)
    known.rollback(to: knownCheckpoint)
    fates.rollback()
  }

  /// Decides where a row of the feed that is being taken in ends.
  func settle(_ row: UInt32, _ bucket: Bucket) {
    fates.settle(row, bucket)
  }

  /// What is to be kept for ever of the rows that this run made known.
  ///
  /// - Throws: ``FileError``; what the ledger throws.
  package func knownKeys(partition: Int) throws -> [KnownKey] {
    var keys: [KnownKey] = []
    keys.reserveCapacity(known.count(partition, of: KnownEarning.self))
    for block in 0..<known.blockCount(partition) {
      for entry in try known.block(block, of: partition, as: KnownEarning.self) {
        if try fates.isKnown(entry.row) { keys.append(entry.key) }
      }
    }
    return keys
  }

  /// Whether this run made anything known.
  ///
  /// - Throws: ``FileError``; what the ledger throws.
  func hasNewKeys() throws -> Bool {
    for partition in 0..<KnownKey.partitions {
      for block in 0..<known.blockCount(partition) {
        for entry in try known.block(block, of: partition, as: KnownEarning.self) {
          if try fates.isKnown(entry.row) { return true }
        }
      }
    }
    return false
  }

  // MARK: Reading back

  /// Calls `body` with all rows, some partners at a time, and with the partners whose rows these
  /// are: all partners, in their order. Pages of no partner have rows that are only to be counted.
  ///
  /// A page is small whatever the number of rows, unless one partner alone has as many that may be on
  /// a statement.
  ///
  /// - Throws: ``FileError``; what `body` throws.
  package func forEachPage(_ body: (EarningPage, Range<Int>) throws -> Void) throws {
    let partitions = PartnerPages.partitions
    for partition in 0..<partitions {
      let lower = PartnerPages.first(partition, of: partitions, partnerCount)
      let upper = PartnerPages.first(partition + 1, of: partitions, partnerCount)
      try pages.forEach(
        rows, partition: partition, partners: lower..<upper, isShown: mayBeShown, body)
    }
  }

  private func mayBeShown(_ record: EarningRecord) throws -> Bool {
    switch try fates.fate(of: RowKey(feed: record.feed, row: record.row)).bucket {
    case .accepted, .ineligible: true
    case .notYetDue, .duplicate, .rejected, nil: false
    }
  }

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
