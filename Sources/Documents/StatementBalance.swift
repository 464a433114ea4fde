package import Domain
package import ExactMoney

/// One balance on a statement: a program and a currency, from opening to closing.
package struct StatementBalance: Sendable {
  package var program: String
  package var currency: Currency
  package var payment: StatementPayment
  /// opening, earnings, coop (if any), adjustments (if any), gross, closing; the last is the sum of
  /// those before it.
  package var bridge: [StatementBridgeStep]
  /// The co-op balance, which is not paid out; nil where there is none.
  package var coop: StatementCoop?
  /// By lever, month, earning type and currency, as the subtotals of the CSV.
  package var earnings: [StatementEarnings]
  package var adjustments: [PostedAdjustment]
  /// All of them, sorted as in the CSV; a rendering shows ``lineLimit``.
  package var ineligible: [StatementIneligible]
  /// The reasons that occur in ``ineligible``, ascending, each once.
  package var ineligibleReasons: [FindingCode]
  package var holds: [StatementHold]
  /// Those with a rate or an amount.
  package var taxes: [StatementTax]
  /// How many lines of ``lines`` and of ``ineligible`` each the plan wants shown; the rest is in the
  /// CSV.
  package var lineLimit: Int
  /// Every accepted earning, sorted as in the CSV.
  package var lines: [EarningLine]
  /// Lever names by ``EarningRecord/lever``.
  package var leverNames: [String]

  package var shownLines: ArraySlice<EarningLine> { lines.prefix(lineLimit) }
  package var shownIneligible: ArraySlice<StatementIneligible> { ineligible.prefix(lineLimit) }
  /// How many lines and ineligible earnings only the CSV has.
  package var hiddenLines: Int { lines.count - shownLines.count }
  package var hiddenIneligible: Int { ineligible.count - shownIneligible.count }

  package func leverName(of line: EarningLine) -> String { leverNames[Int(line.record.lever)] }
}

/// What is paid of a balance, and how.
package struct StatementPayment: Sendable {
  package var status: PaymentStatus
  /// Before taxes; zero unless the payment is due.
  package var gross: Money
  /// What reaches the partner: gross + sales tax − withheld tax.
  package var total: Money
  /// Empty unless there is a payment.
  package var paymentId: String
  package var method: PaymentMethod?
  /// The last four characters of IBAN or account number; empty where there is none.
  package var accountEnding: String
  /// When the payer's bank executes the payment, or of a credit note, when it was issued; of a draft
  /// what is expected. Nil where nobody can say it yet, or where there is no payment.
  package var date: Day?
}

/// A step of the way from opening to closing.
package struct StatementBridgeStep: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case opening, earnings, coop, adjustments, gross, closing
  }

  package var kind: Kind
  /// Signed: what it adds to the balance; of opening and closing the balance itself.
  package var amount: Money
  /// The balance before and after this step, for a chart; `before` of opening and closing is zero.
  package var before: Money
  package var after: Money
}

/// A co-op balance.
package struct StatementCoop: Hashable, Sendable {
  package var opening: Money
  /// Accrued in this period.
  package var accrued: Money
  /// Moved by a change of the payment currency.
  package var moved: Money
  package var closing: Money
}

/// A tax on a payment.
package struct StatementTax: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Added to the payment.
    case salesTax
    /// Taken off the payment.
    case withheldTax
  }

  package var kind: Kind
  /// The gross.
  package var base: Money
  package var rate: ExactRate
  /// Not negative.
  package var amount: Money
}

/// Why nothing is paid.
package struct StatementHold: Hashable, Sendable {
  /// H501 to H509.
  package var code: FindingCode
  /// Of H506: what a payment has to reach, and what is missing to it.
  package var threshold: Money?
  package var missing: Money?
}

/// An earning that does not count.
package struct StatementIneligible: Sendable {
  package var line: EarningLine
  /// E301 to E305, ascending.
  package var reasons: [FindingCode]
  /// The last day on which it still becomes eligible by itself.
  package var disputeBy: Day
  /// Whether that day is over at the as-of date.
  package var isOver: Bool
}
