import Domain
import Testing

@testable import Ledger

@Suite("Where rows ended")
struct RowFatesTests {
  /// One feed, what its rows were when it was taken in, and what has changed since.
  private struct Source: FateSource {
    var takenIn = Period.october
    var buckets: [Bucket] = []
    var changed: [LedgerFateChange] = []

    func fates(feed: Int, _ body: ([UInt8]) throws -> Void) rethrows -> Period {
      // Piece by piece, as a file is read.
      for bucket in buckets { try body([RowFate(bucket, .agreement).rawValue]) }
      return takenIn
    }

    func changes(feed: Int) -> [LedgerFateChange] { changed }
  }

  private static let row = RowKey(feed: 1, row: 0)

  private static func change(
    _ period: Period, _ bucket: Bucket, following day: Int32? = nil
  ) -> LedgerFateChange {
    LedgerFateChange(
      feed: 1, row: 0, period: period, bucket: bucket,
      followedDay: day.map { Day(number: $0) })
  }

  @Test("a byte keeps the bucket, and the reasons of what is not eligible")
  func coding() {
    for bucket in Bucket.allCases {
      for bits in UInt8(0)..<32 {
        let reasons = IneligibilityReasons(rawValue: bits)
        let fate = RowFate(bucket, reasons)
        #expect(fate.bucket == bucket)
        #expect(fate.reasons == (bucket == .ineligible ? reasons : []))
        #expect(RowFate(rawValue: fate.rawValue) == fate)
      }
    }
    #expect(RowFate(rawValue: 0).bucket == nil)
  }

  /// What a row is in the period in which it came, and in the one after it.
  private static let openings: [(bucket: Bucket, wasOpen: Bool, isSettled: Bool)] = [
    (.accepted, false, true),
    (.ineligible, true, false),
    (.notYetDue, true, false),
    (.duplicate, false, true),
    (.rejected, false, true),
  ]

  @Test("what was open when the period opened", arguments: openings)
  func opening(bucket: Bucket, wasOpen: Bool, isSettled: Bool) throws {
    let source = Source(buckets: [bucket])
    let then = RowFates(period: .october, source: source)
    #expect(try !then.wasOpen(Self.row) && !then.isSettled(Self.row), "of this period")
    let later = RowFates(period: .november, source: source)
    try later.load(feed: 1)
    #expect(try later.wasOpen(Self.row) == wasOpen)
    #expect(try later.isSettled(Self.row) == isSettled)
    #expect(try later.wasIneligible(Self.row) == (bucket == .ineligible))
    #expect(try !later.hasChanged(Self.row))
  }

  @Test("changes count up to the period that is drawn, those of it without closing the row")
  func changes() throws {
    var source = Source(buckets: [.notYetDue])
    source.changed = [
      Self.change(.october, .ineligible), Self.change(.november, .accepted, following: 7),
    ]
    func fates(_ period: Period) -> RowFates { RowFates(period: period, source: source) }
    // Drawn again, October has seen only its own change; whoever draws it leaves later ones out.
    source.changed.removeLast()
    #expect(try fates(.october).fate(of: Self.row).bucket == .ineligible)
    source.changed.append(Self.change(.november, .accepted, following: 7))
    let november = fates(.november)
    try november.load(feed: 1)
    #expect(try november.fate(of: Self.row).bucket == .accepted)
    #expect(try november.hasChanged(Self.row) && !november.isSettled(Self.row))
    #expect(try november.wasOpen(Self.row) && november.wasIneligible(Self.row))
    #expect(november.followedDay(of: Self.row) == Day(number: 7))
    let december = fates(Period(year: 2026, month: 12))
    #expect(try december.isSettled(Self.row) && !december.hasChanged(Self.row))
    #expect(december.followedDay(of: Self.row) == Day(number: 7))
  }

  @Test("a settled row that changes is revived, once it is written it is so from the start")
  func revived() throws {
    var source = Source(buckets: [.ineligible])
    let fates = RowFates(period: .november, source: source)
    try fates.load(feed: 1)
    try fates.expire(Self.row)
    #expect(try fates.isSettled(Self.row) && !fates.wasOpen(Self.row))
    #expect(fates.revived.isEmpty)
    try fates.change(Self.row, to: RowFate(.accepted), following: Day(number: 7))
    #expect(fates.revived == [Self.row])
    #expect(try !fates.isSettled(Self.row) && !fates.wasOpen(Self.row))
    source.changed = fates.changes
    #expect(source.changed == [Self.change(.november, .accepted, following: 7)])
    let again = RowFates(period: .november, source: source)
    try again.load(feed: 1)
    try again.expire(Self.row)
    #expect(try !again.isSettled(Self.row) && !again.wasOpen(Self.row))
    #expect(again.revived.isEmpty && again.changes.isEmpty)
  }

  @Test("of a feed that is not read for the period, a row that changes is revived too")
  func unread() throws {
    let fates = RowFates(period: .november, source: Source(buckets: [.ineligible]))
    #expect(try fates.fate(of: Self.row).bucket == .ineligible)
    #expect(try !fates.wasOpen(Self.row) && fates.isSettled(Self.row))
    try fates.change(Self.row, to: RowFate(.duplicate))
    #expect(fates.revived == [Self.row])
  }

  @Test("an open row that changes is not revived, and keeps the day it follows")
  func open() throws {
    let fates = RowFates(period: .november, source: Source(buckets: [.notYetDue]))
    try fates.load(feed: 1)
    try fates.change(Self.row, to: RowFate(.notYetDue), following: Day(number: 3))
    try fates.change(Self.row, to: RowFate(.accepted))
    #expect(fates.revived.isEmpty)
    #expect(fates.followedDay(of: Self.row) == Day(number: 3))
    #expect(fates.changes == [Self.change(.november, .accepted, following: 3)])
  }

  @Test("a new feed's rows end, or are forgotten")
  func newFeed() throws {
    let fates = RowFates(period: .october, source: NoFates())
    fates.begin(feed: 1)
    fates.append([RowFate(.ineligible, .agreement), RowFate(.accepted)])
    fates.settle(0, .ineligible)
    #expect(try fates.fate(of: Self.row).reasons == .agreement, "the reasons stay")
    fates.settle(1, .duplicate)
    #expect(
      newFates(fates)
        == [RowFate(.ineligible, .agreement).rawValue, RowFate(.duplicate).rawValue])
    #expect(fates.changes.isEmpty)
    fates.rollback()
    #expect(newFates(fates).isEmpty)
  }

  private func newFates(_ fates: RowFates) -> [UInt8] {
    var bytes: [UInt8] = []
    fates.newFates(feed: 1) { bytes += $0 }
    return bytes
  }
}
