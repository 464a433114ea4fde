import ByteStreams
import Calculation
import Domain
import Eligibility
import ExactMoney
import Feeds
import Ledger
import Workers

/// Takes one feed through the corridor: read, decode, price, assess, record, resolve; and then
/// commits its rows to the books or forgets them.
struct FeedIntake {
  let books: EarningBooks
  var rules: RowRules
  /// The names of feeds, by number; they count from 1.
  private(set) var feedNames: [String] = []
  private let rejections: SpillFile?
  /// Told how far the reading has come, if anybody looks on.
  var progress: ProgressSink?
  /// How many threads take a feed in.
  private let threads: Int

  /// - Parameters:
  ///   - feedNames: Those taken in earlier.
  ///   - rejections: Where rejected rows are kept; nil to count them only.
  init(
    books: EarningBooks, rules: RowRules, feedNames: [String] = [""],
    rejections: SpillFile? = nil, threads: Int = Threads.count
  ) {
    self.threads = threads
    self.books = books
    self.rejections = rejections
    self.rules = rules
    self.feedNames = feedNames
  }

  /// How a feed is to be treated.
  struct Terms {
    var sidecar: [UInt8]?
    var digest: SHA256Digest
    /// The feeds that are known, by their feedIds.
    var known: [String: String]
    /// Whether too many rejected rows refuse it; not where there is no registry to reject by.
    var limitsRejections: Bool

    /// The names of feeds by their feedIds; of two with the same one that of the first.
    static func names(_ feeds: [(feedId: String?, name: String)]) -> [String: String] {
      let identified = feeds.compactMap { feed in feed.feedId.map { ($0, feed.name) } }
      return Dictionary(identified) { first, _ in first }
    }
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
      try books.commit(try judge(contents, terms, &outcome))
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
    let terms = Terms(sidecar: nil, digest: digest, known: [:], limitsRejections: false)
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
    let identify = { @Sendable [known = terms.known, name = file.name] (feedId: String) in
      guard let other = known[feedId] else { return }
      throw FeedRefusal(
        Finding(
          .F109, feed: name, field: "feedId", value: SafeText.shown(feedId),
          message: "the feed id was used by \(SafeText.shown(other)), which has other content"))
    }
    if let feedId = sidecar?.feedId { try identify(feedId) }
    var preparation = rules.preparation(of: file, only: only)
    defer { outcome.findings = preparation.findings }
    var contents = try ReadAhead.read(
      file, threads: threads, &preparation, identify: identify
    ) { batch in
      try Interruption.check()
      progress?(Progress(reading: file, batch))
      rules.assessor?.assess(&batch)
      try record(batch, &outcome)
    }
    contents.control = contents.control ?? sidecar?.control
    outcome.control = contents.control
    outcome.feedId = contents.feedId ?? sidecar?.feedId
    return contents
  }

  private func record(_ batch: EarningBatch, _ outcome: inout FeedOutcome) throws {
    outcome.totals.add(batch)
    try outcome.rejections.append(batch)
    try countRejected(batch, &outcome)
    let pricer = rules.pricer
    try books.record(batch, lastDay: rules.lastDay) { row in
      pricer?.terms(batch, row)
        ?? PricingTerms(entries: [], earningRate: nil, earningAmount: nil)
    }
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

  /// Decides about a feed that was read, and where its rows end.
  ///
  /// A feed is known by its digest: it must be that of the bytes that were read. It is digested on a
  /// thread of its own meanwhile, and what was decided counts only if it is.
  private mutating func judge(
    _ contents: FeedContents, _ terms: Terms, _ outcome: inout FeedOutcome
  ) throws -> FeedResolution {
    let path = outcome.file.path
    let digest = Later(threads: threads) { try? SHA256Digest.ofFile(path).0 }
    var judged = outcome
    let resolution = Result {
      for note in contents.notes { judged.findings.add(note.code) { note } }
      try checkTotals(contents, terms, &judged)
      let resolution = try resolve(&judged)
      try checkRejections(terms, judged)
      return resolution
    }
    guard digest.value() == terms.digest else {
      throw FeedRefusal(
        Finding(
          .F101, feed: outcome.file.name,
          message: "it changed while it was read; it stays in the inbox",
          remedy: "Deliver it under a name that ends in .part, rename it when it is whole, and run"
            + " again."))
    }
    outcome = judged
    return try resolution.get()
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
