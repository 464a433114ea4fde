/// A partner's program and currency on a statement, from its opening to its closing, added up
/// again. All amounts are in millionths.
struct VerifySection {
  /// The line types in their order; `earning`, `subtotal` and `capped` come with keys.
  private static let amounts: Set<String> = [
    "opening", "subtotal", "coop", "adjustment", "gross", "salesTax", "withheldTax", "payment",
    "closing",
  ]

  /// Participant, program and currency, as they stand in the file.
  let key: [UInt8]
  /// Of its first line.
  let line: Int
  /// By line type.
  private(set) var sums: [String: Int128] = [:]
  private(set) var counts: [String: Int] = [:]
  private(set) var holds = ""
  /// Of the last line of each type.
  private var records: [String: Int] = [:]
  /// Earned amounts of lines that are in no subtotal yet.
  private var earned: [[UInt8]: Int128] = [:]
  private(set) var details: [Fault] = []

  /// Something that does not hold.
  struct Fault {
    enum Kind {
      /// A sum.
      case sum
      /// A line that is missing, or there too often.
      case line
      /// A value that is no decimal.
      case decimal
    }

    var kind: Kind
    /// A sentence without its full stop.
    var what: String
    /// Of the line that it is about; of a sum of the whole section, its last line, if there is one.
    var record: Int?
    /// Whether it is about the whole section.
    var isOfSection = false
    /// Of the value that it is about, in ``StatementColumn``.
    var column = StatementColumn.amount
  }

  /// What does not hold, as sentences without their full stop.
  var faults: [String] {
    details.map { fault in
      let line = fault.isOfSection ? nil : fault.record
      return (line.map { "line \($0): " } ?? "") + fault.what
    }
  }

  init(key: [UInt8], line: Int) {
    self.key = key
    self.line = line
  }

  func sum(_ type: String) -> Int128 { sums[type] ?? 0 }

  /// Whether there is nothing in it that the register would have a row for.
  var isEmpty: Bool {
    (counts["earning"] ?? 0) + (counts["adjustment"] ?? 0) == 0 && sum("opening") == 0
      && sum("closing") == 0
  }

  /// Adds a line.
  mutating func add(_ type: String, _ record: VerifyTable.Record) {
    counts[type, default: 0] += 1
    records[type] = record.number
    if VerifySection.amounts.contains(type) {
      guard let amount = VerifyAmount.millionths(record.raw(StatementColumn.amount)) else {
        return fault("the amount is no decimal", .decimal, record)
      }
      sums[type] = total(sum(type), amount)
    }
    switch type {
    case "earning": addEarning(record)
    case "subtotal": checkSubtotal(record)
    case "held": holds = record.text(StatementColumn.reasonCodes)
    default: break
    }
  }

  private mutating func total(_ left: Int128, _ right: Int128) -> Int128 {
    let (total, overflow) = left.addingReportingOverflow(right)
    if overflow { fault("amounts are too large to be added up") }
    return total
  }

  /// An earned amount; 0 while an exchange rate is missing.
  private mutating func earned(_ record: VerifyTable.Record) -> Int128 {
    let text = record.raw(StatementColumn.earnedAmount)
    if text.isEmpty { return 0 }
    if let amount = VerifyAmount.millionths(text) { return amount }
    fault("the earned amount is no decimal", .decimal, record, StatementColumn.earnedAmount)
    return 0
  }

  private mutating func addEarning(_ record: VerifyTable.Record) {
    let key = record.key(StatementColumn.subtotalKey)
    earned[key] = total(earned[key] ?? 0, earned(record))
  }

  private mutating func checkSubtotal(_ record: VerifyTable.Record) {
    let lines = earned.removeValue(forKey: record.key(StatementColumn.subtotalKey))
    let subtotal = earned(record)
    guard let lines else { return fault("a subtotal of no lines", .line, record) }
    if lines != subtotal {
      fault(
        "the lines earn \(VerifyAmount.text(lines)), the subtotal says"
          + " \(VerifyAmount.text(subtotal))", .sum, record, StatementColumn.earnedAmount)
    }
    checkConversion(record, subtotal)
  }

