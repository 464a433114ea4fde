import ByteStreams
import Calculation
import Domain
import ExactMoney
import Feeds
import Ledger

/// Takes one feed through the corridor: read, decode, price, assess, record, resolve; and then
/// commits its rows to the books or forgets them.
struct FeedIntake {
  let books: EarningBooks
  var rules: RowRules
  /// The names of feeds, by number; they count from 1.
  private(set) var feedNames: [String] = []
  private let rejections: SpillFile?

  /// - Parameters:
  ///   - feedNames: Those taken in earlier.
  ///   - rejections: Where rejected rows are kept; nil to count them only.
  init(
    books: EarningBooks, rules: RowRules, feedNames: [String] = [""],
    rejections: SpillFile? = nil
  ) {
    self.books = books
    self.rejections = rejections
    self.rules = rules
    self.feedNames = feedNames
  }

  /// How a feed is to be treated.
  struct Terms {
    var sidecar: [UInt8]?
    var digest: SHA256Digest
    /// The feed that has this feedId already, if there is one.
    var known: (String) -> String?
    /// Whether too many rejected rows refuse it; not where there is no registry to reject by.
    var limitsRejections: Bool
  }

  /// Takes a feed.
  ///
  /// - Parameter number: The ledger's number of the feed, one more than that of the last.
  /// - Throws: ``FileError``; what the ledger throws; nothing about the feed itself is thrown.
  mutating func take(_ file: FeedFile, number: Int, _ terms: Terms) throws -> FeedOutcome {
    var outcome = FeedOutcome(file: file, rejections: rejections)
    books.begin(feed: number)
    do {
      let contents = try read(file, terms, &outcome)
      try checkUnchanged(file, terms)
      for note in contents.notes { outcome.findings.add(note.code) { note } }
      try checkTotals(contents, terms, &outcome)
      let resolution = try resolve(&outcome)
      try checkRejections(terms, outcome)
      try books.commit(resolution)
      outcome.openDay = books.openDay
      feedNames.append(file.name)
    } catch let refusal as FeedRefusal {
      books.rollback()
      outcome.refusal = refusal.finding
      outcome.findings.add(refusal.finding.code) { refusal.finding }
    }
    outcome.findings.sort()
    return outcome
  }

  /// Takes rejected rows of an earlier feed again, as if they came now; nothing refuses the feed.
  ///
  /// - Parameter rows: Counted from 0.
  /// - Throws: ``FeedRefusal`` if the feed can no longer be read; ``FileError``; what the ledger
  ///   throws.
  mutating func retake(
    _ file: FeedFile, number: Int, digest: SHA256Digest, rows: Set<UInt32>
  ) throws -> FeedOutcome {
    var outcome = FeedOutcome(file: file, rejections: rejections)
    try books.begin(retaking: rows, of: number)
    let terms = Terms(sidecar: nil, digest: digest, known: { _ in nil }, limitsRejections: false)
    _ = try read(file, terms, &outcome, only: rows)
    let resolution = try resolve(&outcome)
    try books.commit(resolution)
    outcome.openDay = books.openDay
    outcome.findings.sort()
    return outcome
  }

