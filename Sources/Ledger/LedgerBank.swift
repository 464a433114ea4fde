package import ByteStreams
package import Domain
package import ExactMoney

/// A file of a bank that was reconciled.
package struct LedgerBankFile: Hashable, Sendable {
  /// Counts from 1, without gaps.
  package var number: Int
  /// The one that was open then.
  package var period: Period
  /// In `archive/bank/`.
  package var name: String
  package var deliveredAs: String
  package var digest: SHA256Digest
  package var format: String
  package var messageId: String
  package var pending: Int

  package init(
    number: Int, period: Period, name: String, deliveredAs: String, digest: SHA256Digest,
    format: String, messageId: String, pending: Int
  ) {
    self.number = number
    self.period = period
    self.name = name
    self.deliveredAs = deliveredAs
    self.digest = digest
    self.format = format
    self.messageId = messageId
    self.pending = pending
  }
}

/// What a bank has booked.
package struct LedgerBankEntry: Hashable, Sendable {
  /// Counts from 1, without gaps.
  package var number: Int
  /// Of its file.
  package var file: Int
  package var line: Int
  package var identity: SHA256Digest
  package var day: Day
  package var isDebit: Bool
  package var currency: Currency
  /// Nil where the bank gives only the sum of several.
  package var amount: Money?
  package var reference: String
  package var endToEndId: String
  /// The number of the entry that told of the same booking before.
  package var repeats: Int?

  package init(
    number: Int, file: Int, line: Int, identity: SHA256Digest, day: Day, isDebit: Bool,
    currency: Currency, amount: Money?, reference: String, endToEndId: String,
    repeats: Int? = nil
  ) {
    self.number = number
    self.file = file
    self.line = line
    self.identity = identity
    self.day = day
    self.isDebit = isDebit
    self.currency = currency
    self.amount = amount
    self.reference = reference
    self.endToEndId = endToEndId
    self.repeats = repeats
  }
}

/// What a bank has said of a payment.
package struct LedgerPaymentEvent: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case booked, returned, rejected
  }

  /// Counts from 1, without gaps.
  package var number: Int
  package var file: Int
  /// Nil of a rejection.
  package var entry: Int?
  package var paymentId: String
  package var kind: Kind
  /// By what it was recognised.
  package var step: String
  package var line: Int
  package var day: Day?
  /// In the currency of the payment; nil where nobody can tell.
  package var moved: Money?
  package var reason = ""
  package var information = ""
  /// Of name, address and payment profile by which it was paid: ``PaymentDestination``.
  package var destination: SHA256Digest?

  package init(
    number: Int, file: Int, entry: Int?, paymentId: String, kind: Kind, step: String, line: Int,
    day: Day?, moved: Money?
  ) {
    self.number = number
    self.file = file
    self.entry = entry
    self.paymentId = paymentId
    self.kind = kind
    self.step = step
    self.line = line
    self.day = day
    self.moved = moved
  }
}

/// That a bank calls an order settled; the money shows on the account later.
package struct LedgerPaymentStatus: Hashable, Sendable {
  /// Counts from 1, without gaps.
  package var number: Int
  package var file: Int
  package var paymentId: String
  /// `ACSC` or `ACCC`.
  package var code: String
  /// By what it was recognised.
  package var step: String
  package var line: Int

  package init(
    number: Int, file: Int, paymentId: String, code: String, step: String, line: Int
  ) {
    self.number = number
    self.file = file
    self.paymentId = paymentId
    self.code = code
    self.step = step
    self.line = line
  }
}

/// All that a reconciliation adds, in one transaction.
package struct LedgerBankIntake: Sendable {
  package var period: Period
  /// Each with its entries, and what they and its statuses say of payments.
  package var files: [(file: LedgerBankFile, entries: [LedgerBankEntry])] = []
  package var events: [LedgerPaymentEvent] = []
  package var statuses: [LedgerPaymentStatus] = []

  package init(period: Period) {
    self.period = period
  }
}

/// A payment as it was issued, with all that became of it.
package struct LedgerPaymentStory: Hashable, Sendable {
  package var payment: LedgerPayment
  package var gross: Money
  package var salesTax: Money
  package var withheldTax: Money
  /// In the order in which they were recorded.
  package var events: [LedgerPaymentEvent] = []
  /// In the order in which they were recorded.
  package var statuses: [LedgerPaymentStatus] = []
  /// Entries that name it and are not taken for it, nor for what came back of it.
  package var otherEntries: [LedgerBankEntry] = []
  /// The close that put it back into the balance; nil if none did.
  package var putBack: Period?

  package func event(_ kind: LedgerPaymentEvent.Kind) -> LedgerPaymentEvent? {
    events.first { $0.kind == kind }
  }

  /// Whether it left the account more often than it came back and once: what came back may be what left
  /// too often.
  package var hasLeftAgain: Bool {
    let least = payment.amount.minorUnits / 2
    let more = otherEntries.filter { entry in
      entry.currency == payment.amount.currency
        && entry.amount.map { $0.minorUnits >= least } ?? false
    }
    return more.count { $0.isDebit } > more.count { !$0.isDebit }
  }

  /// What gives it back to the partner: that it came back, or was never made. What was rejected, and
  /// booked or settled all the same, waits for people, and so does what left twice and came back once.
  package var returning: LedgerPaymentEvent? {
    if event(.returned) != nil, hasLeftAgain { return nil }
    let isMade = event(.booked) != nil || !statuses.isEmpty
    return event(.returned) ?? (isMade ? nil : event(.rejected))
  }

  /// What was known once a period had come to its end, and nothing that came later.
  ///
  /// - Parameter file: The last file of a bank that was reconciled by then.
  package func known(in period: Period, file: Int) -> LedgerPaymentStory {
    var story = self
    story.events.removeAll { $0.file > file }
    story.statuses.removeAll { $0.file > file }
    story.otherEntries.removeAll { $0.file > file }
    if let putBack, putBack >= period { story.putBack = nil }
    return story
  }
}

/// A payment that goes back into the balance it was paid from.
package struct LedgerReturn: Hashable, Sendable {
  package var paymentId: String
  /// Of the close that issued it.
  package var period: Period
  package var balance: LedgerBalanceName
  package var gross: Money
  package var salesTax: Money
  package var withheldTax: Money
  /// What was said of it.
  package var event: Int
  /// The bank's code; may be empty.
  package var reason: String
}
