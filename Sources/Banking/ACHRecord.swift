/// A record of an ACH file (NACHA): 94 characters in fields of fixed width.
struct ACHRecord {
  static let length = 94
  /// Records of a block.
  static let blocking = 10
  static let nameMax = 22
  static let companyNameMax = 16
  static let bankNameMax = 23
  static let accountNumberMax = 17
  /// Of one entry, in cents: ten digits.
  static let amountMax: Int128 = 9_999_999_999
  /// Of a file, in cents: twelve digits.
  static let totalMax: Int128 = 999_999_999_999
  /// An entry has an addenda record, and a batch counts both with six digits.
  static let entriesMax = 499_999
  static let shortIdMax = 15

  /// What the field for the id of an entry has room for: the last characters of a paymentId, which
  /// tell payments apart.
  static func shortId(_ paymentId: String) -> String { String(paymentId.suffix(shortIdMax)) }

  private(set) var text = ""

  /// Begins with the code of the record's type.
  init(_ type: String) {
    text = type
  }

  /// Text, filled with blanks on the right; what is too long is cut.
  mutating func text(_ value: some StringProtocol, _ width: Int) {
    let cut = String(value.prefix(width))
    text += cut + String(repeating: " ", count: width - cut.utf8.count)
  }

  /// Text, filled with blanks on the left.
  mutating func right(_ value: String, _ width: Int) {
    let cut = String(value.suffix(width))
    text += String(repeating: " ", count: width - cut.utf8.count) + cut
  }

  /// A number, filled with zeros on the left; of one that is too long the last digits, as the rules
  /// of the hash want.
  mutating func number(_ value: Int128, _ width: Int) {
    let digits = String(String(value).suffix(width))
    text += String(repeating: "0", count: width - digits.utf8.count) + digits
  }

  /// The record with its line end.
  ///
  /// - Precondition: Its fields fill it.
  var bytes: [UInt8] {
    let bytes = Array(text.utf8)
    precondition(bytes.count == ACHRecord.length, "the fields of a record fill it")
    return bytes + [0x0A]
  }
}