  /// - Parameter only: The rows that are looked at; nil for all.
  private mutating func read(
    _ file: FeedFile, _ terms: Terms, _ outcome: inout FeedOutcome, only: Set<UInt32>? = nil
  ) throws -> FeedContents {
    let sidecar = try terms.sidecar.map { try ControlSidecar(json: $0, feed: file) }
    try checkDigest(sidecar, terms, file)
    func identify(_ feedId: String) throws {
      guard let other = terms.known(feedId) else { return }
      throw FeedRefusal(
        Finding(
          .F109, feed: file.name, field: "feedId", value: SafeText.shown(feedId),
          message: "the feed id was used by \(SafeText.shown(other)), which has other content"))
    }
    if let feedId = sidecar?.feedId { try identify(feedId) }
    var decoder = RowDecoder(feed: file, registry: rules.registry, plans: rules.plans)
    var contents = try FeedReading.read(file, identify: identify) { batch in
      try Interruption.check()
      if let only { batch.passOver { !only.contains(UInt32($0)) } }
      rules.apply(&decoder, &batch, &outcome.findings)
      outcome.totals.add(batch)
      try outcome.rejections.append(batch)
      try countRejected(batch, &outcome)
      let pricer = rules.pricer
      let rows = batch
      try books.record(batch, lastDay: rules.lastDay) { row in
        pricer?.terms(rows, row)
          ?? PricingTerms(entries: [], earningRate: nil, earningAmount: nil)
      }
    }
    contents.control = contents.control ?? sidecar?.control
    outcome.control = contents.control
    outcome.feedId = contents.feedId ?? sidecar?.feedId
    return contents
  }

  private func checkDigest(
    _ sidecar: ControlSidecar?, _ terms: Terms, _ file: FeedFile
  ) throws(FeedRefusal) {
    guard let announced = sidecar?.sha256, announced != terms.digest.hex else { return }
    throw FeedRefusal(
      Finding(
        .F108, feed: file.name, field: "sha256", value: SafeText.shown(announced),
        message: "the control file announces another digest than the file has,"
          + " \(terms.digest.hex)"))
  }

  /// A feed is known by its digest: it must be that of the bytes that were read.
  private func checkUnchanged(_ file: FeedFile, _ terms: Terms) throws(FeedRefusal) {
    guard (try? SHA256Digest.ofFile(file.path).0) == terms.digest else {
      throw FeedRefusal(
        Finding(
          .F101, feed: file.name, message: "it changed while it was read; it stays in the inbox",
          remedy: "Deliver it under a name that ends in .part, rename it when it is whole, and run"
            + " again."))
    }
  }

  private func countRejected(_ batch: EarningBatch, _ outcome: inout FeedOutcome) throws {
    for row in 0..<batch.count where batch.flags[row].contains(.rejected) {
      let readable = batch.flags[row].contains(.amountReadable)
      try outcome.rejectedRows.add(
        feed: Int(books.feed), currency: readable ? batch.currencies[row] : nil,
        bucket: .rejected, amount: batch.amounts[row])
    }
  }

  private func checkTotals(
    _ contents: FeedContents, _ terms: Terms, _ outcome: inout FeedOutcome
  ) throws(FeedRefusal) {
    if let warning = try outcome.totals.check(against: contents.control, feed: outcome.file) {
      outcome.findings.add(warning.code) { warning }
    }
  }

  private mutating func resolve(_ outcome: inout FeedOutcome) throws -> FeedResolution {
    let pricer = rules.pricer
    let resolution = try books.resolve(findingLimit: outcome.file.limits.findings) {
      record, terms, day in
      pricer?.price(record, terms, on: day).faults.isEmpty ?? true
    }
    let reporter = LateReporter(
      books: books, pricer: pricer, plans: rules.plans, registry: rules.registry,
      feedNames: feedNames + [outcome.file.name], feed: outcome.file.name,
      rejections: rejections)
    try reporter.report(resolution, &outcome)
    return resolution
  }

  private func checkRejections(_ terms: Terms, _ outcome: FeedOutcome) throws(FeedRefusal) {
    let rows = outcome.totals.rows
    let rejected = outcome.rejections.count
    let limit = outcome.file.limits.rejectRate
    guard terms.limitsRejections, rows >= 100,
      Int128(rejected) * ExactRate.one.parts > Int128(rows) * limit.parts
    else { return }
    throw FeedRefusal(
      Finding(
        .F115, feed: outcome.file.name, field: "limits.rejectRate", value: limit.text,
        message: "\(rejected) of \(rows) rows are rejected, more than the share of \(limit.text)"
          + " that limits.rejectRate allows"))
  }
}
