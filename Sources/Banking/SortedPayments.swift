package import Domain
package import ExactMoney

/// The payments of a period by the files they go into: each is in exactly one place.
package struct SortedPayments: Sendable {
  /// One for each account of the payer, in the order in which its first payment came.
  package internal(set) var transfers: [TransferFile] = []
  package internal(set) var ach: ACHFile?
  package internal(set) var creditNotes: [PaymentOrder] = []
  package internal(set) var unsent: [UnsentPayment] = []
  /// Transfers for which the payer has no account: they wait until it has one.
  package internal(set) var withoutAccount: [PaymentOrder] = []
  package internal(set) var findings: FindingLog

  init(findingsMax: Int) {
    findings = FindingLog(limit: findingsMax)
  }

  /// Those that no file pays because a bank told of them before.
  package var toldBefore: [PaymentOrder] {
    unsent.filter { $0.reasons == [.toldBefore] }.map(\.order)
  }

  /// Every payment, in no order that means anything.
  package var all: [PaymentOrder] {
    transfers.flatMap { $0.blocks.flatMap { $0.orders.map(\.order) } }
      + (ach?.batches.flatMap { $0.orders.map(\.order) } ?? [])
      + creditNotes + unsent.map(\.order) + withoutAccount
  }
}

/// A payment in the characters that banks take.
package struct BankOrder: Sendable {
  package let order: PaymentOrder
  let name: String
  let street: String
  let postCode: String
  let town: String
  let documentNumber: String
}

/// What one account of the payer pays by credit transfer.
package struct TransferFile: Sendable {
  package let account: PayerAccount
  package internal(set) var blocks: [TransferBlock] = []
}

/// What is paid in one currency on one day, by the same rules.
package struct TransferBlock: Sendable {
  package let currency: Currency
  package let executionDate: Day
  package let isSEPA: Bool
  package internal(set) var orders: [BankOrder] = []

  /// The order of blocks in a file.
  static func precedes(_ left: TransferBlock, _ right: TransferBlock) -> Bool {
    (left.currency, left.executionDate, left.isSEPA ? 0 : 1)
      < (right.currency, right.executionDate, right.isSEPA ? 0 : 1)
  }
}

/// What the payer's bank in the United States pays.
package struct ACHFile: Sendable {
  package let account: PayerAccount
  package internal(set) var batches: [ACHBatch] = []
}

/// What it pays on one day.
package struct ACHBatch: Sendable {
  package let executionDate: Day
  package internal(set) var orders: [BankOrder] = []
}

/// A payment that no file can hold.
package struct UnsentPayment: Sendable {
  package let order: PaymentOrder
  /// All that apply, at least one.
  package let reasons: [UnsentReason]

  /// Why, as a sentence without its full stop.
  package var what: String { reasons.map(\.what).joined(separator: "; ") }
}
