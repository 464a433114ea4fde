package import ExactMoney

/// A line of a statement about one accepted earning.
package struct EarningLine: Sendable {
  package var record: EarningRecord
  /// Where the record begins in the page it was read from.
  package var offset: Int
  /// The period of the transaction date.
  package var period: Period
  /// What counts, after tiers and cap; nil while an exchange rate is missing.
  package var earned: ExactAmount?
  package var earnedCurrency: Currency
  /// The rate that made it, where one rate did.
  package var rate: ExactRate?
  /// What the cap took.
  package var capped: ExactAmount = .zero
  /// An exchange rate that its lever's month needs is missing: it counts 0 until there is one.
  package var isWaiting = false

  package init(
    record: EarningRecord, offset: Int, earned: ExactAmount?, earnedCurrency: Currency,
    rate: ExactRate?
  ) {
    self.record = record
    self.offset = offset
    period = record.day.period
    self.earned = earned
    self.earnedCurrency = earnedCurrency
    self.rate = rate
  }
}

/// The lines of one period, lever, earning type and currency, added up and converted once.
package struct Subtotal: Sendable {
  package var period: Period
  package var lever: Int
  package var earningType: EarningType
  package var earnedCurrency: Currency
  /// Nil while an exchange rate that the lines need is missing.
  package var earned: ExactAmount?
  /// Nil while it is missing; the amount then counts 0.
  package var exchangeRate: ExactRate?
  /// The whole converted subtotal.
  package var amount: Money
  /// The part of it that is co-op.
  package var coop: Money

  package init(
    period: Period, lever: Int, earningType: EarningType, earnedCurrency: Currency,
    earned: ExactAmount?, exchangeRate: ExactRate?, amount: Money, coop: Money
  ) {
    self.period = period
    self.lever = lever
    self.earningType = earningType
    self.earnedCurrency = earnedCurrency
    self.earned = earned
    self.exchangeRate = exchangeRate
    self.amount = amount
    self.coop = coop
  }
}

extension EarningLine {
  /// Whether the line is one of those that a subtotal adds.
  package func isOf(_ subtotal: Subtotal) -> Bool {
    period == subtotal.period && Int(record.lever) == subtotal.lever
      && record.earningType == subtotal.earningType && earnedCurrency == subtotal.earnedCurrency
  }
}

/// A manual adjustment as it counts in a balance.
package struct PostedAdjustment: Sendable {
  package var adjustment: Adjustment
  /// Nil while it is missing; the amount then counts 0.
  package var exchangeRate: ExactRate?
  package var amount: Money

  package init(adjustment: Adjustment, exchangeRate: ExactRate?, amount: Money) {
    self.adjustment = adjustment
    self.exchangeRate = exchangeRate
    self.amount = amount
  }

  /// Whether it moves a balance into another currency.
  package var isCurrencyChange: Bool {
    adjustment.adjustmentId.isEmpty && adjustment.reasonCode == Adjustment.currencyChange
  }
}

/// What a balance was when the period opened; both amounts are in its currency.
package struct Opening: Hashable, Sendable {
  package var balance: Money
  package var coop: Money

  package init(balance: Money, coop: Money) {
    self.balance = balance
    self.coop = coop
  }

  package var currency: Currency { balance.currency }
  package var isZero: Bool { balance.isZero && coop.isZero }
}

/// How far tiers and cap of one lever had come in one month of transaction dates.
package struct RunningMonth: Hashable, Sendable {
  /// The basis of the tiers, in the plan's currency.
  package var basis = ExactAmount.zero
  /// What the lines earned before the cap, in the plan's currency.
  package var earned = ExactAmount.zero

  package init(basis: ExactAmount = .zero, earned: ExactAmount = .zero) {
    self.basis = basis
    self.earned = earned
  }
}

/// Where a lever's month stands once the lines of a period are posted.
package struct PostedMonth: Hashable, Sendable {
  /// Index in ``Plan/levers``.
  package var lever: Int
  /// The period of the transaction dates.
  package var month: Period
  package var running: RunningMonth

  package init(lever: Int, month: Period, running: RunningMonth) {
    self.lever = lever
    self.month = month
    self.running = running
  }
}

/// What becomes of a balance in a period.
package enum PaymentStatus: String, Sendable {
  /// To be paid, in a draft.
  case upcoming = "Upcoming"
  /// Issued.
  case inProgress = "In progress"
  /// Done: what is left to do, no bank does.
  case sent = "Sent"
  /// The bank has given it back.
  case reversed = "Reversed"
  /// The bank has not made it.
  case rejected = "Rejected"
  case onHold = "On hold"
  case nothingDue = "Nothing due"
}

/// One balance in one period, from its opening to its closing.
package struct Settlement: Sendable {
  /// Index in ``Registry/partners``.
  package var partner: Int
  /// Index in ``Plans``.
  package var program: Int
  package var currency: Currency

  /// Sorted as on the statement.
  package var lines: [EarningLine] = []
  package var subtotals: [Subtotal] = []
  package var adjustmentLines: [PostedAdjustment] = []
  /// Lines about what is not paid, for information, sorted as on the statement.
  package var ineligible: [EarningLine] = []

  package var opening: Money
  package var earned: Money
  package var adjustments: Money
  package var gross: Money
  package var salesTax: Money
  package var withheldTax: Money
  package var totalPayment: Money
  package var closing: Money
  package var coopOpening: Money
  package var coop: Money
  /// The part of `coop` that a change of the payment currency moved, no earning's.
  package var coopMoved: Money
  /// Of which other currencies the co-op waits for a rate into this one; it counts 0 until then.
  package var coopWaiting: [Currency] = []
  package var coopClosing: Money
  /// Of levers with tiers or a cap.
  package var months: [PostedMonth] = []
  package var status = PaymentStatus.nothingDue
  package var holds: HoldReasons = []
  package var paymentMethod: PaymentMethod?
  package var paymentId = ""

  package init(partner: Int, program: Int, currency: Currency, opening: Opening? = nil) {
    self.partner = partner
    self.program = program
    self.currency = currency
    let zero = Money.zero(currency)
    self.opening = opening?.balance ?? zero
    earned = zero
    adjustments = zero
    gross = zero
    salesTax = zero
    withheldTax = zero
    totalPayment = zero
    closing = self.opening
    coopOpening = opening?.coop ?? zero
    coop = zero
    coopMoved = zero
    coopClosing = coopOpening
  }

  /// Whether the register has a row for it: a balance that is not zero or waits, or any line.
  package var isRegistered: Bool {
    !lines.isEmpty || !adjustmentLines.isEmpty || !opening.isZero || !closing.isZero
      || !coopOpening.isZero || !coopClosing.isZero || !coopWaiting.isEmpty
  }
}
