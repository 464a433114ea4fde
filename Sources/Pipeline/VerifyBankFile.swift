import Domain

/// The payments in a file of `payments/<period>` as `verify` reads it: by code that shares nothing
/// with what wrote it.
struct VerifyBankFile {
  /// A payment; the amount in millionths.
  struct Payment: Equatable {
    var paymentId: String
    var currency: String
    var amount: Int128
  }

  private(set) var payments: [Payment] = []
  /// What does not hold, as a sentence without its full stop; nil if all does.
  private(set) var fault: String?

  /// Reads a file by the format that the manifest names.
  init(_ bytes: [UInt8], format: String) {
    switch format {
    case "pain.001.001.09": readTransfers(bytes)
    case "NACHA CCD": readACH(bytes)
    default: readTable(bytes)
    }
  }

  // MARK: pain.001

  private mutating func readTransfers(_ bytes: [UInt8]) {
    var id = ""
    var counts: [Int] = []
    for line in bytes.split(separator: 0x0A) {
      let text = String(decoding: line, as: UTF8.self)
      if let value = VerifyBankFile.value(of: "EndToEndId", text) { id = value }
      if let value = VerifyBankFile.value(of: "NbOfTxs", text) { counts.append(Int(value) ?? -1) }
      guard let opened = text.firstRange(of: "<InstdAmt Ccy=\""),
        let closed = text.firstRange(of: "</InstdAmt>")
      else { continue }
      let rest = text[opened.upperBound..<closed.lowerBound]
      add(id, String(rest.prefix(3)), Array(rest.dropFirst(5).utf8))
      id = ""
    }
    // That of the message comes first, then those of its blocks.
    let blocks = counts.dropFirst().reduce(0, +)
    if fault == nil, counts.first != payments.count || blocks != payments.count {
      fault = "it has \(payments.count) payments and says that it has others"
    }
  }

  private static func value(of element: String, _ line: String) -> String? {
    guard let opened = line.firstRange(of: "<\(element)>"),
      let closed = line.firstRange(of: "</\(element)>")
    else { return nil }
    return String(line[opened.upperBound..<closed.lowerBound])
  }

  // MARK: NACHA

  private mutating func readACH(_ bytes: [UInt8]) {
    var cents: [UInt8] = []
    var sum: Int128 = 0
    var said: Int128?
    for line in bytes.split(separator: 0x0A) {
      let record = Array(line)
      guard record.count == 94 else {
        fault = "a record does not have 94 characters"
        return
      }
      switch record[0] {
      case UInt8(ascii: "6"):
        cents = Array(record[29..<39])
        sum += Int128(String(decoding: cents, as: UTF8.self)) ?? 0
      case UInt8(ascii: "7"):
        let reference = String(decoding: record[3..<83], as: UTF8.self).split(separator: "*")
        let decimal = cents[..<8] + [UInt8(ascii: ".")] + cents[8...]
        add(reference.count > 2 ? String(reference[2]) : "", "USD", Array(decimal))
      case UInt8(ascii: "9") where said == nil:
        said = Int128(String(decoding: record[43..<55], as: UTF8.self))
      default: break
      }
    }
    if said != sum { fault = "its control total is not the sum of its entries" }
  }

  // MARK: CSV

  private mutating func readTable(_ bytes: [UInt8]) {
    let names = String(decoding: bytes.prefix { $0 != 0x0D }, as: UTF8.self).split(separator: ",")
    let columns = names.map(String.init)
    guard let id = columns.firstIndex(of: "paymentId"),
      let currency = columns.firstIndex(of: "currency"),
      let amount = columns.firstIndex(of: "totalPayment")
    else { return }
    do {
      var table = try VerifyTable(bytes, columns: columns)
      while let record = try table.next() {
        add(record.text(id), record.text(currency), Array(record.raw(amount)))
      }
    } catch {
      fault = "record \(error.record): \(error.reason)"
    }
  }

  private mutating func add(_ id: String, _ currency: String, _ amount: [UInt8]) {
    guard let millionths = VerifyAmount.millionths(amount[...]), !id.isEmpty else {
      fault = "a payment has no id, or its amount is no decimal"
      return
    }
    payments.append(Payment(paymentId: id, currency: currency, amount: millionths))
  }
}
