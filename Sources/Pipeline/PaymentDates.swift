import Banking
import Domain
import ExactMoney
import Workspace

/// When the payments of a period are made, as its statements say it: the execution date that a payment
/// file has, of a credit note the day of the close.
///
/// Of what no file holds, so that somebody pays it by hand, nobody knows the day. It goes by what the
/// period goes by, and so says the same whenever the period is drawn again.
final class PaymentDates {
  private let workspace: LoadedWorkspace
  private let calendar: ExecutionCalendar
  private let period: Period
  /// Nil of a draft: the day of its close is not known.
  private let closedOn: Day?
  private var router: PaymentRouter

  init(_ session: PeriodSession, state: DraftState) {
    workspace = session.workspace
    period = session.period
    calendar = ExecutionCalendar(
      workspace.configuration.payments, period: period, asOf: session.asOf)
    closedOn = state == .final ? session.asOf : nil
    router = PaymentRouter(payer: workspace.configuration.payer)
  }

  /// When a settlement is paid; they come by partner, program and currency. Nil if nothing is paid,
  /// or nobody can say it.
  func date(of settlement: Settlement) -> Day? {
    guard !settlement.paymentId.isEmpty, let method = settlement.paymentMethod else { return nil }
    if method == .creditNote { return closedOn }
    let order = order(settlement, method)
    return switch router.route(order) {
    case .transfer, .ach: order.executionDate
    case .creditNote, .unsent, .withoutAccount: nil
    }
  }

  private func order(_ settlement: Settlement, _ method: PaymentMethod) -> PaymentOrder {
    let registry = workspace.registry
    let plan = workspace.plans[settlement.program]
    var order = PaymentOrder(
      paymentId: settlement.paymentId, partner: registry.partners[settlement.partner],
      program: plan.program, method: method, amount: settlement.totalPayment, documentNumber: "",
      executionDate: calendar.executionDate(settlement.currency, plan.payment))
    if let profile = registry.paymentProfile(
      partner: settlement.partner, program: settlement.program)
    {
      order.take(profile)
    }
    return order
  }
}
