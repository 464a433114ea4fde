package import Domain
package import ExactMoney

/// What became at the bank of the payments that earlier periods have issued: what was expected, what
/// happened, and what is open.
package struct BankFacts: Sendable {
  /// What was issued in a currency, one thing that became of it, or what is left; the last is nothing.
  package struct Line: Hashable, Sendable {
    /// `issued`, a state, or `rest`.
    package var name: String
    /// How long ago it was to be executed; of what is open alone.
    package var age: String
    package var payments: Int
    /// All that became of what was issued is taken from it: below zero.
    package var amount: Money

    package init(name: String, age: String, payments: Int, amount: Money) {
      self.name = name
      self.age = age
      self.payments = payments
      self.amount = amount
    }
  }

  /// The other side, in a currency: what moved on the accounts of the payer.
  package struct Side: Hashable, Sendable {
    /// What left for payments, without what came back.
    package var moved: Money
    /// What of that is no payment.
    package var difference: Money
    /// What of it is payments that are booked and not back, less what came back though nobody told
    /// that it had left.
    package var booked: Money
    /// What is left when the two are taken from it: nothing.
    package var rest: Money
    /// Entries that belong to no payment; what came in is above zero.
    package var unknown: Money
    package var unknownEntries: Int

    package init(
      moved: Money, difference: Money, booked: Money, rest: Money, unknown: Money,
      unknownEntries: Int
    ) {
      self.moved = moved
      self.difference = difference
      self.booked = booked
      self.rest = rest
      self.unknown = unknown
      self.unknownEntries = unknownEntries
    }
  }

  /// A payment that is open, or of which banks told in the period.
  package struct Payment: Hashable, Sendable {
    package var paymentId: String
    package var participantId: String
    package var programName: String
    package var period: Period
    package var amount: Money
    package var executionDay: Day
    package var state: String
    /// Of what is open.
    package var age = ""
    package var bookedOn: Day?
    package var returnedOn: Day?
    package var difference: Money?
    /// The bank's code with our words, why the amount differs, or that the bank calls it settled.
    package var reason = ""
    package var remedy = ""
    package var putBackIn: Period?
    /// Whether somebody has to do something about it.
    package var isForPeople = false

    package init(
      paymentId: String, participantId: String, programName: String, period: Period,
      amount: Money, executionDay: Day, state: String
    ) {
      self.paymentId = paymentId
      self.participantId = participantId
      self.programName = programName
      self.period = period
      self.amount = amount
      self.executionDay = executionDay
      self.state = state
    }
  }

  /// The latest day on which a bank has booked anything, by which ages are counted.
  package var asOf: Day
  /// The files of banks that were reconciled in the period.
  package var files = 0
  /// By currency, each with its first line of what was issued and its last of what is left.
  package var lines: [(currency: Currency, lines: [Line])] = []
  package var sides: [(currency: Currency, side: Side)] = []
  package var payments: [Payment] = []

  package init(asOf: Day) {
    self.asOf = asOf
  }

  /// What all amounts of a currency would come to if none were negative, in minor units.
  func magnitude(_ currency: Currency) -> UInt128 {
    let own = lines.first { $0.currency == currency }?.lines ?? []
    return own.reduce(0) { $0 &+ $1.amount.minorUnits.magnitude }
  }
}
