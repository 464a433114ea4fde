package import ExactMoney

/// One known earning in fixed width, as the ledger keeps it; its texts stand behind it.
///
/// Plain integers only, so that a record is written and read as one piece of memory.
package struct EarningRecord: BitwiseCopyable, Sendable {
  // Amounts first: they are the widest, and nothing is lost between the fields.
  package var amountPicos: Int128 = 0
  package var earnedPicos: Int128 = 0
  package var rateParts: Int128 = 0
  /// Of the earningId's value in its feed; -1 where it is not known.
  package var idByteOffset: Int64 = -1
  /// Of the record in its feed.
  package var recordByteOffset: Int64 = 0
  package var recordBytes: UInt32 = 0
  package var recordColumn: UInt32 = 0
  /// Counts the rows of its feed from 0.
  package var row: UInt32 = 0
  /// The ledger's number of the feed.
  package var feed: UInt32 = 0
  /// Of the record.
  package var line: UInt32 = 0
  /// Of the earningId's value.
  package var idLine: UInt32 = 0
  package var idColumn: UInt32 = 0
  package var partner: Int32 = 0
  package var dayNumber: Int32 = 0
  package var program: Int16 = 0
  package var lever: Int16 = 0
  package var typeNumber: UInt8 = 0
  package var currencyIndex: UInt8 = 0
  package var reasonBits: UInt8 = 0
  package var flagBits: UInt8 = 0
  /// Lengths of the texts behind the record, in ``EarningRecord/Text`` order.
  package var earningIdBytes: UInt32 = 0
  package var transactionIdBytes: UInt32 = 0
  package var customerNameBytes: UInt32 = 0
  package var productNameBytes: UInt32 = 0
  package var reasonCodeBytes: UInt32 = 0
  /// Of the pricing terms of a row that follows another, behind the texts.
  package var termsBytes: UInt32 = 0

  package init() {}

  /// The fixed part of a row that was decoded; `row`, `feed` and `termsBytes` are for the ledger.
  package init(_ batch: EarningBatch, _ row: Int) {
    amountPicos = batch.amounts[row].picos
    earnedPicos = batch.earned[row].picos
    rateParts = batch.rates[row].parts
    line = batch.lines[row]
    let place = batch.place(row, .earningId)
    idLine = UInt32(place.line)
    idColumn = UInt32(place.column)
    idByteOffset = Int64(place.byteOffset ?? -1)
    recordByteOffset = Int64(batch.byteOffsets[row])
    recordBytes = batch.recordEnd[row] - batch.recordStart[row]
    recordColumn = batch.columns[row]
    partner = batch.partners[row]
    dayNumber = batch.days[row].number
    program = Int16(batch.programs[row])
    lever = Int16(batch.levers[row])
    typeNumber = batch.earningTypes[row].rawValue
    currencyIndex = batch.currencies[row].index
    reasonBits = batch.reasons[row].rawValue
    flagBits = batch.flags[row].rawValue
    earningIdBytes = UInt32(batch.range(row, .earningId).count)
    transactionIdBytes = UInt32(batch.range(row, .transactionId).count)
    customerNameBytes = UInt32(batch.range(row, .customerName).count)
    productNameBytes = UInt32(batch.range(row, .productName).count)
    reasonCodeBytes = UInt32(batch.range(row, .reasonCode).count)
  }

  /// The texts that are kept, in the order in which they stand behind the record.
  package enum Text: Int, CaseIterable, Sendable {
    case earningId, transactionId, customerName, productName, reasonCode

    package var field: EarningField {
      switch self {
      case .earningId: .earningId
      case .transactionId: .transactionId
      case .customerName: .customerName
      case .productName: .productName
      case .reasonCode: .reasonCode
      }
    }
  }

  package var amount: ExactAmount { ExactAmount(picos: amountPicos) }
  package var earned: ExactAmount { ExactAmount(picos: earnedPicos) }
  package var rate: ExactRate { ExactRate(parts: rateParts) }
  package var day: Day { Day(number: dayNumber) }
  package var currency: Currency { Currency(at: currencyIndex) }
  package var earningType: EarningType { EarningType(rawValue: typeNumber) ?? .adjustment }
  package var reasons: IneligibilityReasons { IneligibilityReasons(rawValue: reasonBits) }
  package var flags: RowFlags { RowFlags(rawValue: flagBits) }

  /// Bytes of a text.
  package func length(_ text: Text) -> Int {
    switch text {
    case .earningId: Int(earningIdBytes)
    case .transactionId: Int(transactionIdBytes)
    case .customerName: Int(customerNameBytes)
    case .productName: Int(productNameBytes)
    case .reasonCode: Int(reasonCodeBytes)
    }
  }

  /// Bytes of everything behind the record.
  package var trailingBytes: Int {
    Int(earningIdBytes) + Int(transactionIdBytes) + Int(customerNameBytes)
      + Int(productNameBytes) + Int(reasonCodeBytes) + Int(termsBytes)
  }
}

/// What a row that follows another needs to be priced again: the rate may be that of another day.
package struct PricingTerms: Hashable, Sendable {
  /// Entries of the lever's `rates` whose `where` matches the row, in order.
  package var entries: [UInt16]
  package var earningRate: ExactRate?
  package var earningAmount: ExactAmount?

  package init(entries: [UInt16], earningRate: ExactRate?, earningAmount: ExactAmount?) {
    self.entries = entries
    self.earningRate = earningRate
    self.earningAmount = earningAmount
  }
}
