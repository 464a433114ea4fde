import ByteStreams
import Domain
import ExactMoney
import Glibc
import Testing

@testable import Ledger

/// A ledger directory for one test, removed with everything in it.
final class LedgerTestDirectory {
  let path: String

  init() throws {
    path = "\(P_tmpdir)/payout-ledger-\(getpid())-\(UInt64.random(in: .min ... .max))"
    try FileSystem.createDirectory(path)
  }

  deinit {
    _ = unsafe chmod(path, 0o700)
    try? FileSystem.removeDirectory(path)
  }

  var file: String { path + "/" + LedgerDatabase.fileName }

  var bytes: [UInt8] {
    get throws { try FileSystem.readFile(file) }
  }

  /// Writes a file, without the syncing that would take most of the time of the tests.
  func write(_ bytes: [UInt8], as name: String = LedgerDatabase.fileName) throws {
    let file = unsafe Glibc.open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { Glibc.close(file) }
    let written = unsafe Glibc.write(file, bytes, bytes.count)
    try #require(written == bytes.count)
  }

  /// Opens the ledger; what it writes is not synced, for the same reason.
  func open(_ access: LedgerDatabase.Access = .write) throws -> LedgerDatabase {
    let ledger = try LedgerDatabase.open(directory: path, access)
    try ledger.database.execute("PRAGMA synchronous = OFF")
    return ledger
  }
}

/// Random numbers that a seed repeats.
struct LedgerRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x2545_F491_4F6C_DD1D &+ 0x1234_5678_9ABC_DEF1
  }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

extension Period {
  static let october = Period(year: 2026, month: 10)
  static let november = Period(year: 2026, month: 11)
}

extension SHA256Digest {
  /// A digest that differs for each text.
  static func sample(_ text: String) -> SHA256Digest { of(Array(text.utf8)) }
}

