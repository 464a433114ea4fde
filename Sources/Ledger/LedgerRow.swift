import ByteStreams
import Domain
import ExactMoney

// How values of the program stand in the columns of the ledger. What cannot be read back was not
// written by this program, so it is damage.

extension DatabaseValue {
  static func integer(_ number: Int) -> DatabaseValue { .integer(Int64(number)) }
  static func period(_ period: Period) -> DatabaseValue { .text(period.text) }
  static func day(_ day: Day) -> DatabaseValue { .text(day.text) }
  static func currency(_ currency: Currency) -> DatabaseValue { .text(currency.code) }
  static func digest(_ digest: SHA256Digest) -> DatabaseValue { .bytes(digest.bytes) }
  static func text(_ text: String?) -> DatabaseValue { text.map { .text($0) } ?? .null }

  /// The minor units, as text.
  static func money(_ money: Money) -> DatabaseValue { .text(String(money.minorUnits)) }

  /// The picos, as text.
  static func amount(_ amount: ExactAmount) -> DatabaseValue { .text(String(amount.picos)) }
}

extension DatabaseRow {
  func count(_ column: Int) -> Int { Int(integer(column)) }

  func unsigned(_ column: Int) throws(LedgerFault) -> UInt32 {
    try read(UInt32(exactly: integer(column)), column)
  }

  func period(_ column: Int) throws(LedgerFault) -> Period {
    try read(Period(text(column)), column)
  }

  func day(_ column: Int) throws(LedgerFault) -> Day {
    try read(DayText.plainDay(text(column)), column)
  }

  func currency(_ column: Int) throws(LedgerFault) -> Currency {
    try read(Currency(text(column)), column)
  }

  func digest(_ column: Int) throws(LedgerFault) -> SHA256Digest {
    try read(SHA256Digest(hex: text(column)), column)
  }

  func money(_ column: Int, _ currency: Currency) throws(LedgerFault) -> Money {
    Money(minorUnits: try whole(column), currency: currency)
  }

  func amount(_ column: Int) throws(LedgerFault) -> ExactAmount {
    ExactAmount(picos: try whole(column))
  }

  func whole(_ column: Int) throws(LedgerFault) -> Int128 {
    try read(Int128(text(column)), column)
  }

  func paymentMethod(_ column: Int) throws(LedgerFault) -> PaymentMethod? {
    if isNull(column) { return nil }
    return try read(PaymentMethod(rawValue: text(column)), column)
  }

  func balanceName(from column: Int) throws(LedgerFault) -> LedgerBalanceName {
    LedgerBalanceName(
      participantId: text(column), program: text(column + 1),
      currency: try currency(column + 2))
  }

  /// The value that a column was read as.
  ///
  /// - Throws: ``LedgerFault/damaged(path:reason:)`` if it is nil.
  func read<Value>(_ value: Value?, _ column: Int) throws(LedgerFault) -> Value {
    guard let value else {
      throw .damaged(path: path, reason: "a value cannot be read: \(text(column))")
    }
    return value
  }
}

extension HoldReasons {
  /// The codes, joined by spaces.
  var text: String { codes.map(\.rawValue).joined(separator: " ") }

  /// The reasons that `text` lists, or nil.
  init?(text: String) {
    var rest = Set(text.split(separator: " ").map(String.init))
    self = []
    for bit in 0..<HoldReasons.count {
      let reason = HoldReasons(rawValue: 1 << bit)
      if let code = reason.codes.first, rest.remove(code.rawValue) != nil { insert(reason) }
    }
    guard rest.isEmpty else { return nil }
  }
}

extension LedgerFault {
  /// The fault that an operation on the file of the ledger met.
  static func file(_ error: FileError, _ path: String) -> LedgerFault {
    Database.systemFault(error.errno, "cannot \(error.operation) \(error.path)", path)
  }
}
