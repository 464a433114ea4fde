package import ExactMoney

/// One known earning in fixed width, as the ledger keeps it; its texts stand behind it.
///
/// Plain integers only, so that a record is written and read as one piece of memory.
@usableFromInline
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
  @usableFromInline package var reasonBits: UInt8 = 0
  @usableFromInline package var flagBits: UInt8 = 0
  /// Lengths of the texts behind the record, in ``EarningRecord/Text`` order.
  package var earningIdBytes: UInt32 = 0
  package var transactionIdBytes: UInt32 = 0
  package var customerNameBytes: UInt32 = 0
  package var productNameBytes: UInt32 = 0
  package var reasonCodeBytes: UInt32 = 0
  /// Of the pricing terms of a row that follows another, behind the texts.
  package var termsBytes: UInt32 = 0

  package init() {}

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
  @inlinable package var reasons: IneligibilityReasons {
    IneligibilityReasons(rawValue: reasonBits)
  }
  @inlinable package var flags: RowFlags { RowFlags(rawValue: flagBits) }

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

extension EarningBatch {
  /// The fixed part of a row that was decoded; `row`, `feed` and `termsBytes` are for the ledger.
  ///
  /// A function of the batch and no initializer of the record: that one would own its arguments,
  /// and copy the batch for each row.
  package func record(_ row: Int) -> EarningRecord {
    var record = EarningRecord()
    record.amountPicos = amounts[row].picos
    record.earnedPicos = earned[row].picos
    record.rateParts = rates[row].parts
    record.line = lines[row]
    let place = place(row, .earningId)
    record.idLine = UInt32(place.line)
    record.idColumn = UInt32(place.column)
    record.idByteOffset = Int64(place.byteOffset ?? -1)
    record.recordByteOffset = Int64(byteOffsets[row])
    record.recordBytes = recordEnd[row] - recordStart[row]
    record.recordColumn = columns[row]
    record.partner = partners[row]
    record.dayNumber = days[row].number
    record.program = Int16(programs[row])
    record.lever = Int16(levers[row])
    record.typeNumber = earningTypes[row].rawValue
    record.currencyIndex = currencies[row].index
    record.reasonBits = reasons[row].rawValue
    record.flagBits = flags[row].rawValue
    record.earningIdBytes = UInt32(range(row, .earningId).count)
    record.transactionIdBytes = UInt32(range(row, .transactionId).count)
    record.customerNameBytes = UInt32(range(row, .customerName).count)
    record.productNameBytes = UInt32(range(row, .productName).count)
    record.reasonCodeBytes = UInt32(range(row, .reasonCode).count)
    return record
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
