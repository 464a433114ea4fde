import ByteStreams
import Calculation
import Domain
import Feeds
import Ledger
import Workspace

/// A row as it was delivered, found again in its archived feed.
struct DeliveredRow {
  let feed: LedgerFeed
  let key: RowKey
  /// Of the record, in XML of its start tag.
  let place: Place
  /// Of the earningId's value.
  let idPlace: Place
  /// The values that are not empty, as they were delivered.
  let values: [(field: EarningField, text: String)]
  /// The record as it came; nil where its encoding does not let it be shown.
  let record: String?
  /// Where the next row with this id begins in the same feed.
  var nextOffset: Int?
  /// The rows that were read with it.
  fileprivate let batch: EarningBatch
  fileprivate let position: Int

  func text(_ field: EarningField) -> String {
    values.first { $0.field == field }?.text ?? ""
  }
}

/// The rows with one id.
struct EarningRows {
  /// The most that are shown, besides the row that counts.
  private static let shownMax = 20

  private(set) var shown: [DeliveredRow] = []
  /// How many more there are.
  private(set) var leftOut = 0
  /// The row that counts, if one does: it is always shown.
  let counted: RowKey?

  init(counted: RowKey?) {
    self.counted = counted
  }

  /// Adds a row; they come by feed and in their order.
  ///
  /// - Parameter delivered: Asked for what is shown.
  fileprivate mutating func add(
    _ key: RowKey, at offset: Int?, _ delivered: () throws -> DeliveredRow
  ) rethrows {
    if let last = shown.indices.last, shown[last].key.feed == key.feed,
      shown[last].nextOffset == nil
    {
      shown[last].nextOffset = offset
    }
    let others = shown.count - (shown.contains { $0.key == counted } ? 1 : 0)
    if key == counted || others < EarningRows.shownMax {
      shown.append(try delivered())
    } else {
      leftOut += 1
    }
  }
}

/// Finds rows in archived feeds by their earningId.
struct ExplainRows {
  let paths: WorkspacePaths
  let limits: Limits

  /// Adds the rows of a feed that have this earningId, in their order.
  ///
  /// - Throws: ``RunFailure`` if the feed cannot be read.
  func add(_ feed: LedgerFeed, earningId: String, to found: inout EarningRows) throws {
    let id = Array(earningId.utf8)
    let file = try paths.file(of: feed, limits: limits)
    try prove(feed)
    do {
      func take(_ batch: inout EarningBatch) throws {
        for row in 0..<batch.count where ExplainRows.has(id, batch, row) {
          let key = RowKey(feed: feed.number, row: UInt32(batch.firstRow + row))
          try found.add(key, at: batch.place(row).byteOffset) {
            try delivered(batch, row, feed, file)
          }
        }
      }
      _ = try FeedReading.read(file, identify: { _ in }, body: take)
    } catch let refusal as FeedRefusal {
      throw unreadable(file, refusal)
    }
  }

  /// Calls `body` with the earningId of every row of a feed.
  ///
  /// - Throws: As ``add(_:earningId:to:)``.
  func forEachId(of feed: LedgerFeed, _ body: (String) -> Void) throws {
    let file = try paths.file(of: feed, limits: limits)
    try prove(feed)
    do {
      func take(_ batch: inout EarningBatch) {
        for row in 0..<batch.count { body(batch.text(row, .earningId)) }
      }
      _ = try FeedReading.read(file, identify: { _ in }, body: take)
    } catch let refusal as FeedRefusal {
      throw unreadable(file, refusal)
    }
  }

  /// Whose the rows of a feed are that have one of these earningIds.
  ///
  /// - Throws: As ``add(_:earningId:to:)``.
  func participants(
    of feed: LedgerFeed, earningIds: Set<String>
  ) throws -> [String: Set<String>] {
    let file = try paths.file(of: feed, limits: limits)
    var found: [String: Set<String>] = [:]
    try prove(feed)
    do {
      func take(_ batch: inout EarningBatch) {
        for row in 0..<batch.count {
          let id = batch.text(row, .earningId)
          guard earningIds.contains(id) else { continue }
          found[id, default: []].insert(batch.text(row, .participantId))
        }
      }
      _ = try FeedReading.read(file, identify: { _ in }, body: take)
    } catch let refusal as FeedRefusal {
      throw unreadable(file, refusal)
    }
    return found
  }

  private func prove(_ feed: LedgerFeed) throws {
    guard FileSystem.kind(paths.archived(feed)) == .file else {
      throw paths.damaged(
        feed, "it is missing; if a run was ended, payout run finishes it, or else")
    }
    try paths.prove(feed)
  }

  private func unreadable(_ file: FeedFile, _ refusal: FeedRefusal) -> RunFailure {
    RunFailure(
      .inputOutput,
      "the archived feed \(file.path) cannot be read:"
        + " \(refusal.finding.message); if a run was ended, payout run finishes it")
  }

  private static func has(_ id: [UInt8], _ batch: EarningBatch, _ row: Int) -> Bool {
    let range = batch.range(row, .earningId)
    return range.count == id.count && batch.bytes[range].elementsEqual(id)
  }

  private func delivered(
    _ batch: EarningBatch, _ row: Int, _ feed: LedgerFeed, _ file: FeedFile
  ) throws -> DeliveredRow {
    let place = batch.place(row)
    let record = Int(batch.recordStart[row])..<Int(batch.recordEnd[row])
    let isCopied = !file.isXML && !record.isEmpty
    return DeliveredRow(
      feed: feed, key: RowKey(feed: feed.number, row: UInt32(batch.firstRow + row)),
      place: place, idPlace: batch.place(row, .earningId),
      values: EarningField.all.filter { !batch.isEmpty(row, $0) }.map {
        ($0, batch.text(row, $0))
      },
      record: isCopied
        ? String(decoding: batch.bytes[record], as: UTF8.self)
        : try FeedElement.text(of: file, at: place.byteOffset ?? 0),
      batch: batch, position: row)
  }
}

/// A delivered row as registry and plans understand it.
struct DecodedRow {
  let partner: Int
  let program: Int
  let lever: Int
  let earningType: EarningType
  let day: Day
  /// Which entries of the lever's rates match it, whatever the date.
  let terms: PricingTerms
  /// What it earns before tiers and caps.
  let price: RowPrice

  /// - Returns: Nil if registry or plans do not know what the row names.
  init?(
    _ row: DeliveredRow, _ workspace: LoadedWorkspace, _ paths: WorkspacePaths
  ) throws(RunFailure) {
    let file = try paths.file(of: row.feed, limits: workspace.configuration.limits)
    var batch = row.batch
    let position = row.position
    var decoder = RowDecoder(
      feed: file, registry: workspace.registry, plans: workspace.plans)
    var findings = FindingLog(limit: 0)
    decoder.decode(&batch, findings: &findings)
    guard !batch.flags[position].contains(.rejected), batch.levers[position] >= 0,
      batch.partners[position] >= 0
    else { return nil }
    partner = Int(batch.partners[position])
    program = Int(batch.programs[position])
    lever = Int(batch.levers[position])
    earningType = batch.earningTypes[position]
    day = batch.days[position]
    let pricer = RowPricer(
      plans: workspace.plans, rounding: workspace.configuration.rounding)
    terms = pricer.terms(batch, position)
    price = pricer.price(batch, position)
  }
}
