package import ByteStreams
package import Domain
import ExactMoney

/// The rows taken in, on disk beside the ledger, and where each one ended.
///
/// A feed's rows are recorded batch by batch, then resolved against everything known, and only
/// then committed or rolled back as a whole. Memory holds one byte per row and what a partition
/// needs; the rest is spilled, partitioned once by partner for the calculation and once by
/// earningId to find duplicates, conflicts and replacements.
package final class EarningBooks {
  package static let partnerPartitions = 256
  private static let texts = EarningRecord.Text.allCases
  static let idPartitions = 256

  private let partnerCount: Int
  private var digest: ContentDigest
  let rows: SpillFile
  /// Of the feeds committed so far.
  let known: SpillFile
  /// Of the feed being recorded.
  let fresh: SpillFile
  /// By ordinal: a raw ``Bucket``, 0 while undecided.
  private(set) var fates: [UInt8] = []
  /// The day of the earning that a row follows, by ordinal.
  private(set) var followedDays: [UInt32: Day] = [:]

  private var rowsCheckpoint: SpillFile.Checkpoint
  private var firstOrdinal = 0
  private var feed: UInt32 = 0
  private var scratch: [UInt8] = []

  /// - Parameters:
  ///   - plans: Without them, programs and levers are compared as they are written.
  ///   - directory: Where temporary files may stand; they have no name and die with the process.
  ///   - key: A secret of the ledger, so that nobody can make ids that fall together.
  package init(
    directory: String, key: (UInt64, UInt64), plans: Plans?, partnerCount: Int
  ) throws(FileError) {
    self.partnerCount = partnerCount
    digest = ContentDigest(hash: SipHash128(key0: key.0, key1: key.1), plans: plans)
    rows = try SpillFile(directory: directory, partitions: EarningBooks.partnerPartitions)
    known = try SpillFile(directory: directory, partitions: EarningBooks.idPartitions)
    fresh = try SpillFile(directory: directory, partitions: EarningBooks.idPartitions)
    rowsCheckpoint = rows.checkpoint()
  }

  /// Begins to record a feed.
  package func begin(feed: Int) {
    self.feed = UInt32(feed)
    firstOrdinal = fates.count
    rowsCheckpoint = rows.checkpoint()
    fresh.rollback(to: emptyFresh)
  }

  private lazy var emptyFresh = fresh.checkpoint()

  /// Records the rows of a batch; rejected ones only by their fate.
  ///
  /// - Parameters:
  ///   - terms: What a row that follows another needs to be priced again.
  package func record(
    _ batch: EarningBatch, lastDay: Day, terms: (Int) -> PricingTerms
  ) throws(FileError) {
    for row in 0..<batch.count {
      let flags = batch.flags[row]
      if flags.contains(.rejected) {
        fates.append(Bucket.rejected.rawValue)
        continue
      }
      let follows = flags.contains(.follows)
      let record = makeRecord(batch, row, terms: follows ? terms(row) : nil)
      fates.append(0)
      let partition = self.partition(ofPartner: Int(record.partner))
      let location = try rows.append(partition, bytes: scratch)
      try note(batch, row, record, location: location, lastDay: lastDay)
    }
  }

  private func note(
    _ batch: EarningBatch, _ row: Int, _ record: EarningRecord, location: UInt64, lastDay: Day
  ) throws(FileError) {
    let verdict: Bucket =
      record.day > lastDay ? .notYetDue : record.reasons.isEmpty ? .accepted : .ineligible
    let follows = record.flags.contains(.follows)
    let id = digest.id(batch, row, .earningId)
    var entry = KnownEarning(
      id: id, content: digest.content(batch, row), location: location, ordinal: record.ordinal,
      dayNumber: record.dayNumber, partner: record.partner, program: record.program,
      verdict: verdict.rawValue, kind: follows ? KnownEarning.follower : KnownEarning.row)
    try append(entry)
    guard follows else { return }
    entry.content = id
    entry.id = digest.id(batch, row, .relatedEarningId)
    entry.kind = KnownEarning.reference
    try append(entry)
  }

  private func append(_ entry: KnownEarning) throws(FileError) {
    let partition = Int(truncatingIfNeeded: entry.id.high) & (EarningBooks.idPartitions - 1)
    try fresh.append(partition, record: entry)
  }

  /// Partners next to each other are in one partition, so that partitions come in their order.
  package func partition(ofPartner partner: Int) -> Int {
    max(partner, 0) * EarningBooks.partnerPartitions / max(partnerCount, 1)
  }

  private func makeRecord(
    _ batch: EarningBatch, _ row: Int, terms: PricingTerms?
  ) -> EarningRecord {
    var record = EarningRecord()
    record.amountPicos = batch.amounts[row].picos
    record.earnedPicos = batch.earned[row].picos
    record.rateParts = batch.rates[row].parts
    record.ordinal = UInt32(fates.count)
    record.feed = feed
    record.line = batch.lines[row]
    let place = batch.place(row, .earningId)
    record.idLine = UInt32(place.line)
    record.idColumn = UInt32(place.column)
    record.idByteOffset = Int64(place.byteOffset ?? -1)
    record.recordByteOffset = Int64(batch.byteOffsets[row])
    record.recordBytes = batch.recordEnd[row] - batch.recordStart[row]
    record.recordColumn = batch.columns[row]
    record.partner = batch.partners[row]
    record.dayNumber = batch.days[row].number
    record.program = Int16(batch.programs[row])
    record.lever = Int16(batch.levers[row])
    record.typeNumber = batch.earningTypes[row].rawValue
    record.currencyIndex = batch.currencies[row].index
    record.reasonBits = batch.reasons[row].rawValue
    record.flagBits = batch.flags[row].rawValue
    record.earningIdBytes = UInt32(batch.range(row, .earningId).count)
    record.transactionIdBytes = UInt32(batch.range(row, .transactionId).count)
    record.customerNameBytes = UInt32(batch.range(row, .customerName).count)
    record.productNameBytes = UInt32(batch.range(row, .productName).count)
    record.reasonCodeBytes = UInt32(batch.range(row, .reasonCode).count)
    let termsBytes = terms.map(TermsCoding.encode) ?? []
    record.termsBytes = UInt32(termsBytes.count)
    scratch.removeAll(keepingCapacity: true)
    Packing.append(record, to: &scratch)
    for text in EarningBooks.texts {
      scratch.append(contentsOf: batch.bytes[batch.range(row, text.field)])
    }
    scratch.append(contentsOf: termsBytes)
    return record
  }

  /// Finds out where the rows of the feed end.
  ///
  /// - Parameters:
  ///   - findingLimit: How many notes are kept.
  ///   - reprice: Whether a row that follows another can be priced by the rates of a day.
  package func resolve(
    findingLimit: Int, reprice: @escaping (EarningRecord, PricingTerms, Day) -> Bool
  ) throws(FileError) -> FeedResolution {
    var resolver = FeedResolver(
      books: self, firstOrdinal: UInt32(firstOrdinal), findingLimit: findingLimit,
      reprice: reprice)
    return try resolver.resolve()
  }

  /// Makes the feed's rows known.
  package func commit(_ resolution: FeedResolution) throws(FileError) {
    for change in resolution.fates { fates[Int(change.ordinal)] = change.bucket.rawValue }
    for change in resolution.followed { followedDays[change.ordinal] = change.day }
    for partition in 0..<EarningBooks.idPartitions {
      for entry in try fresh.records(partition, of: KnownEarning.self) {
        let bucket = bucket(of: entry.ordinal)
        guard bucket != .rejected, bucket != .duplicate else { continue }
        try known.append(partition, record: entry)
      }
    }
  }

  /// Forgets the feed.
  package func rollback() {
    rows.rollback(to: rowsCheckpoint)
    fates.removeLast(fates.count - firstOrdinal)
  }

  /// Notes where a row of the feed that is being taken in ends.
  func settle(_ ordinal: UInt32, _ bucket: Bucket) {
    fates[Int(ordinal)] = bucket.rawValue
  }

  /// How many rows of its feed come before a row of the feed that is being taken in.
  package func rowNumber(of ordinal: UInt32) -> Int {
    Int(ordinal) - firstOrdinal
  }

  /// Where a row ended, nil while that is open.
  package func bucket(of ordinal: UInt32) -> Bucket? {
    Bucket(rawValue: fates[Int(ordinal)])
  }

  /// The day whose rates count for a row, if it follows an accepted earning.
  package func followedDay(of ordinal: UInt32) -> Day? {
    followedDays[ordinal]
  }

  /// The rows of a partition, in the order in which they were taken in.
  package func load(partition: Int) throws(FileError) -> EarningPage {
    EarningPage(bytes: try rows.load(partition))
  }

  /// One row.
  package func load(location: UInt64) throws(FileError) -> EarningPage {
    let head = try rows.read(at: location, count: MemoryLayout<EarningRecord>.size)
    let record = Packing.load(head.span, at: 0, as: EarningRecord.self)
    let trailing = try rows.read(
      at: location + UInt64(MemoryLayout<EarningRecord>.size), count: record.trailingBytes)
    return EarningPage(bytes: head + trailing)
  }
}
