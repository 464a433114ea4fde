package import Domain
import ExactMoney

/// A lever's month of transaction dates.
package struct LeverMonthKey: Hashable, Sendable {
  /// Index in ``Plan/levers``.
  package var lever: Int
  package var month: Period

  package init(lever: Int, month: Period) {
    self.lever = lever
    self.month = month
  }
}

/// The plans of closed periods, as they were kept when each one was closed.
package struct KeptPlans: Sendable {
  private let plans: [Period: Plans]

  package init(_ plans: [Period: Plans] = [:]) {
    self.plans = plans
  }

  /// The tiers and the cap that count for a month, with their currency.
  ///
  /// A program or lever that did not exist yet when the month was closed goes by today's plan.
  func terms(
    of lever: Lever, in plan: Plan, month: Period
  ) -> (currency: Currency, lever: Lever) {
    guard let then = plans[month], let program = then.names.find(plan.program),
      let index = then[program].leverNames.find(lever.name)
    else { return (plan.currency, lever) }
    let old = then[program].levers[index]
    var result = lever
    result.cap = old.cap
    if case .tiers = old.rule { result.rule = old.rule }
    return (then[program].currency, result)
  }
}
