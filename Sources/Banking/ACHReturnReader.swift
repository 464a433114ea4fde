import ByteStreams
import Domain
import ExactMoney

/// Reads a file of returns by the rules of NACHA: entries that came back with the code why (addenda
/// 99), and corrections of accounts (addenda 98), which give nothing back.
struct ACHReturnReader {
  /// Files of returns are small; a larger file is another one.
  private static let bytesMax = 1 << 28
  /// Entries of credits that came back, by the kinds of accounts.
  private static let returnedCredits: Set<String> = ["21", "31", "41", "51"]

  private let name: String
  private let accounts: BankAccounts
  private var file: BankFile
  private var line = 0
  private var day: Day?
  private var account: ACHAccount?
  /// The entry whose addenda are read.
  private var entry: ACHLine?
  private var batch = ACHTotals()
  private var whole = ACHTotals()
  private var isEnded = false

  init(name: String, accounts: BankAccounts) {
    self.name = name
    self.accounts = accounts
    file = BankFile(name: name, format: BankFile.returnsFormat)
  }

  /// Whether a file begins like one for banks in the United States.
  static func isACH(_ head: [UInt8]) -> Bool {
    head.count >= ACHRecord.length && head.starts(with: Array("101".utf8))
      && head[34..<37].elementsEqual("094".utf8)
  }

  /// - Throws: ``BankRefusal``.
  consuming func read(path: String) throws(BankRefusal) -> BankFile {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.readFile(path, limit: ACHReturnReader.bytesMax)
    } catch {
      throw BankRefusal(.B620, name, nil, error.description)
    }
    for record in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      line += 1
      let record = record.last == 0x0D ? record.dropLast() : record
      if !record.isEmpty { try take(try ACHLine(record, line, name)) }
    }
    guard isEnded else {
      throw BankRefusal(.B620, name, nil, "it ends in the middle: it was cut off on its way")
    }
    return file
  }

  private mutating func take(_ record: ACHLine) throws(BankRefusal) {
    if isEnded {
      guard record.isFiller else {
        throw record.refusal(.B624, "a record after the end of the file")
      }
      return
    }
    switch record.type {
    case "1": try begin(record)
    case "5": try beginBatch(record)
    case "6": try takeEntry(record)
    case "7": try takeAddenda(record)
    case "8": try endBatch(record)
    case "9": try end(record)
    default: throw record.refusal(.B624, "a record of no type that is known")
    }
  }

  private mutating func begin(_ record: ACHLine) throws(BankRefusal) {
    day = record.day(24)
    guard day != nil else { throw record.refusal(.B624, "the day of the file is none") }
    // Day, time and a letter tell the files of a bank apart.
    file.messageId = record.text(24...34)
  }

  private mutating func beginBatch(_ record: ACHLine) throws(BankRefusal) {
    guard let account = accounts.achAccount(companyId: record.text(41...50)) else {
      throw record.refusal(
        .B622, "a batch is of a company id that no account of payer.accounts has")
    }
    self.account = account
    batch = ACHTotals()
  }

  // MARK: Entries

  private mutating func takeEntry(_ record: ACHLine) throws(BankRefusal) {
    guard account != nil else { throw record.refusal(.B624, "an entry stands in no batch") }
    guard Self.returnedCredits.contains(record.text(2...3)) else {
      throw record.refusal(.B621, "an entry gives no payment back: it is no file of returns")
    }
    entry = record
    batch.records += 1
    batch.cents += try record.number(30...39)
    batch.hash += try record.number(4...11)
  }

  private mutating func takeAddenda(_ record: ACHLine) throws(BankRefusal) {
    guard let entry, let account, let day else {
      throw record.refusal(.B624, "an addenda record follows no entry")
    }
    batch.records += 1
    switch record.text(2...3) {
    case "99": try giveBack(entry, record, account, day)
    case "98": file.findings.append(correction(entry, record))
    default:
      throw record.refusal(.B621, "an addenda record is neither of a return nor a correction")
    }
    self.entry = nil
  }

  private mutating func giveBack(
    _ entry: ACHLine, _ addenda: ACHLine, _ account: ACHAccount, _ day: Day
  ) throws(BankRefusal) {
    let amount = Money(minorUnits: try entry.number(30...39), currency: account.currency)
    guard !amount.isZero else { return }
    var booking = BankBooking(
      place: entry.place, account: account.name, direction: .credit, amount: amount, day: day)
    booking.reference = entry.text(80...94)
    booking.isReturn = true
    var detail = BankDetail(place: addenda.place)
    detail.amount = amount
    detail.endToEndId = BankIdentifier.read(entry.text(40...54))
    detail.otherAccount = entry.text(13...29).asAccount
    detail.otherName = entry.text(55...76)
    detail.reason = addenda.text(4...6)
    detail.information = addenda.text(36...79)
    booking.details = [detail]
    file.bookings.append(booking)
  }

  /// What is to be written otherwise is an account number, which no finding shows.
  private func correction(_ entry: ACHLine, _ addenda: ACHLine) -> Finding {
    let code = addenda.text(4...6)
    let id = SafeText.shown(entry.text(40...54))
    return Finding(
      .B633, feed: name, line: addenda.line, column: 1, value: SafeText.shown(code),
      message: "the bank corrects where the payment goes whose paymentId ends with \(id):"
        + " \(ACHReturnReader.correction(code))")
  }

  private static func correction(_ code: String) -> String {
    switch code {
    case "C01": "C01, another account number"
    case "C02": "C02, another routing number"
    case "C03": "C03, another routing number and account number"
    case "C04": "C04, another name"
    case "C05": "C05, another kind of account"
    case "C06": "C06, another account number and kind of account"
    case "C07": "C07, another routing number, account number and kind of account"
    default: "\(SafeText.shown(code)), a code of the bank's own"
    }
  }

  // MARK: Ends

  private mutating func endBatch(_ record: ACHLine) throws(BankRefusal) {
    let told = ACHTotals(
      records: Int(try record.number(5...10)), hash: try record.number(11...20),
      cents: try record.number(21...32) + (try record.number(33...44)))
    guard account != nil, batch.agrees(with: told) else {
      throw record.refusal(.B623, "a batch has other entries than it says")
    }
    whole.add(batch)
    whole.batches += 1
    account = nil
    entry = nil
  }

  private mutating func end(_ record: ACHLine) throws(BankRefusal) {
    let told = ACHTotals(
      records: Int(try record.number(14...21)), hash: try record.number(22...31),
      cents: try record.number(32...43) + (try record.number(44...55)))
    guard day != nil, account == nil, whole.agrees(with: told),
      try record.number(2...7) == Int128(whole.batches)
    else { throw record.refusal(.B623, "the file has other entries than it says") }
    isEnded = true
  }
}
