import ByteStreams
import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// What the ledger and the adjustments file bring into a period: openings, running months of
/// levers, and adjustments that were not posted yet.
struct OpenAccounts {
  /// A partner's program.
  struct Key: Hashable {
    var partner: Int
    var program: Int
  }

  private var openings: [Key: [Opening]] = [:]
  private var running: [Key: [LeverMonthKey: RunningMonth]] = [:]
  private var adjustments: [Key: [Adjustment]] = [:]
  private var returns: [Key: [Adjustment]] = [:]
  private var heldByBank: Set<Key> = []
  private var programs: [Int: Set<Int>] = [:]
  /// The adjustments that count in the period.
  private(set) var posted: [LedgerAdjustment] = []
  /// The payments that go back into balances, by paymentId.
  private(set) var returned: [String: LedgerReturn] = [:]

  /// - Throws: ``RunFailure`` with code 78 where a balance has lost its partner or program, or a
  ///   posted adjustment was changed; what the ledger throws.
  init(_ session: PeriodSession) throws {
    try addOpenings(session)
    try addAdjustments(session)
    try addReturns(session)
    for month in session.books.earlierMonths.sorted() { try addRunning(session, month) }
  }

  /// The programs in which a partner has a balance or an adjustment.
  func programs(of partner: Int) -> Set<Int> {
    programs[partner] ?? []
  }

  /// Fills in what stands in no feed.
  func fill(_ account: inout SettlementCalculator.Account) {
    let key = Key(partner: account.partner, program: account.program)
    account.openings = openings[key] ?? []
    account.adjustments = adjustments[key] ?? []
    account.returns = returns[key] ?? []
    account.isHeldByBank = heldByBank.contains(key)
    account.running = running[key] ?? [:]
  }

  private mutating func addOpenings(_ session: PeriodSession) throws {
    var gone: [Finding] = []
    for balance in try session.ledger.openings(of: session.period) {
      guard let key = OpenAccounts.key(balance.name, session.workspace) else {
        gone.append(OpenAccounts.gone(balance))
        continue
      }
      openings[key, default: []].append(
        Opening(balance: balance.closing, coop: balance.coopClosing))
      programs[key.partner, default: []].insert(key.program)
    }
    guard gone.isEmpty else {
      throw RunFailure(
        .configuration, "a partner or program with a balance is gone: nothing done",
        findings: gone)
    }
    for key in openings.keys { openings[key]?.sort { $0.currency < $1.currency } }
  }

  mutating func add(_ adjustment: Adjustment, _ entry: LedgerReturn, _ key: Key) {
    returns[key, default: []].append(adjustment)
    programs[key.partner, default: []].insert(key.program)
    returned[entry.paymentId] = entry
  }

  mutating func hold(_ key: Key) {
    heldByBank.insert(key)
  }

  private static func gone(_ balance: LedgerBalance) -> Finding {
    let id = SafeText.shown(balance.name.participantId)
    return Finding(
      .X915, feed: "registry/partners.csv", field: "participantId", value: id,
      message: "partner \(id) has a balance of \(balance.closing.text)"
        + " \(balance.closing.currency.code), and \(balance.coopClosing.text) of co-op, in"
        + " \(SafeText.shown(balance.name.program)), and one of the two is gone")
  }

  private mutating func addAdjustments(_ session: PeriodSession) throws {
    let earlier = try session.ledger.postedAdjustments()
    var changed: [Finding] = []
    for adjustment in session.workspace.adjustments {
      let entry = LedgerAdjustment(
        posting: adjustment, in: session.period, session.workspace)
      if let known = earlier[adjustment.adjustmentId], known.period < session.period {
        if known.contentDigest != entry.contentDigest {
          changed.append(try OpenAccounts.changed(adjustment, since: known.period, session))
        }
        continue
      }
      guard adjustment.appliesTo <= session.period else { continue }
      let key = Key(partner: adjustment.partner, program: adjustment.program)
      adjustments[key, default: []].append(adjustment)
      programs[key.partner, default: []].insert(key.program)
      posted.append(entry)
    }
    guard changed.isEmpty else {
      throw RunFailure(
        .configuration, "an adjustment that was posted has changed: nothing done",
        findings: changed)
    }
  }

  private static func changed(
    _ adjustment: Adjustment, since period: Period, _ session: PeriodSession
  ) throws -> Finding {
    let id = SafeText.shown(adjustment.adjustmentId)
    let kept = try KeptCopies(paths: session.paths, ledger: session.ledger).workspace(of: period)
    let now = values(adjustment, session.workspace)
    let posted =
      kept.adjustments.first { $0.adjustmentId == adjustment.adjustmentId }
      .map { values($0, kept) } ?? []
    let changes = zip(posted, now).filter { $0.value != $1.value }.map { old, new in
      "\(old.column) was \(SafeText.shown(old.value)) and is \(SafeText.shown(new.value))"
    }
    return Finding(
      .X914, feed: "adjustments.csv", field: "adjustmentId", value: id,
      message: "adjustment \(id) was posted in \(period.text) and has changed since"
        + (changes.isEmpty ? "" : ": " + changes.joined(separator: ", ")))
  }

  /// What an adjustment says, by the columns of its file.
  private static func values(
    _ adjustment: Adjustment, _ workspace: LoadedWorkspace
  ) -> [(column: String, value: String)] {
    [
      ("participantId", workspace.registry.partners[adjustment.partner].participantId),
      ("programName", workspace.plans[adjustment.program].program),
      ("amount", adjustment.amount.text(decimals: adjustment.currency.minorDigits)),
      ("currency", adjustment.currency.code),
      ("appliesTo", adjustment.appliesTo.text), ("reasonCode", adjustment.reasonCode),
      ("note", adjustment.note), ("approvedBy", adjustment.approvedBy),
    ]
  }

  private mutating func addRunning(_ session: PeriodSession, _ month: Period) throws {
    for entry in try session.ledger.runningMonths(of: month, before: session.period) {
      let plans = session.workspace.plans
      guard
        let key = OpenAccounts.key(entry.participantId, entry.program, session.workspace),
        let lever = plans[key.program].leverNames.find(entry.lever)
      else { continue }
      running[key, default: [:]][LeverMonthKey(lever: lever, month: month)] = RunningMonth(
        basis: entry.basis, earned: entry.earned)
    }
  }

  static func key(_ name: LedgerBalanceName, _ workspace: LoadedWorkspace) -> Key? {
    key(name.participantId, name.program, workspace)
  }

  private static func key(
    _ participantId: String, _ program: String, _ workspace: LoadedWorkspace
  ) -> Key? {
    guard let partner = workspace.registry.ids.find(participantId),
      let program = workspace.plans.names.find(program)
    else { return nil }
    return Key(partner: partner, program: program)
  }
}

extension LedgerAdjustment {
  /// An adjustment as it is posted: by its id and the digest of its canonical content.
  init(posting adjustment: Adjustment, in period: Period, _ workspace: LoadedWorkspace) {
    let content = [
      workspace.registry.partners[adjustment.partner].participantId,
      workspace.plans[adjustment.program].program, String(adjustment.amount.picos),
      adjustment.currency.code, adjustment.appliesTo.text, adjustment.reasonCode,
      adjustment.note, adjustment.approvedBy,
    ]
    // The length in front keeps two neighbours from running into each other.
    let bytes = content.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
    self.init(
      adjustmentId: adjustment.adjustmentId, contentDigest: SHA256Digest.of(bytes),
      period: period)
  }
}
