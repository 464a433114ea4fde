/// The fields of a feed row, by the names of the Partner Center earnings export.
@usableFromInline
package enum EarningField: Int, CaseIterable, Hashable, Sendable {
  // Required.
  case earningId, participantId, programName, transactionDate, transactionCurrency
  case transactionAmount
  // What the row says about how it earns.
  case lever, earningType, earningRate, earningAmount
  // Carried to the statement, or asked for by a plan's `where`.
  case transactionId, transactionType, earningDate, invoiceNumber, agreementNumber
  case engagementName, solutionArea, workload, partNumber, productId, productName, customerId
  case customerName, customerCountry, subscriptionId, resellerId, resellerName, distributorId
  case quantity, quantityType
  // Adjustments and clawbacks.
  case reasonCode, relatedEarningId

  /// All fields in order; ``allCases`` would make a new array each time it is asked for.
  package static let all = allCases
  package static let count = all.count

  package var name: String { "\(self)" }

  package var isRequired: Bool {
    rawValue <= EarningField.transactionAmount.rawValue
  }

  /// Whether a plan's `where` may ask for this field: any text field of a feed row.
  package var isText: Bool {
    switch self {
    case .transactionDate, .transactionAmount, .earningRate, .earningAmount, .quantity: false
    default: true
    }
  }

  /// Whether the field is an identifier, in which tabs and line breaks are not allowed either.
  package var isIdentifier: Bool {
    self == .earningId || self == .participantId || self == .relatedEarningId
  }

  package init?(name: String) {
    guard let field = EarningField.allCases.first(where: { $0.name == name }) else { return nil }
    self = field
  }
}
