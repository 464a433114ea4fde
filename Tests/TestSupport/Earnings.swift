package import Domain
import ExactMoney

/// Earnings with their texts, as the ledger gives them to what writes about them.
package struct Earnings {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = []

  /// One earning as a test writes it.
  package struct Row {
    package var id: String
    package var transactionId: String
    package var amount: String
    package var currency: String
    package var day: String
    package var lever: Int
    package var type: EarningType
    package var customerName: String
    package var productName: String
    package var reasonCode: String
    package var feed: Int
    package var line: Int

    package init(
      id: String, transactionId: String = "", amount: String, currency: String = "EUR",
      day: String = "2026-10-05", lever: Int = 0, type: EarningType = .rebate,
      customerName: String = "", productName: String = "", reasonCode: String = "",
      feed: Int = 0, line: Int = 2
    ) {
      self.id = id
      self.transactionId = transactionId
      self.amount = amount
      self.currency = currency
      self.day = day
      self.lever = lever
      self.type = type
      self.customerName = customerName
      self.productName = productName
      self.reasonCode = reasonCode
      self.feed = feed
      self.line = line
    }
  }

  package init() {}

  package var page: EarningPage { EarningPage(bytes: bytes, offsets: offsets) }

  /// Adds an earning.
  ///
  /// - Parameters:
  ///   - earned: Nil while it waits for an exchange rate.
  package mutating func add(
    _ row: Row, earned: String? = nil, rate: String? = nil, capped: String = "0",
    reasons: IneligibilityReasons = []
  ) throws -> EarningLine {
    var record = EarningRecord()
    record.amountPicos = try amount(row.amount).picos
    record.currencyIndex = try currency(row.currency).index
    record.dayNumber = try day(row.day).number
    record.lever = Int16(row.lever)
    record.typeNumber = row.type.rawValue
    record.feed = UInt32(row.feed)
    record.line = UInt32(row.line)
    record.reasonBits = reasons.rawValue
    let texts = [row.id, row.transactionId, row.customerName, row.productName, row.reasonCode]
    record.earningIdBytes = UInt32(texts[0].utf8.count)
    record.transactionIdBytes = UInt32(texts[1].utf8.count)
    record.customerNameBytes = UInt32(texts[2].utf8.count)
    record.productNameBytes = UInt32(texts[3].utf8.count)
    record.reasonCodeBytes = UInt32(texts[4].utf8.count)
    let offset = bytes.count
    offsets.append(offset)
    // The record itself is in the line; the page is asked for the texts behind it.
    bytes += [UInt8](repeating: 0, count: MemoryLayout<EarningRecord>.size)
    bytes += Array(texts.joined().utf8)
    var line = EarningLine(
      record: record, offset: offset, earned: try earned.map { try amount($0) },
      earnedCurrency: record.currency, rate: try rate.map { try TestSupport.rate($0) })
    line.capped = try amount(capped)
    return line
  }
}
