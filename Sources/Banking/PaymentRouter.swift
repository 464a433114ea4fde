package import Domain
import ExactMoney

/// Finds the file that a payment goes into, or why none can hold it.
///
/// Payments come by partner, program and currency, since a file may become full. It looks at a payment
/// only; what is written of it is the ``PaymentSorter``'s.
package struct PaymentRouter: Sendable {
  package enum Route: Hashable, Sendable {
    case creditNote
    case transfer(PayerAccount, isSEPA: Bool)
    case ach(PayerAccount)
    /// No file can hold it, for all of these reasons, at least one.
    case unsent([UnsentReason])
    /// The payer has no account for its currency, or no name that a bank can read.
    case withoutAccount
  }

  /// SEPA takes no larger amount: 999,999,999.99 EUR.
  private static let sepaMax: Int128 = 99_999_999_999
  /// A transfer's amount has at most 18 digits.
  private static let transferMax: Int128 = 999_999_999_999_999_999

  private let payer: Payer
  private let canNamePayer: Bool
  private var ach = ACHRoom()

  package init(payer: Payer) {
    self.payer = payer
    canNamePayer = BankText(payer.name, max: BankField.name).isReadable
  }

  package mutating func route(_ order: PaymentOrder) -> Route {
    if order.method == .creditNote { return .creditNote }
    guard canNamePayer else { return .withoutAccount }
    if let account = payer.achAccount, order.amount.currency == account.currency,
      !order.routingNumber.isEmpty, !order.accountNumber.isEmpty
    {
      let faults = achFaults(order)
      return faults.isEmpty ? .ach(account) : .unsent(faults)
    }
    guard let account = payer.transferAccount(order.amount.currency) else {
      return .withoutAccount
    }
    let isSEPA =
      order.amount.currency.code == "EUR" && SEPAArea.includes(iban: account.iban)
      && !order.iban.isEmpty && SEPAArea.includes(iban: order.iban)
    let faults = transferFaults(order, isSEPA: isSEPA)
    return faults.isEmpty ? .transfer(account, isSEPA: isSEPA) : .unsent(faults)
  }

  // MARK: Credit transfers

  private func transferFaults(_ order: PaymentOrder, isSEPA: Bool) -> [UnsentReason] {
    var faults: [UnsentReason] = []
    if !BankText(order.accountHolder, max: BankField.name).isReadable { faults.append(.name) }
    let max = isSEPA ? PaymentRouter.sepaMax : PaymentRouter.transferMax
    if order.amount.minorUnits > max { faults.append(.amount) }
    guard !isSEPA else { return faults }
    if order.bic.isEmpty, order.iban.isEmpty, !order.routingNumber.isEmpty,
      order.amount.currency.code == "USD"
    {
      return faults + [.usAccount]
    }
    if !BIC.isValid(order.bic) { faults.append(.bic) }
    if !BankText(order.town, max: BankField.town).isReadable { faults.append(.town) }
    if order.iban.isEmpty, !isAccountNumber(order.accountNumber, max: BankField.accountNumber) {
      faults.append(.accountNumber)
    }
    return faults
  }

  private func isAccountNumber(_ text: String, max: Int) -> Bool {
    (1...max).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x20: true
        default: false
        }
      }
  }

  // MARK: Files for banks in the United States

  private mutating func achFaults(_ order: PaymentOrder) -> [UnsentReason] {
    var faults: [UnsentReason] = []
    if !BankText(order.accountHolder, max: ACHRecord.nameMax).isReadable { faults.append(.name) }
    if order.amount.minorUnits > ACHRecord.amountMax { faults.append(.amount) }
    if !isAccountNumber(order.accountNumber, max: ACHRecord.accountNumberMax) {
      faults.append(.accountNumber)
    }
    if faults.isEmpty, !ach.take(order.amount.minorUnits) { faults.append(.fileFull) }
    return faults
  }
}

/// How much still fits into the totals of an ACH file.
private struct ACHRoom {
  private var entries = 0
  private var cents: Int128 = 0

  /// Whether one more payment fits; if so it counts.
  mutating func take(_ amount: Int128) -> Bool {
    guard entries < ACHRecord.entriesMax, cents + amount <= ACHRecord.totalMax else { return false }
    entries += 1
    cents += amount
    return true
  }
}
