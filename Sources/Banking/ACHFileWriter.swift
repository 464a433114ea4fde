import Domain
import ExactMoney

/// Writes an ACH file by the rules of NACHA: credits to companies (CCD), each with an addenda record
/// that has the whole paymentId.
struct ACHFileWriter {
  static let format = "NACHA CCD"
  /// Credits only.
  private static let serviceClass = "220"
  /// A credit to a checking account.
  private static let transactionCode = "22"

  let file: ACHFile
  let payer: BankPayer
  let period: Period
  let asOf: Day

  /// What controls count.
  private struct Totals {
    var records = 0
    var hash: Int128 = 0
    var cents: Int128 = 0

    mutating func add(_ other: Totals) {
      records += other.records
      hash += other.hash
      cents += other.cents
    }
  }

  /// Writes the file, piece by piece.
  ///
  /// - Throws: What `sink` throws.
  func write(to sink: ([UInt8]) throws -> Void) throws {
    try sink(header.bytes)
    var lines = 2
    var totals = Totals()
    var trace = 0
    for (index, batch) in file.batches.enumerated() {
      try sink(batchHeader(batch, number: index + 1).bytes)
      var batchTotals = Totals()
      for order in batch.orders {
        trace += 1
        try write(order, trace: Int128(trace), &batchTotals, to: sink)
      }
      try sink(batchControl(batchTotals, number: index + 1).bytes)
      totals.add(batchTotals)
      lines += batchTotals.records + 2
    }
    let blocks = (lines + ACHRecord.blocking - 1) / ACHRecord.blocking
    try sink(control(totals, blocks: blocks).bytes)
    for _ in lines..<(blocks * ACHRecord.blocking) {
      try sink([UInt8](repeating: 0x39, count: ACHRecord.length) + [0x0A])
    }
  }

  /// The first eight digits of the payer's bank.
  private var originator: String { String(file.account.routingNumber.prefix(8)) }

  private static func date(_ day: Day) -> String {
    let (year, month, date) = day.date
    return [year % 100, month, date].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
  }

  private var header: ACHRecord {
    var record = ACHRecord("1")
    record.text("01", 2)
    record.right(file.account.routingNumber, 10)
    record.right(file.account.companyId, 10)
    record.text(Self.date(asOf), 6)
    record.text("0000", 4)
    record.text("A", 1)
    record.text("094", 3)
    record.text("10", 2)
    record.text("1", 1)
    record.text(BankText(file.account.bankName, max: ACHRecord.bankNameMax).text, 23)
    record.text(payer.name.text, 23)
    record.text(period.text, 8)
    return record
  }

  private func batchHeader(_ batch: ACHBatch, number: Int) -> ACHRecord {
    var record = ACHRecord("5")
    record.text(Self.serviceClass, 3)
    record.text(payer.name.text, ACHRecord.companyNameMax)
    record.text("", 20)
    record.text(file.account.companyId, 10)
    record.text("CCD", 3)
    record.text("PAYOUT", 10)
    record.text(period.text.replacing("-", with: "").dropFirst(2), 6)
    record.text(Self.date(batch.executionDate), 6)
    record.text("", 3)
    record.text("1", 1)
    record.text(originator, 8)
    record.number(Int128(number), 7)
    return record
  }

  private func write(
    _ written: BankOrder, trace: Int128, _ totals: inout Totals, to sink: ([UInt8]) throws -> Void
  ) throws {
    let order = written.order
    var entry = ACHRecord("6")
    entry.text(Self.transactionCode, 2)
    entry.text(order.routingNumber, 9)
    entry.text(order.accountNumber, ACHRecord.accountNumberMax)
    entry.number(order.amount.minorUnits, 10)
    entry.text(ACHRecord.shortId(order.paymentId), ACHRecord.shortIdMax)
    entry.text(written.name, ACHRecord.nameMax)
    entry.text("", 2)
    entry.text("1", 1)
    entry.text(originator, 8)
    entry.number(trace, 7)
    try sink(entry.bytes)
    var addenda = ACHRecord("7")
    addenda.text("05", 2)
    // A reference of ANSI X12: the number of a transaction, and what it is about.
    addenda.text("REF*TN*\(order.paymentId)*\(written.documentNumber)\\", 80)
    addenda.number(1, 4)
    addenda.number(trace, 7)
    try sink(addenda.bytes)
    totals.records += 2
    totals.hash += Int128(order.routingNumber.prefix(8)) ?? 0
    totals.cents += order.amount.minorUnits
  }

  private func batchControl(_ totals: Totals, number: Int) -> ACHRecord {
    var record = ACHRecord("8")
    record.text(Self.serviceClass, 3)
    record.number(Int128(totals.records), 6)
    record.number(totals.hash, 10)
    record.number(0, 12)
    record.number(totals.cents, 12)
    record.text(file.account.companyId, 10)
    record.text("", 19)
    record.text("", 6)
    record.text(originator, 8)
    record.number(Int128(number), 7)
    return record
  }

  private func control(_ totals: Totals, blocks: Int) -> ACHRecord {
    var record = ACHRecord("9")
    record.number(Int128(file.batches.count), 6)
    record.number(Int128(blocks), 6)
    record.number(Int128(totals.records), 8)
    record.number(totals.hash, 10)
    record.number(0, 12)
    record.number(totals.cents, 12)
    record.text("", 39)
    return record
  }
}
