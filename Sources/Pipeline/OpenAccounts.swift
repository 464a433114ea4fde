import Calculation
import Domain
import ExactMoney
import Ledger
import Workspace

/// What the ledger and the adjustments file bring into a period: openings, running months of
/// levers, and adjustments that were not posted yet.
struct OpenAccounts {
  /// A partner's program.
  private struct Key: Hashable {
    var partner: Int
    var program: Int
  }

  private var openings: [Key: [Opening]] = [:]
  private var running: [Key: [LeverMonthKey: RunningMonth]] = [:]
  private var adjustments: [Key: [Adjustment]] = [:]
  private var programs: [Int: Set<Int>] = [:]
  /// The adjustments that count in the period.
  private(set) var posted: [LedgerAdjustment] = []

  /// - Throws: ``RunFailure`` with code 78 where a balance has lost its partner or program, or a
  ///   posted adjustment was changed; what the ledger throws.
  init(_ session: PeriodSession) throws {
    try addOpenings(session)
    try addAdjustments(session)
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
    account.running = running[key] ?? [:]
  }

  private mutating func addOpenings(_ session: PeriodSession) throws {
    var gone: [Finding] = []
    for balance in try session.ledger.openings(of: session.period) {
      guard let key = OpenAccounts.key(balance.participantId, balance.program, session.workspace)
      else {
        let id = SafeText.shown(balance.participantId)
        gone.append(
          Finding(
            .X915, feed: "registry/partners.csv", field: "participantId", value: id,
            message: "partner \(id) has a balance of \(balance.payable.text)"
              + " \(balance.payable.currency.code) in \(SafeText.shown(balance.program)), and one"
              + " of the two is gone"))
        continue
      }
      openings[key, default: []].append(Opening(balance: balance.payable, coop: balance.coop))
      programs[key.partner, default: []].insert(key.program)
    }
    guard gone.isEmpty else {
      throw RunFailure(
        .configuration, "a partner or program with a balance is gone: nothing done",
        findings: gone)
    }
    for key in openings.keys { openings[key]?.sort { $0.currency < $1.currency } }
  }

  private mutating func addAdjustments(_ session: PeriodSession) throws {
    let earlier = try session.ledger.postedAdjustments()
    var changed: [Finding] = []
    for adjustment in session.workspace.adjustments {
      let entry = LedgerAdjustment(
        adjustment, registry: session.workspace.registry, plans: session.workspace.plans)
      if let known = earlier[adjustment.adjustmentId], known.period < session.period {
        if known.digest != entry.digest { changed.append(OpenAccounts.changed(adjustment)) }
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

  private static func changed(_ adjustment: Adjustment) -> Finding {
    let id = SafeText.shown(adjustment.adjustmentId)
    return Finding(
      .X914, feed: "adjustments.csv", field: "adjustmentId", value: id,
      message: "adjustment \(id) was posted and has changed since")
  }

  private mutating func addRunning(_ session: PeriodSession, _ month: Period) throws {
    for entry in try session.ledger.runningMonths(of: month, before: session.period) {
      let plans = session.workspace.plans
      guard let key = OpenAccounts.key(entry.participantId, entry.program, session.workspace),
        let lever = plans[key.program].leverNames.find(entry.lever)
      else { continue }
      running[key, default: [:]][LeverMonthKey(lever: lever, month: month)] = entry.running
    }
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