/// Ledgers with something in them.
enum LedgerFixture {
  static func currency(_ code: String) throws -> Currency { try #require(Currency(code)) }

  static func feed(_ number: UInt32, period: Period = .october) throws -> LedgerFeed {
    var feed = LedgerFeed(
      number: number, period: period, name: "feed\(number).csv", deliveredAs: "feed.csv",
      digest: .sample("feed \(number)"), feedId: number == 2 ? nil : "F-\(number)", rows: 1000)
    feed.segments = [
      LedgerSegment(name: "rows-\(number)-1.seg", digest: .sample("a\(number)"), bytes: 10),
      LedgerSegment(name: "rows-\(number)-2.seg", digest: .sample("b\(number)"), bytes: 1 << 40),
    ]
    feed.rejected = [
      LedgerRejection(currency: nil, rows: 2, amount: .zero),
      LedgerRejection(
        currency: try currency("EUR"), rows: 3, amount: ExactAmount(picos: Int128.max)),
    ]
    feed.findings = ["R203": 2, "R210": 3]
    feed.listed = 5
    if number > 1 {
      feed.profile = LedgerProfile(name: "dealer", yaml: "profile: dealer\n# \(number % 2)")
    }
    feed.controlTotals = LedgerControlTotals(
      rows: 1000, sums: ["EUR": ExactAmount(picos: Int128.min + 1), "???": .zero])
    return feed
  }

  static func intake(_ feeds: [LedgerFeed], period: Period = .october) -> LedgerIntake {
    var intake = LedgerIntake(kind: .run, period: period, asOf: period.lastDay)
    intake.feeds = feeds
    return intake
  }

  /// What was earned is paid, with both taxes.
  static func paid(
    _ partner: String = "0001", program: String = "CSP", currency code: String = "EUR",
    opening: Int128 = 0, earned: Int128 = 10_000, paymentId: String = "PAY-1"
  ) throws -> LedgerSettlement {
    let currency = try currency(code)
    func money(_ units: Int128) -> Money { Money(minorUnits: units, currency: currency) }
    var row = LedgerSettlement(
      participantId: partner, program: program, currency: currency,
      opening: Opening(balance: money(opening), coop: money(0)))
    row.earned = money(earned)
    row.gross = money(opening + earned)
    row.salesTax = money(1900)
    row.withheldTax = money(500)
    row.totalPayment = money(opening + earned + 1400)
    row.closing = money(0)
    row.payment = LedgerSettlement.Payment(paymentId: paymentId)
    row.paymentMethod = .bankTransfer
    return row
  }

  /// What was earned waits, and co-op accrues.
  static func held(
    _ partner: String = "0002", currency code: String = "EUR", opening: Int128 = 0,
    earned: Int128 = 300, coopOpening: Int128 = 0, coop: Int128 = 40
  ) throws -> LedgerSettlement {
    let currency = try currency(code)
    func money(_ units: Int128) -> Money { Money(minorUnits: units, currency: currency) }
    var row = LedgerSettlement(
      participantId: partner, program: "CSP", currency: currency,
      opening: Opening(balance: money(opening), coop: money(coopOpening)))
    row.earned = money(earned)
    row.closing = money(opening + earned)
    row.coop = money(coop)
    row.coopClosing = money(coopOpening + coop)
    row.holds = [.threshold, .taxProfile]
    return row
  }

  static func close(
    _ settlements: [LedgerSettlement], period: Period = .october
  ) -> LedgerClose {
    var close = LedgerClose(
      period: period, asOf: period.lastDay, manifestDigest: .sample(period.text))
    close.settlements = settlements
    return close
  }

  /// A ledger with a row in every table: October closed, November open.
  static func full(_ directory: LedgerTestDirectory) throws -> LedgerDatabase {
    try directory.write(try fullBytes.get())
    return try directory.open()
  }

  private static let fullBytes = Result {
    let directory = try LedgerTestDirectory()
    _ = try makeFull(directory)
    return try directory.bytes
  }

  /// A file of a bank in which the payment of October is booked, with charges.
  private static func bank() throws -> LedgerBankIntake {
    let currency = try currency("EUR")
    let day = Period.november.firstDay
    let moved = Money(minorUnits: 11_450, currency: currency)
    var intake = LedgerBankIntake(period: .november)
    intake.files = [
      (
        LedgerBankFile(
          number: 1, period: .november, name: "bank.xml", deliveredAs: "bank.xml",
          digest: .sample("bank"), format: "camt.053.001.08", messageId: "M", pending: 0),
        [
          LedgerBankEntry(
            number: 1, file: 1, line: 3, identity: .sample("entry"), day: day, isDebit: true,
            currency: currency, amount: moved, reference: "R", endToEndId: "PAY-1")
        ]
      )
    ]
    intake.events = [
      LedgerPaymentEvent(
        number: 1, file: 1, entry: 1, paymentId: "PAY-1", kind: .booked, step: "endToEndId",
        line: 3, day: day, moved: moved)
    ]
    intake.statuses = [
      LedgerPaymentStatus(
        number: 1, file: 1, paymentId: "PAY-1", code: "ACSC", step: "endToEndId", line: 9)
    ]
    return intake
  }

  private static func makeFull(_ directory: LedgerTestDirectory) throws -> LedgerDatabase {
    let ledger = try directory.open()
    try ledger.put(setting: "payer", "Contoso")
    try ledger.begin(.october)
    var intake = intake([try feed(1), try feed(2)])
    intake.keySegments = [
      LedgerKeySegment(name: "keys-1.seg", entries: 7, digest: .sample("keys 1")),
      LedgerKeySegment(
        name: "keys-2.seg", entries: 9, digest: .sample("keys 2"), replaces: ["keys-1.seg"]),
    ]
    intake.fateChanges = [
      LedgerFateChange(feed: 1, row: 5, period: .october, bucket: .accepted)
    ]
    var retake = LedgerRetake(feed: 1, period: .october)
    retake.segments = [LedgerSegment(name: "retake-1", digest: .sample("retake 1"), bytes: 3)]
    retake.findings = ["R205": 2]
    retake.listed = 2
    intake.retake = retake
    try ledger.take(intake)
    var close = close([try paid(), try held()])
    close.adjustments = [
      LedgerAdjustment(adjustmentId: "A-1", contentDigest: .sample("A-1"), period: .october)
    ]
    close.leverMonths = [
      LedgerLeverMonth(
        participantId: "0001", program: "CSP", lever: "growth", month: .october,
        basis: ExactAmount(picos: 5), earned: .zero)
    ]
    close.userId = "carol"
    var files = LedgerPaymentFiles(period: .october, manifestDigest: .sample("payments"))
    files.approvals = [
      LedgerPaymentApproval(
        userId: "ann", publicKey: Array(repeating: 1, count: 32),
        signature: Array(repeating: 2, count: 64))
    ]
    files.leftOut = ["PAY-1"]
    close.paymentFiles = files
    try ledger.close(close)
    try ledger.record(try bank())
    return ledger
  }
}

/// The fault that `body` throws, or nil.
func fault(_ body: () throws -> Void) throws -> LedgerFault? {
  do {
    try body()
    return nil
  } catch let fault as LedgerFault {
    return fault
  }
}

extension Database {
  /// The first column of the first row.
  func value(_ sql: String) throws -> String {
    var value = ""
    try prepare(sql).rows { value = $0.text(0) }
    return value
  }
}
