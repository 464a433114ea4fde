import Domain
import ExactMoney
import FinanceReports
import Ledger
import Workspace

/// What the last close before a period paid, by balance.
struct PreviousPayments {
  private struct Key: Hashable {
    var partner: Int
    var program: Int
    var currency: Currency
  }

  let period: Period
  private var payments: [Key: Money] = [:]
  /// Of partners or programs that are gone from registry or plans.
  private var gone: [(name: LedgerBalanceName, amount: Money)] = []
  private let workspace: LoadedWorkspace

  /// - Returns: Nil if no period was closed before.
  /// - Throws: What the ledger throws.
  init?(_ session: PeriodSession) throws {
    guard
      let last = session.ledger.closes.map(\.period).filter({ $0 < session.period }).max()
    else { return nil }
    period = last
    workspace = session.workspace
    var payments: [Key: Money] = [:]
    var gone: [(name: LedgerBalanceName, amount: Money)] = []
    let (registry, plans) = (session.workspace.registry, session.workspace.plans)
    try session.ledger.forEachPayment(of: last) { name, amount in
      guard let partner = registry.ids.find(name.participantId),
        let program = plans.names.find(name.program)
      else { return gone.append((name, amount)) }
      payments[Key(partner: partner, program: program, currency: name.currency)] = amount
    }
    (self.payments, self.gone) = (payments, gone)
  }

  /// What a balance was paid, which is not asked for a second time.
  mutating func take(_ settlement: Settlement) -> Money {
    let key = Key(
      partner: settlement.partner, program: settlement.program, currency: settlement.currency)
    return payments.removeValue(forKey: key) ?? .zero(settlement.currency)
  }

  /// The payments of balances that nobody has asked for, by participantId, program and currency.
  ///
  /// - Throws: ``MoneyError/overflow``.
  func rest() throws(MoneyError) -> [Movements.Movement] {
    var movements: [Movements.Movement] = []
    for (key, amount) in payments {
      let partner = workspace.registry.partners[key.partner]
      movements.append(
        try Movements.Movement(
          participantId: partner.participantId, participantName: partner.name,
          program: workspace.plans[key.program].program, before: amount, now: .zero(key.currency)))
    }
    for (name, amount) in gone {
      movements.append(
        try Movements.Movement(
          participantId: name.participantId, participantName: "", program: name.program,
          before: amount, now: .zero(name.currency)))
    }
    return movements.sorted(by: PreviousPayments.precedes)
  }

  private static func precedes(_ left: Movements.Movement, _ right: Movements.Movement) -> Bool {
    if left.participantId != right.participantId {
      return precedesInBytes(left.participantId, right.participantId)
    }
    if left.program != right.program { return precedesInBytes(left.program, right.program) }
    return left.before.currency < right.before.currency
  }
}
