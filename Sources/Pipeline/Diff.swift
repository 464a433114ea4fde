import ExactMoney

/// What changed between two runs or periods, as a document: what `payout diff` shows and writes.
package struct Diff: Encodable, Sendable {
  /// One of the two that are compared.
  package struct Side: Encodable, Sendable {
    /// As it was named.
    package var name: String
    package var period: String
    /// `draft` or `final`.
    package var state: String
  }

  /// A part of a difference.
  package struct Cause: Encodable, Sendable {
    /// `opening`, `newRows`, `goneRows`, `changedRows`, `cap`, `exchangeRate`, `rounding`, `coop`,
    /// `adjustment`, `held`, `salesTax`, `withheldTax`; without statements also `earned` and
    /// `adjustments`.
    package var cause: String
    package var lever: String?
    package var earningType: String?
    /// Of the transaction dates.
    package var period: String?
    package var adjustmentId: String?
    /// How many rows there are.
    package var rows: Int?
    /// Signed, in the currency of the balance.
    package var amount: String
    let money: Money

    init(_ cause: String, _ money: Money) {
      self.cause = cause
      self.money = money
      amount = money.text
    }

    /// The causes in the order in which totals list them.
    static let order = [
      "opening", "earned", "newRows", "goneRows", "changedRows", "cap", "exchangeRate",
      "rounding", "coop", "adjustment", "adjustments", "held", "salesTax", "withheldTax",
    ]

    private enum CodingKeys: String, CodingKey {
      case cause, lever, earningType, period, adjustmentId, rows, amount
    }
  }

  /// A balance whose payment, or what makes it, has changed.
  package struct Balance: Encodable, Sendable {
    package var participantId: String
    package var participantName: String
    package var programName: String
    package var currency: String
    package var paymentA: String
    package var paymentB: String
    package var difference: String
    package var closingA: String
    package var closingB: String
    /// Empty where the balance is not there.
    package var statusA: String
    package var statusB: String
    package var holdsA: String
    package var holdsB: String
    package var causes: [Cause]
  }

  /// All balances of a program and currency.
  package struct Total: Encodable, Sendable {
    package var programName: String
    package var currency: String
    package var paymentA: String
    package var paymentB: String
    package var difference: String
    /// By cause only.
    package var causes: [Cause]
  }

  package var a: Side
  package var b: Side
  /// Balances that are the same in both are left out.
  package var balances: [Balance]
  package var totals: [Total]

  /// The document of schemas/diff.schema.json.
  ///
  /// - Throws: ``RunFailure`` with code 70, which cannot happen.
  package func json() throws(RunFailure) -> String { try JSONText.document(self) }
}
