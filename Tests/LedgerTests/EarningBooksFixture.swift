import ByteStreams
import Domain
import ExactMoney
import Testing

@testable import Ledger

/// A row of a feed, as far as it is compared with others.
struct BooksRow {
  var id: String
  var amount: Int64 = 100
  var day = "2026-10-05"
  var related = ""
  var partner: Int32 = 0
  var reasons: IneligibilityReasons = []
  var isRejected = false
  /// As it is written; all of them mean the same program and lever.
  var programName = "Direct"
  var lever = ""

  init(_ id: String, _ amount: Int64 = 100, _ day: String = "2026-10-05", related: String = "") {
    (self.id, self.amount, self.day, self.related) = (id, amount, day, related)
  }

  func of(partner: Int32) -> BooksRow {
    var row = self
    row.partner = partner
    return row
  }

  var ineligible: BooksRow {
    var row = self
    row.reasons = .agreement
    return row
  }

  var rejected: BooksRow {
    var row = self
    row.isRejected = true
    return row
  }

  func written(_ programName: String, _ lever: String) -> BooksRow {
    var row = self
    (row.programName, row.lever) = (programName, lever)
    return row
  }
}

/// What the ledger keeps of some runs, without its database.
final class BooksFixture: FateSource {
  private struct Kept {
    var period: Period
    var rows: [BooksRow]
    var fates: [UInt8] = []
  }

  private let files: KeySegmentFixture
  private var kept: [Kept] = []
  private var changed: [LedgerFateChange] = []
  private var segments: [KeySegment] = []
  private let plans: Plans
  /// How many rows of a partition are compared at a time.
  var comparedMax = 1 << 13
  /// Whether refunds are settled one by one; together is the oracle.
  var separatesTies = true

  init() throws {
    files = try KeySegmentFixture()
    plans = Plans([
      Plan(
        program: "Direct", aliases: ["Direct 1T"], currency: try #require(Currency("USD")),
        eligibility: .all([]), defaultLever: 0,
        levers: [Lever(name: "Core", earningType: .rebate, rule: .given)], file: "plans/d.yaml")
    ])
  }

  func fates(feed: Int, _ body: ([UInt8]) throws -> Void) rethrows -> Period {
    try body(kept[feed - 1].fates)
    return kept[feed - 1].period
  }

  func changes(feed: Int) -> [LedgerFateChange] {
    changed.filter { $0.feed == UInt32(feed) }
  }

  func books(_ period: Period) throws -> EarningBooks {
    try EarningBooks(
      directory: files.path, key: (1, 2), plans: plans, partnerCount: 4,
      fates: RowFates(period: period, source: self), index: KeyIndex(segments),
      comparedMax: comparedMax)
  }

  /// A run that takes feeds in.
  ///
  /// - Parameters:
  ///   - accepting: Rows of earlier feeds that have become eligible or due.
  ///   - priced: Whether a row that follows another has a rate on a day.
  /// - Returns: The books as they are then, and what became clear late, feed by feed.
  @discardableResult
  func run(
    _ feeds: [[BooksRow]], in period: Period = .october, accepting: [RowKey] = [],
    priced: @escaping (Day) -> Bool = { _ in true }
  ) throws -> (books: EarningBooks, late: [[LateFinding]]) {
    let books = try books(period)
    for index in kept.indices { try books.fates.load(feed: index + 1) }
    for key in accepting {
      let row = kept[Int(key.feed) - 1].rows[Int(key.row)]
      try books.accept(key, batch([row], first: Int(key.row)), 0)
    }
    try books.takeFollowersAlong()
    var late: [[LateFinding]] = []
    for rows in feeds {
      books.begin(feed: kept.count + 1)
      try record(rows, books, period)
      var resolver = FeedResolver(
        books: books, findingLimit: 100, separatesTies: separatesTies
      ) { _, _, day in priced(day) }
      let resolution = try resolver.resolve()
      try books.commit(resolution)
      var rejecting: [LateFinding] = []
      try resolution.late.rejecting.visit { rejecting.append($0) }
      late.append(rejecting + resolution.late.notes)
      kept.append(Kept(period: period, rows: rows))
    }
    try keep(books)
    return (books, late)
  }

