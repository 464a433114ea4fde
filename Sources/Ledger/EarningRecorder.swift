import ByteStreams
import Domain

/// Writes rows into the spills of the books: each record by its partner, its digests by its id.
///
/// The books are a class, and every look at a variable of a class is checked for overlapping
/// access; all that changes with every row is in this one value, which is taken once per batch.
struct EarningRecorder: ~Copyable {
  var digest: ContentDigest
  /// The feed being recorded.
  var feed: UInt32 = 0
  /// The next row of it.
  var row: UInt32 = 0
  /// The latest transaction date of its rows that were neither accepted nor rejected.
  var openDay: Day?
  /// Earlier periods to which recorded rows belong.
  private(set) var earlierMonths: Set<Period> = []
  private let firstDay: Day
  private let partnerCount: Int
  /// By partner.
  private let rows: SpillFile
  /// By id.
  private let known: SpillFile
  private var scratch = PackingBuffer()

  init(
    digest: consuming ContentDigest, firstDay: Day, partnerCount: Int, rows: SpillFile,
    known: SpillFile
  ) {
    self.digest = digest
    self.firstDay = firstDay
    self.partnerCount = partnerCount
    self.rows = rows
    self.known = known
  }

  /// Records the rows of a batch; rejected ones only by their fate.
  ///
  /// - Parameters:
  ///   - lastDay: Of the open period; rows of later days are not due yet.
  ///   - terms: What a row that follows another needs to be priced again.
  /// - Returns: Where the rows end, as far as it is known; nil where a row was passed over.
  /// - Throws: ``FileError``.
  mutating func record(
    _ batch: EarningBatch, lastDay: Day, terms: (Int) -> PricingTerms
  ) throws(FileError) -> [RowFate?] {
    var fates: [RowFate?] = []
    fates.reserveCapacity(batch.count)
    for position in 0..<batch.count {
      let flags = batch.flags[position]
      if flags.contains(.passedOver) {
        fates.append(nil)
      } else if flags.contains(.rejected) {
        fates.append(RowFate(.rejected))
      } else {
        let terms = flags.contains(.follows) ? terms(position) : nil
        let (record, location) = try write(batch, position, terms: terms)
        let verdict = EarningRecorder.verdict(record, lastDay: lastDay)
        if verdict != .accepted { openDay = max(openDay ?? record.day, record.day) }
        try note(batch, position, record, verdict, location: location)
        fates.append(RowFate(verdict, record.reasons))
      }
      row += 1
    }
    return fates
  }

  /// Writes a row's record with its texts behind it.
  ///
  /// - Returns: The record, and where it is in the spill.
  /// - Throws: ``FileError``.
  @discardableResult
  mutating func write(
    _ batch: EarningBatch, _ position: Int, terms: PricingTerms?
  ) throws(FileError) -> (record: EarningRecord, location: UInt64) {
    var record = batch.record(position)
    record.row = row
    record.feed = feed
    if record.day < firstDay { earlierMonths.insert(record.day.period) }
    var termsBytes: [UInt8] = []
    if let terms {
      termsBytes = TermsCoding.encode(terms)
      record.termsBytes = UInt32(termsBytes.count)
    }
    scratch.removeAll()
    scratch.append(record)
    let bytes = batch.bytes.span
    // In the order of ``EarningRecord/Text``, written out: a list of them costs more than copying.
    scratch.append(bytes.extracting(batch.range(position, .earningId)))
    scratch.append(bytes.extracting(batch.range(position, .transactionId)))
    scratch.append(bytes.extracting(batch.range(position, .customerName)))
    scratch.append(bytes.extracting(batch.range(position, .productName)))
    scratch.append(bytes.extracting(batch.range(position, .reasonCode)))
    if !termsBytes.isEmpty { scratch.append(termsBytes.span) }
    return (record, try rows.append(partition(ofPartner: Int(record.partner)), scratch))
  }

  /// Partners next to each other are in one partition, so that partitions come in their order.
  func partition(ofPartner partner: Int) -> Int {
    max(partner, 0) * EarningBooks.partnerPartitions / max(partnerCount, 1)
  }

  private static func verdict(_ record: EarningRecord, lastDay: Day) -> Bucket {
    if record.day > lastDay { return .notYetDue }
    return record.reasons.isEmpty ? .accepted : .ineligible
  }

  private mutating func note(
    _ batch: EarningBatch, _ position: Int, _ record: EarningRecord, _ verdict: Bucket,
    location: UInt64
  ) throws(FileError) {
    let follows = record.flags.contains(.follows)
    let id = digest.id(batch, position, .earningId)
    var entry = KnownEarning(
      key: KnownKey(
        id: id, content: digest.content(batch, position), owner: digest.owner(batch, position),
        feed: record.feed, row: record.row, line: record.line, day: record.day,
        kind: follows ? .follower : .row, verdict: verdict),
      location: location)
    try known.append(entry.key.partition, record: entry)
    guard follows else { return }
    entry.key = KnownKey(
      id: digest.id(batch, position, .relatedEarningId), content: id, owner: entry.key.owner,
      feed: record.feed, row: record.row, line: record.line, day: record.day,
      kind: .reference, verdict: verdict)
    try known.append(entry.key.partition, record: entry)
  }
}
