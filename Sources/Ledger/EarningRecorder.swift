import ByteStreams
import Domain

/// Writes rows into the spills of the books: each record by its partner, its digests by its id.
///
/// Where a record goes to in a spill is memory that nobody has looked at for a while, and the processor
/// waits for it as soon as it has to read what it has just written, or counts a reference. So some rows
/// are put together first, ``heldMax`` of them, and then all are copied one after the other. For the
/// same reason records are not handed about: to read one in other pieces than it was written in waits.
///
/// The books are a class, and every look at a variable of a class is checked for overlapping
/// access; all that changes with every row is in this one value, which is taken once per batch.
struct EarningRecorder: ~Copyable {
  /// A digest whose row was put together.
  private struct HeldKey {
    var key: KnownKey
    /// In ``rowsHeld``.
    var row: Int
  }

  private static let heldMax = 64

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
  /// The rows that were put together: their partitions, and where their bytes end in ``scratch``.
  private var rowsHeld: [(partition: Int, end: Int)] = []
  private var keysHeld: [HeldKey] = []
  private var locations: [UInt64] = []

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
        let terms = flags.contains(.follows) ? TermsCoding.encode(terms(position)) : nil
        let (day, reasons) = (batch.days[position], batch.reasons[position])
        let verdict: Bucket =
          day > lastDay ? .notYetDue : reasons.isEmpty ? .accepted : .ineligible
        if verdict != .accepted { openDay = max(openDay ?? day, day) }
        hold(batch, position, terms: terms)
        holdKeys(batch, position, verdict)
        fates.append(RowFate(verdict, reasons))
      }
      row += 1
      if rowsHeld.count == EarningRecorder.heldMax { try writeHeld() }
    }
    try writeHeld()
    return fates
  }

  /// Records a row without its digests, which are known already.
  ///
  /// - Throws: ``FileError``.
  mutating func write(
    _ batch: EarningBatch, _ position: Int, terms: PricingTerms?
  ) throws(FileError) {
    hold(batch, position, terms: terms.map { TermsCoding.encode($0) })
    try writeHeld()
  }

  /// Puts a row's record together with its texts behind it.
  private mutating func hold(_ batch: EarningBatch, _ position: Int, terms: [UInt8]?) {
    var record = batch.record(position)
    record.row = row
    record.feed = feed
    record.termsBytes = UInt32(terms?.count ?? 0)
    if record.day < firstDay { earlierMonths.insert(record.day.period) }
    scratch.append(record)
    let bytes = batch.bytes.span
    // In the order of ``EarningRecord/Text``, written out: a list of them costs more than copying.
    scratch.append(bytes.extracting(batch.range(position, .earningId)))
    scratch.append(bytes.extracting(batch.range(position, .transactionId)))
    scratch.append(bytes.extracting(batch.range(position, .customerName)))
    scratch.append(bytes.extracting(batch.range(position, .productName)))
    scratch.append(bytes.extracting(batch.range(position, .reasonCode)))
    if let terms { scratch.append(terms.span) }
    rowsHeld.append(
      (partition(ofPartner: Int(batch.partners[position])), scratch.count))
  }

  /// Puts together what makes a row known, and what it refers to.
  private mutating func holdKeys(_ batch: EarningBatch, _ position: Int, _ verdict: Bucket) {
    let follows = batch.flags[position].contains(.follows)
    let id = digest.id(batch, position, .earningId)
    let owner = digest.owner(batch, position)
    let key = KnownKey(
      id: id, content: digest.content(batch, position), owner: owner, feed: feed, row: row,
      line: batch.lines[position], day: batch.days[position], kind: follows ? .follower : .row,
      verdict: verdict)
    keysHeld.append(HeldKey(key: key, row: rowsHeld.count - 1))
    guard follows else { return }
    let reference = KnownKey(
      id: digest.id(batch, position, .relatedEarningId), content: id, owner: owner, feed: feed,
      row: row, line: batch.lines[position], day: batch.days[position], kind: .reference,
      verdict: verdict)
    keysHeld.append(HeldKey(key: reference, row: rowsHeld.count - 1))
  }

  /// Copies what was put together to the spills.
  private mutating func writeHeld() throws(FileError) {
    let known = known
    try rows.append(rowsHeld, of: scratch, locations: &locations)
    for held in keysHeld {
      let entry = KnownEarning(key: held.key, location: locations[held.row])
      try known.append(held.key.partition, record: entry)
    }
    scratch.removeAll()
    rowsHeld.removeAll(keepingCapacity: true)
    keysHeld.removeAll(keepingCapacity: true)
    locations.removeAll(keepingCapacity: true)
  }

  /// Partners next to each other are in one partition, so that partitions come in their order.
  func partition(ofPartner partner: Int) -> Int {
    max(partner, 0) * PartnerPages.partitions / max(partnerCount, 1)
  }
}
