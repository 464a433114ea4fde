import ByteStreams
import CSV
import Domain

/// Reads a feed that has a profile: records → the text columns of batches.
struct ProfileFeedReader: ~Copyable {
  private static let recordsPerBatch = 256

  private let feed: FeedFile
  private let profile: FeedProfile
  private var records: ProfileRecords
  private let fields: ProfileFields
  private let strays: StrayColumns
  private var trailers: ProfileTrailers
  private var leftOut: [Int]
  private var repeats: ProfileRepeats
  private var warnings: [Finding] = []
  private var rows = 0
  /// Whether a row was read before which the feed had to say what it is.
  private var isIdentified = false

  /// Opens a feed and reads its header.
  ///
  /// - Throws: ``FeedRefusal``.
  static func open(
    _ feed: FeedFile, _ profile: FeedProfile
  ) throws(FeedRefusal) -> ProfileFeedReader {
    guard let date = ProfileDate(profile) else {
      throw FeedRefusal(
        Finding(
          .F101, feed: feed.name,
          message: "this machine does not know the time zone of the profile \(profile.name)"))
    }
    let records = try ProfileRecords.open(feed, profile)
    return ProfileFeedReader(feed, profile, records, date)
  }

  private init(
    _ feed: FeedFile, _ profile: FeedProfile, _ records: consuming ProfileRecords,
    _ date: ProfileDate
  ) {
    self.feed = feed
    self.profile = profile
    fields = ProfileFields(records.layout, profile, date)
    strays = StrayColumns(
      records.layout.unused.map { ($0.number, SafeText.shown($0.name)) }, limits: feed.limits)
    leftOut = records.layout.leaveOut.map { _ in 0 }
    trailers = ProfileTrailers(profile, feed)
    trailers.beginSection()
    repeats = ProfileRepeats()
    self.records = records
  }

  /// The feed's own id, once a row was read; a file of rejects has none.
  var feedId: String? {
    guard records.annotations == 0 else { return nil }
    return records.feedId()
  }

  /// The header's layout, for people who want to see how columns are read.
  var layout: ProfileLayout { records.layout }

  /// Reads the next rows.
  ///
  /// - Returns: Whether there were any.
  /// - Throws: ``FeedRefusal``.
  mutating func next(_ batch: inout EarningBatch) throws(FeedRefusal) -> Bool {
    batch.removeAll(firstRow: rows)
    while try records.next(limit: ProfileFeedReader.recordsPerBatch) {
      let count = records.records.index.recordCount
      guard count > 0 else { continue }
      let first = records.records.range(of: 0).lowerBound
      let last = records.records.range(of: count - 1).upperBound
      batch.bytes.removeAll(keepingCapacity: true)
      batch.bytes.append(contentsOf: records.records.buffer[first..<last])
      for record in 0..<count { try take(record, shift: first, &batch) }
      rows += batch.count
      if batch.count > 0 { return true }
    }
    if records.annotations == 0 { try trailers.finish() }
    return false
  }

  private mutating func take(
    _ record: Int, shift: Int, _ batch: inout EarningBatch
  ) throws(FeedRefusal) {
    switch records.kind(record) {
    case .passedOver: break
    case .header: trailers.beginSection()
    case .trailer:
      guard records.annotations == 0 else { return }
      warnings += try trailers.check(records, record)
    case .row:
      if records.annotations == 0 { try trailers.add(records, record) }
      try checkContext(record)
      for (number, rule) in records.layout.leaveOut.enumerated()
      where records.rowHolds(rule.conditions, record) {
        leftOut[number] += 1
        return
      }
      addRow(record, shift: shift, &batch)
    }
  }

  /// Before the first row the feed has to say its id and which part it is, if the profile asks for
  /// them, and it may not say something else later.
  private mutating func checkContext(_ record: Int) throws(FeedRefusal) {
    guard records.annotations == 0 else { return }
    if let type = records.contradiction {
      throw FeedRefusal(
        Finding(
          .F119, feed: feed.name, line: records.records.line(of: record), column: 1,
          message: "the record \(SafeText.shown(type)) comes twice and says different things"))
    }
    guard !isIdentified else { return }
    isIdentified = true
    if profile.parts != nil, records.part() == nil {
      throw FeedRefusal(
        Finding(
          .F119, feed: feed.name, line: records.records.line(of: record), column: 1,
          message: "no record before the rows says which part of how many this is"))
    }
    if profile.feedId != nil, records.feedId() == nil {
      throw FeedRefusal(
        Finding(
          .F103, feed: feed.name, line: records.records.line(of: record), column: 1,
          field: "feedId", message: "no record before the rows has the feed's id"))
    }
  }

