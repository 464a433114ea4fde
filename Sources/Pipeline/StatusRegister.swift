/// `register.csv` as `status` reads it: what it adds up to, and the balances that are held. All amounts
/// are in millionths.
///
/// A run reads it at its end, whatever it took in, so that a row which is not held makes no string.
struct StatusRegister {
  /// What the balances in one currency add up to.
  struct Sum {
    var currency: String
    var balances = 0
    /// In the order of ``VerifyRegister/amounts``.
    var amounts = [Int128](repeating: 0, count: VerifyRegister.amounts.count)
  }

  /// A balance that is held.
  struct Held {
    var currency: String
    /// The hold reasons.
    var codes: [String]
    var closing: Int128
  }

  /// By currency, in the order in which they come.
  private(set) var sums: [Sum] = []
  /// By participant, program and currency, as they stand in the file.
  private(set) var held: [[UInt8]: Held] = [:]
  private static let currency = 4
  private static let holds = 17
  private static let closing = VerifyRegister.amounts.firstIndex(of: "closing") ?? 0

  /// - Throws: ``VerifyTable/Fault``.
  init(_ bytes: [UInt8]) throws(VerifyTable.Fault) {
    var table = try VerifyTable(bytes, columns: VerifyRegister.columns)
    while let record = try table.next() {
      let sum = position(of: record.raw(StatusRegister.currency))
      sums[sum].balances += 1
      for amount in VerifyRegister.amounts.indices {
        let text = record.raw(VerifyRegister.firstAmount + amount)
        guard let value = VerifyAmount.millionths(text) else {
          throw VerifyTable.Fault(record: record.number, reason: "an amount is no decimal")
        }
        sums[sum].amounts[amount] &+= value
        guard amount == StatusRegister.closing, !record.isEmpty(StatusRegister.holds) else {
          continue
        }
        held[record.key([1, 3, 4])] = Held(
          currency: sums[sum].currency,
          codes: record.text(StatusRegister.holds).split(separator: " ").map(String.init),
          closing: value)
      }
    }
  }

  private mutating func position(of currency: ArraySlice<UInt8>) -> Int {
    if let known = sums.firstIndex(where: { $0.currency.utf8.elementsEqual(currency) }) {
      return known
    }
    sums.append(Sum(currency: String(decoding: currency, as: UTF8.self)))
    return sums.count - 1
  }
}
