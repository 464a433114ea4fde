package import Domain
package import ExactMoney

/// What a bank has said of a payment, matched.
package struct BankMatch: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case booked, returned, rejected
  }

  /// By what it was recognised, the surest first.
  package enum Step: String, CaseIterable, Hashable, Sendable {
    case endToEndId, instructionId, batch, account
  }

  package var kind: Kind
  package var paymentId: String
  package var step: Step
  /// When it was booked; nil of a rejection.
  package var day: Day?
  /// What moved, in the currency of the payment; nil where nothing did, or nobody can tell.
  package var moved: Money?
  package var reason = ""
  package var information = ""
  /// The booking it is from, nil of a rejection; and which of its details.
  package var position: Int?
  /// The status it is from, of a rejection.
  package var status: Int?
  package var number = 0
  package var place: BankPlace
}

/// That a bank says of an order that it is settled, without showing it on the account yet.
package struct BankSettlement: Hashable, Sendable {
  package var paymentId: String
  /// `ACSC` or `ACCC`.
  package var code: String
  package var step: BankMatch.Step
  /// Among the statuses.
  package var status: Int
  package var place: BankPlace
}

/// A status of a payment whose payment file was never written: it cannot be true.
package struct UnorderedStatus: Hashable, Sendable {
  package var paymentId: String
  package var status: BankStatus
}

/// An entry that belongs to no payment, or not to the one it names.
package struct UnknownBankItem: Hashable, Sendable {
  package enum Why: Hashable, Sendable {
    /// Nothing in it is that of one payment.
    case noPayment
    /// The payment that it names was booked, or came back, before.
    case twice(String)
    /// It names a payment that was ordered from another account.
    case otherAccount(String)
    /// It names a payment that was ordered in another currency.
    case otherCurrency(String)
    /// It names a payment, and is too much or too little to be that, or what comes back of it.
    case otherAmount(String)
    /// It names a payment, and its day is long before that was ordered, or years after.
    case otherDay(String)
    /// It gives back a payment that no file has ordered and that was not booked.
    case notOrdered(String)
    /// A sum of payments that were all booked before.
    case sumTwice([String])
    /// A sum of payments of which these were booked before.
    case partlyTwice([String])
  }

  package var item: BankItem
  package var why: Why
}

/// What became of bookings and statuses: everything is in one place.
package struct BankMatching: Hashable, Sendable {
  /// By payment, then by kind.
  package internal(set) var matches: [BankMatch] = []
  package internal(set) var unknown: [UnknownBankItem] = []
  /// Sums that were matched, of which a part was booked before: repeated here, or moved twice.
  package internal(set) var partlyTold: [UnknownBankItem] = []
  /// Rejections of what is no payment of ours.
  package internal(set) var unknownStatuses: [BankStatus] = []
  /// What is settled, said for the first time.
  package internal(set) var settled: [BankSettlement] = []
  package internal(set) var unordered: [UnorderedStatus] = []

  package init() {}
}