  /// A subtotal is converted once: what was rounded is at most half a minor unit.
  private mutating func checkConversion(_ record: VerifyTable.Record, _ subtotal: Int128) {
    let text = record.raw(StatementColumn.amount)
    let rateText = record.raw(StatementColumn.exchangeRate)
    guard !rateText.isEmpty else {
      if VerifyAmount.millionths(text) != 0 {
        fault("an amount without an exchange rate", .sum, record)
      }
      return
    }
    let decimals = text.lastIndex(of: UInt8(ascii: ".")).map { text.endIndex - $0 - 1 } ?? 0
    let halves = (decimals..<18).reduce(Int128(1)) { power, _ in power * 10 } / 2
    guard let rate = VerifyAmount.units(rateText, places: 12),
      let amount = VerifyAmount.units(text, places: 18)
    else {
      return fault(
        "the exchange rate is no decimal", .decimal, record, StatementColumn.exchangeRate)
    }
    let (exact, overflow) = subtotal.multipliedReportingOverflow(by: rate)
    guard !overflow else { return }
    if (exact - amount).magnitude > halves.magnitude {
      fault("earned amount × exchange rate is not the amount", .sum, record)
    }
  }

  /// Adds up what the whole section says.
  mutating func finish() {
    for type in ["opening", "gross", "payment", "closing"] where counts[type] != 1 {
      ofSection("there are \(counts[type] ?? 0) lines of the type \(type)", type, .line)
    }
    for (_, amount) in earned where amount != 0 {
      ofSection("lines that earn \(VerifyAmount.text(amount)) are in no subtotal", "earning")
    }
    let closing =
      sum("opening") + sum("subtotal") + sum("coop") + sum("adjustment") + sum("gross")
    if closing != sum("closing") {
      ofSection(
        "opening and movements add up to \(VerifyAmount.text(closing)), the closing is"
          + " \(VerifyAmount.text(sum("closing")))", "closing")
    }
    let payment = sum("salesTax") + sum("withheldTax") - sum("gross")
    if payment != sum("payment") {
      ofSection(
        "gross and taxes add up to \(VerifyAmount.text(payment)), the payment is"
          + " \(VerifyAmount.text(sum("payment")))", "payment")
    }
  }

  /// Notes what is wrong with the whole, at the last line of a type.
  private mutating func ofSection(_ what: String, _ type: String, _ kind: Fault.Kind = .sum) {
    guard details.count < 20 else { return }
    let column =
      switch (kind, type) {
      case (.line, _): StatementColumn.lineType
      case (_, "earning"): StatementColumn.earnedAmount
      default: StatementColumn.amount
      }
    details.append(
      Fault(kind: kind, what: what, record: records[type], isOfSection: true, column: column))
  }

  private mutating func fault(
    _ what: String, _ kind: Fault.Kind = .sum, _ record: VerifyTable.Record? = nil,
    _ column: Int = StatementColumn.amount
  ) {
    guard details.count < 20 else { return }
    details.append(Fault(kind: kind, what: what, record: record?.number, column: column))
  }
}

/// The columns of a statement, counted from 0.
enum StatementColumn {
  static let names = [
    "participantId", "lineNumber", "lineType", "period", "programName", "lever", "earningType",
    "earningId", "transactionId", "transactionDate", "transactionCurrency", "transactionAmount",
    "rate", "earnedAmount", "earnedCurrency", "exchangeRate", "amount", "currency",
    "customerName", "productName", "reasonCodes", "source",
  ]
  static let lineNumber = 1
  static let lineType = 2
  static let programName = 4
  static let earningId = 7
  static let earnedAmount = 13
  static let exchangeRate = 15
  static let amount = 16
  static let currency = 17
  static let reasonCodes = 20
  /// Participant, program and currency of the balance.
  static let balance = [0, 4, 17]
  /// Period, lever, earning type and currency.
  static let subtotalKey = [3, 5, 6, 14]
}
