import Domain
import Workbook

/// The columns of the tables in `reconciliation.xlsx`; those of the register are the ones of
/// `register.csv`.
enum ReconciliationColumns {
  private static let balance = [
    WorkbookColumn("participantId", .id, width: 14),
    WorkbookColumn("participantName", .text, width: 30),
    WorkbookColumn("programName", .text, width: 26), WorkbookColumn("currency", .text, width: 10),
  ]

  private static func amounts(_ names: [String]) -> [WorkbookColumn] {
    names.map { WorkbookColumn($0, .amount, width: 15) }
  }

  static let register =
    [WorkbookColumn("period", .text, width: 10)] + balance + amounts(Settlement.amountNames) + [
      WorkbookColumn("paymentStatus", .text, width: 15),
      WorkbookColumn("holdReasons", .text, width: 15),
      WorkbookColumn("paymentMethod", .text, width: 17),
      WorkbookColumn("paymentId", .id, width: 31),
    ]

  static let payments =
    [WorkbookColumn("paymentId", .id, width: 31)] + balance
    + amounts(["gross", "salesTax", "withheldTax", "totalPayment"]) + [
      WorkbookColumn("paymentMethod", .text, width: 17),
      WorkbookColumn("paymentStatus", .text, width: 15),
    ]

  static let holds =
    balance + [
      WorkbookColumn("closing", .amount, width: 15),
      WorkbookColumn("holdReasons", .text, width: 15),
      WorkbookColumn("reason", .text, width: 48), WorkbookColumn("remedy", .text, width: 90),
    ]

  static let ineligible = [
    WorkbookColumn("participantId", .id, width: 14),
    WorkbookColumn("participantName", .text, width: 30),
    WorkbookColumn("programName", .text, width: 26), WorkbookColumn("lever", .text, width: 20),
    WorkbookColumn("earningId", .id, width: 18), WorkbookColumn("transactionId", .id, width: 18),
    WorkbookColumn("transactionDate", .date, width: 16),
    WorkbookColumn("transactionAmount", .amount, width: 19),
    WorkbookColumn("transactionCurrency", .text, width: 21),
    WorkbookColumn("reasonCodes", .text, width: 14), WorkbookColumn("reason", .text, width: 60),
    WorkbookColumn("disputeBy", .date, width: 12), WorkbookColumn("feed", .text, width: 32),
    WorkbookColumn("line", .count, width: 9),
  ]

  static let rejects = [
    WorkbookColumn("feed", .text, width: 32), WorkbookColumn("line", .count, width: 9),
    WorkbookColumn("rows", .count, width: 8), WorkbookColumn("earningId", .id, width: 18),
    WorkbookColumn("participantId", .id, width: 14), WorkbookColumn("field", .text, width: 20),
    WorkbookColumn("value", .id, width: 20), WorkbookColumn("code", .text, width: 8),
    WorkbookColumn("message", .text, width: 70), WorkbookColumn("remedy", .text, width: 90),
  ]

  static let buckets = [
    WorkbookColumn("period", .text, width: 10), WorkbookColumn("feed", .text, width: 40),
    WorkbookColumn("currency", .text, width: 10), WorkbookColumn("bucket", .text, width: 12),
    WorkbookColumn("rows", .count, width: 10), WorkbookColumn("amount", .amount, width: 18),
  ]
}