  /// A feed that is refused after it was read.
  func refuse(_ rows: [BooksRow], _ books: EarningBooks) throws {
    books.begin(feed: kept.count + 1)
    try record(rows, books, books.fates.period)
    _ = try books.resolve(findingLimit: 100) { _, _, _ in true }
    books.rollback()
  }

  /// In pieces of two rows, as they come in batches.
  private func record(_ rows: [BooksRow], _ books: EarningBooks, _ period: Period) throws {
    for first in stride(from: 0, to: rows.count, by: 2) {
      let piece = Array(rows[first..<min(first + 2, rows.count)])
      try books.record(batch(piece, first: first), lastDay: period.lastDay) { _ in
        PricingTerms(entries: [], earningRate: nil, earningAmount: nil)
      }
    }
  }

  private func keep(_ books: EarningBooks) throws {
    let isNew = kept.indices.filter { kept[$0].fates.isEmpty }
    for index in isNew {
      books.fates.newFates(feed: index + 1) { kept[index].fates += $0 }
    }
    changed += books.fates.changes
    guard !isNew.isEmpty else { return }
    let name = "\(segments.count).keys"
    _ = try KeySegmentWriter.write(directory: files.path, name: name, synced: false) {
      try books.knownKeys(partition: $0)
    }
    segments.append(try KeySegment(files.path(name)))
  }

  private func batch(_ rows: [BooksRow], first: Int) throws -> EarningBatch {
    var batch = EarningBatch()
    batch.firstRow = first
    batch.count = rows.count
    for (number, row) in rows.enumerated() {
      addTexts(row, to: &batch)
      batch.lines.append(UInt32(first + number + 2))
      batch.columns.append(1)
      batch.byteOffsets.append(0)
      batch.recordStart.append(0)
      batch.recordEnd.append(0)
    }
    batch.makeTypedColumns(currency: try #require(Currency("USD")))
    for (number, row) in rows.enumerated() {
      var flags: RowFlags = row.isRejected ? [.amountReadable, .rejected] : .amountReadable
      if row.amount < 0, !row.related.isEmpty { flags.insert(.follows) }
      batch.flags.append(flags)
      batch.partners[number] = row.partner
      batch.programs[number] = 0
      batch.levers[number] = 0
      batch.days[number] = try #require(DayText.plainDay(row.day))
      batch.amounts[number] = try ExactAmount(units: Int128(row.amount), decimals: 0)
      batch.reasons[number] = row.reasons
    }
    return batch
  }

  private func addTexts(_ row: BooksRow, to batch: inout EarningBatch) {
    let texts: [EarningField: String] = [
      .earningId: row.id, .participantId: "P\(row.partner)", .programName: row.programName,
      .lever: row.lever, .relatedEarningId: row.related,
    ]
    for field in EarningField.allCases {
      let start = UInt32(batch.bytes.count)
      batch.bytes += Array((texts[field] ?? "").utf8)
      batch.texts.append(ValueText(start: start, end: UInt32(batch.bytes.count)))
      batch.valuePlaces.append(ValuePlace(line: 1, column: 1, byteOffset: 0))
    }
    for _ in EarningField.allCases.count..<EarningBatch.fieldCount {
      batch.texts.append(ValueText())
      batch.valuePlaces.append(ValuePlace())
    }
  }
}

extension EarningBooks {
  /// Where a row ended, with the day that it follows: `accepted < 2026-09-01`.
  func end(_ feed: Int, _ row: Int) throws -> String {
    let key = RowKey(feed: UInt32(feed), row: UInt32(row))
    let bucket = try fates.fate(of: key).bucket?.name ?? "open"
    return bucket + (fates.followedDay(of: key).map { " < \($0.text)" } ?? "")
  }
}
