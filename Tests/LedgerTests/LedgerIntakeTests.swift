import ByteStreams
import Domain
import ExactMoney
import Testing

@testable import Ledger

@Suite("What a ledger takes in")
struct LedgerIntakeTests {
  @Test("feeds come back as they were taken in, and are found by number, digest, id and name")
  func feeds() throws {
    let directory = try LedgerTestDirectory()
    _ = try LedgerFixture.full(directory)
    let ledger = try directory.open(.read)
    let (one, two) = (try LedgerFixture.feed(1), try LedgerFixture.feed(2))
    #expect(try ledger.feeds() == [one, two])
    #expect(try ledger.feed(number: 2) == two)
    #expect(try ledger.feed(digest: two.digest) == two)
    #expect(try ledger.feed(feedId: "F-1") == one)
    #expect(try ledger.feed(name: "feed2.csv") == two)
    #expect(try ledger.feed(name: "feed.csv") == nil)
    #expect(try ledger.feed(feedId: "F-2") == nil)
  }

  @Test("control totals: none, rows only, sums only, and empty sums are told apart")
  func controlTotals() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try directory.open()
    try ledger.begin(.october)
    let totals: [LedgerControlTotals?] = [
      nil, LedgerControlTotals(rows: 5, sums: nil), LedgerControlTotals(rows: nil, sums: [:]),
      LedgerControlTotals(rows: 0, sums: ["USD": ExactAmount(picos: -1)]),
    ]
    let feeds = try totals.enumerated().map { index, total in
      var feed = try LedgerFixture.feed(UInt32(index + 1))
      feed.controlTotals = total
      return feed
    }
    try ledger.take(LedgerFixture.intake(feeds))
    #expect(try ledger.feeds().map(\.controlTotals) == totals)
  }

  @Test(
    "texts come back byte for byte",
    arguments: [
      "=1+1", "a\u{0}b", "e\u{301}", "\u{E9}", "기업 제휴", "'; DROP TABLE feed; --",
      " ", "\u{1F600}",
    ])
  func texts(text: String) throws {
    let directory = try LedgerTestDirectory()
    let ledger = try directory.open()
    try ledger.begin(.october)
    var feed = try LedgerFixture.feed(1)
    (feed.name, feed.deliveredAs, feed.feedId) = (text, text, text)
    try ledger.take(LedgerFixture.intake([feed]))
    let found = try #require(try ledger.feed(name: text))
    #expect(Array(found.feedId?.utf8 ?? "".utf8) == Array(text.utf8))
    #expect(Array(found.deliveredAs.utf8) == Array(text.utf8))
  }

  @Test("an empty intake writes nothing")
  func empty() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try LedgerFixture.full(directory)
    let bytes = try directory.bytes
    try ledger.take(LedgerIntake(kind: .run, period: .november, asOf: Period.november.lastDay))
    try ledger.begin(.november)
    try ledger.put(setting: "payer", "Contoso")
    #expect(try directory.bytes == bytes)
  }

  @Test("each run that added something is recorded")
  func runs() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try LedgerFixture.full(directory)
    #expect(
      try ledger.runs() == [
        LedgerRun(
          kind: .run, period: .october, asOf: Period.october.lastDay, feeds: 2, rows: 2000),
        LedgerRun(kind: .close, period: .october, asOf: Period.october.lastDay, feeds: 0, rows: 0),
      ])
  }

  @Test("key segments that were merged count no more")
  func keySegments() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try LedgerFixture.full(directory)
    var intake = LedgerFixture.intake([], period: .november)
    intake.keySegments = [
      LedgerKeySegment(name: "keys-3.seg", entries: 0, digest: .sample("keys 3"))
    ]
    try ledger.take(intake)
    #expect(try ledger.keySegments().map(\.name) == ["keys-2.seg", "keys-3.seg"])
    #expect(
      try ledger.keySegments().first
        == LedgerKeySegment(
          name: "keys-2.seg", entries: 9, digest: .sample("keys 2"), replaces: ["keys-1.seg"]))
  }

  @Test(
    "what is known or in a closed period is refused, all of the intake or nothing",
    arguments: ["number", "name", "digest", "feedId", "segment", "period", "keySegment"])
  func refused(what: String) throws {
    let directory = try LedgerTestDirectory()
    let ledger = try LedgerFixture.full(directory)
    let bytes = try directory.bytes
    let known = try LedgerFixture.feed(1)
    var feed = try LedgerFixture.feed(3, period: .november)
    var intake = LedgerIntake(kind: .run, period: .november, asOf: Period.november.lastDay)
    switch what {
    case "number": feed.number = 4
    case "name": feed.name = known.name
    case "digest": feed.digest = known.digest
    case "feedId": feed.feedId = known.feedId
    case "segment": feed.segments.append(known.segments[0])
    case "period": intake.period = .october
    default:
      intake.keySegments = [
        LedgerKeySegment(name: "keys-1.seg", entries: 1, digest: .sample("again"))
      ]
    }
    intake.feeds = [feed]
    guard case .refused = try fault({ try ledger.take(intake) }) else {
      Issue.record("\(what) was taken")
      return
    }
    #expect(try directory.bytes == bytes)
  }

  @Test("a period is begun once, a setting put once")
  func onceOnly() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try directory.open()
    #expect(
      try fault { try ledger.take(LedgerFixture.intake([LedgerFixture.feed(1)])) }
        == .refused(.notOpen(.october, open: nil)))
    try ledger.begin(.october)
    try ledger.begin(.october)
    #expect(try ledger.openPeriod() == .october)
    #expect(
      try fault { try ledger.begin(.november) } == .refused(.notOpen(.november, open: .october)))
    #expect(try ledger.setting("digestKey") == nil)
    try ledger.put(setting: "digestKey", "e\u{301}")
    // The same text to Swift, and not the same bytes.
    #expect(
      try fault { try ledger.put(setting: "digestKey", "\u{E9}") }
        == .refused(.settingKept(name: "digestKey")))
  }

  @Test("100,000 changes of fate: by row, the last one last, up to a period", arguments: [1])
  func fateChanges(seed: UInt64) throws {
    let directory = try LedgerTestDirectory()
    let ledger = try LedgerFixture.full(directory)
    var random = LedgerRandom(seed: seed)
    var intake = LedgerIntake(kind: .run, period: .november, asOf: Period.november.lastDay)
    intake.fateChanges = (0..<100_000).map { _ in
      let followed = Bool.random(using: &random)
      return LedgerFateChange(
        feed: UInt32.random(in: 1...2, using: &random),
        row: UInt32.random(in: 0...50_000, using: &random), period: .november,
        bucket: Bucket.allCases.randomElement(using: &random) ?? .accepted,
        followedDay: followed ? Day(number: Int32.random(in: .min ... .max, using: &random)) : nil)
    }
    try ledger.take(intake)
    let october = LedgerFateChange(feed: 1, row: 5, period: .october, bucket: .accepted)
    let all = [october] + intake.fateChanges
    for feed in [1, 2] as [UInt32] {
      let expected = all.enumerated().filter { $0.element.feed == feed }
        .sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(\.element)
      #expect(try ledger.fateChanges(feed: feed) == expected)
      #expect(try ledger.fateChangeCounts()[feed] == expected.count)
    }
    #expect(try ledger.fateChanges(feed: 1, upTo: .october) == [october])
    #expect(try ledger.fateChanges(feed: 2, upTo: .october) == [])
    #expect(try ledger.fateChanges(feed: 3) == [])
    #expect(try ledger.verify() == [])
  }
}
