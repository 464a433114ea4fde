package import Domain

/// How a workspace stands, as the last run or close left it.
package struct StatusReport: Sendable {
  /// A feed taken in in the open period.
  package struct Feed: Sendable {
    package var name: String
    package var rows: Int
    package var buckets: [Bucket: Int]
    /// How many findings there are of each code.
    package var findings: [String: Int]
  }

  /// The balances that are held for one reason.
  package struct Hold: Sendable {
    /// `H501` to `H509`.
    package var reason: FindingCode
    package var balances: Int
    /// What is held, by currency.
    package var amounts: [Amount]
    /// For how many periods in a row, this one included, and how many balances, ascending.
    package var ages: [(periods: Int, balances: Int)]
  }

  /// The balances in one currency, added up.
  package struct Balance: Sendable {
    package var currency: String
    package var balances: Int
    /// By the columns of `register.csv`, in their order.
    package var amounts: [(name: String, amount: String)]
  }

  package struct Amount: Hashable, Sendable {
    package var currency: String
    package var amount: String
  }

  /// The payments in one currency that stand in one state at the bank.
  package struct Bank: Sendable {
    package var currency: String
    /// `open`, `booked`, `returned`, `rejected` or `contradicted`.
    package var state: String
    package var payments: Int
    package var amount: String
  }

  /// The last close, as its register has it.
  package struct Close: Sendable {
    package var period: Period
    package var asOf: Day
    package var payments: Int
    package var paid: [Amount]
  }

  /// A run that took something in or changed something.
  package struct Run: Sendable {
    package var kind: String
    package var period: Period
    package var asOf: Day
    package var feeds: Int
    package var rows: Int
  }

  package var openPeriod: Period
  /// The as-of date of the draft; nil if there is none yet.
  package var draftAsOf: String?
  package var lastClose: Close?
  package var lastRun: Run?
  package var feeds: [Feed] = []
  /// Of the draft, or of the last close where there is none; so are the balances.
  package var holds: [Hold] = []
  package var balances: [Balance] = []
  /// Of all payments by bank transfer; empty before a file of a bank was reconciled.
  package var banks: [Bank] = []
  /// Feeds in the inbox, by name.
  package var waiting: [String] = []
  /// Files of the draft, or of the last close where there is none, that are missing: what they say
  /// is left out.
  package var missingOutputs: [String] = []
  /// Files that are not as they were when the draft was drawn.
  package var changedInputs: [String] = []

  package init(openPeriod: Period) {
    self.openPeriod = openPeriod
  }
}