  private mutating func addRow(_ record: Int, shift: Int, _ batch: inout EarningBatch) {
    let range = records.records.range(of: record)
    let start = range.lowerBound - shift
    let end = range.upperBound - shift
    let count = batch.bytes.count
    var flags = RowFlags(rawValue: 0)
    if UTF8Check.mayHaveControls(batch.bytes.span.extracting(start..<end)) {
      flags.insert(.suspicious)
    }
    if !hasShape(record) { flags.insert(.malformed) }
    let row = batch.count
    let place = records.place(of: record)
    batch.addRow(place, record: start..<end, flags: flags)
    let known = batch.strays.count
    strays.note(
      row, of: records.records, record: record, first: records.annotations, shift: shift, to: &batch
    )
    fields.fill(row, from: records, record: record, shift: shift, &batch)
    if profile.repeatsEarnings, !flags.contains(.malformed), repeats.isRepeated(batch, row, profile)
    {
      batch.removeLastRow(bytes: count)
      batch.strays.removeLast(batch.strays.count - known)
      return
    }
    if records.isConverted { placeValues(row, place, shift: shift, &batch) }
  }

  private func hasShape(_ record: Int) -> Bool {
    let expected = records.layout.names.count + records.annotations
    let count = records.records.fields(of: record).count
    guard records.isOfRowType(record) else { return false }
    return count == expected || profile.allowsShortRows && count < expected
  }

  /// Writes down where the values of a row stand in a feed whose text was converted, and those of
  /// other columns that are faulty.
  private mutating func placeValues(
    _ row: Int, _ place: Place, shift: Int, _ batch: inout EarningBatch
  ) {
    batch.valuePlaces += repeatElement(ValuePlace(), count: EarningBatch.fieldCount)
    for entry in (row * EarningBatch.fieldCount)..<((row + 1) * EarningBatch.fieldCount) {
      let raw = Int(batch.texts[entry].rawStart)
      guard batch.texts[entry].count > 0 else { continue }
      let at = self.place(raw, in: row, at: place, shift: shift, batch)
      batch.valuePlaces[entry] = ValuePlace(
        line: UInt32(at.line), column: UInt32(at.column), byteOffset: UInt64(at.byteOffset ?? 0))
    }
    for stray in batch.strays.indices.reversed() {
      guard batch.strays[stray].row == Int32(row) else { break }
      batch.strays[stray].place = self.place(
        batch.strays[stray].start, in: row, at: place, shift: shift, batch)
    }
  }

  /// The place of a byte of a row, which itself is at `place`.
  private mutating func place(
    _ raw: Int, in row: Int, at place: Place, shift: Int, _ batch: EarningBatch
  ) -> Place {
    let start = Int(batch.recordStart[row])
    var lineStart = start
    var line = place.line
    for position in start..<raw where batch.bytes[position] == 0x0A {
      (line, lineStart) = (line + 1, position + 1)
    }
    let before = records.width(of: (start + shift)..<(lineStart + shift))
    let column = records.width(of: (lineStart + shift)..<(raw + shift))
    return Place(
      line: line, column: column + 1, byteOffset: (place.byteOffset ?? 0) + before + column)
  }

  /// What is to be said of the feed once it was read.
  func notes() -> [Finding] {
    var notes = warnings
    for (rule, count) in zip(profile.leaveOut, leftOut) where count > 0 {
      notes.append(
        Finding(
          .F118, feed: feed.name,
          message: "\(count) \(count == 1 ? "row is" : "rows are") left out: \(rule.because)"))
    }
    if repeats.count > 0 {
      let rows = repeats.count == 1 ? "1 row that repeats" : "\(repeats.count) rows that repeat"
      notes.append(
        Finding(
          .F118, feed: feed.name,
          message: "left out: \(rows) an earning, which is counted once"))
    }
    if records.annotations > 0, !profile.trailers.isEmpty || profile.parts != nil {
      notes.append(
        Finding(
          .F117, feed: feed.name,
          message: "a file of rejects has no trailers and is no part: neither was looked for"))
    }
    let header = Place(line: 1, column: 1, byteOffset: nil)
    let unused = records.layout.unused.map(\.name).filter { !$0.isEmpty }
    if let note = HeaderMapping.unused(unused, feed, header) { notes.append(note) }
    return notes
  }
}

/// Knows which earnings were read before in the same feed.
///
/// It keeps 32 bytes for each earning: only feeds whose profile says that rows repeat pay for it.
struct ProfileRepeats {
  private var seen: [Hash128: Hash128] = [:]
  private(set) var count = 0

  /// Whether a row says the same of its earning as the first one did.
  ///
  /// Another participant, program or earned amount is no repetition: the ledger then finds the same
  /// id with other content.
  mutating func isRepeated(_ batch: EarningBatch, _ row: Int, _ profile: FeedProfile) -> Bool {
    let id = digest(batch, row, [.earningId])
    var fields: [EarningField] = [
      .participantId, .programName, .lever, .earningType, .earningAmount, .transactionCurrency,
    ]
    // Without an earned amount the transaction is what is paid on.
    if profile[.earningAmount] == nil { fields += [.transactionAmount, .transactionDate] }
    let content = digest(batch, row, fields)
    guard let first = seen[id] else {
      seen[id] = content
      return false
    }
    guard first == content else { return false }
    count += 1
    return true
  }

  private func digest(_ batch: EarningBatch, _ row: Int, _ fields: [EarningField]) -> Hash128 {
    var stream = SipHash128(key0: 0, key1: 0).stream()
    for field in fields {
      stream.append(batch.bytes.span.extracting(batch.range(row, field)))
      // No value has this byte, so that none runs into the next.
      stream.append([0xFF].span)
    }
    return stream.finish()
  }
}
