import Domain
import ExactMoney

/// An account of the payer at a bank in the United States.
struct ACHAccount: Hashable, Sendable {
  /// The account number, or the company id where payout.yaml has none.
  var name: String
  var currency: Currency
}

/// What the records of a batch, or of a file, come to.
struct ACHTotals {
  var records = 0
  var hash: Int128 = 0
  /// Debits and credits together.
  var cents: Int128 = 0
  var batches = 0

  mutating func add(_ other: ACHTotals) {
    records += other.records
    hash += other.hash
    cents += other.cents
  }

  /// Of a hash the last ten digits are told.
  func agrees(with told: ACHTotals) -> Bool {
    records == told.records && cents == told.cents && hash % 10_000_000_000 == told.hash
  }
}

/// A record as it is read.
struct ACHLine {
  private let bytes: [UInt8]
  let line: Int
  private let file: String

  init(_ bytes: ArraySlice<UInt8>, _ line: Int, _ file: String) throws(BankRefusal) {
    self.bytes = Array(bytes)
    self.line = line
    self.file = file
    let isWhole = bytes.count == ACHRecord.length && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    guard isWhole else {
      throw BankRefusal(
        .B620, file, BankPlace(line: line), "a record does not have 94 characters of ASCII")
    }
  }

  var place: BankPlace { BankPlace(line: line, column: 1) }
  var type: Character { Character(Unicode.Scalar(bytes[0])) }
  var isFiller: Bool { bytes.allSatisfy { $0 == 0x39 } }

  /// A field by its positions, which count from 1, without the blanks around it.
  func text(_ positions: ClosedRange<Int>) -> String {
    String(decoding: bytes[(positions.lowerBound - 1)..<positions.upperBound], as: UTF8.self)
      .trimmed
  }

  func number(_ positions: ClosedRange<Int>) throws(BankRefusal) -> Int128 {
    let field = bytes[(positions.lowerBound - 1)..<positions.upperBound]
    guard field.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int128(String(decoding: field, as: UTF8.self))
    else { throw refusal(.B624, "a number has other characters than digits") }
    return number
  }

  /// The day as `YYMMDD` from a position on.
  func day(_ position: Int) -> Day? {
    let parts = (0..<3).map { Int(text((position + 2 * $0)...(position + 2 * $0 + 1))) }
    guard let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
    return Day(year: 2000 + year, month: month, day: day)
  }

  func refusal(_ code: FindingCode, _ message: String) -> BankRefusal {
    BankRefusal(code, file, place, message)
  }
}
