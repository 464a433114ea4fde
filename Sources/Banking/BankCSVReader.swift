import ByteStreams
import CSV
import Domain
import ExactMoney

/// Reads a bank's CSV by the first profile whose columns it has.
struct BankCSVReader {
  /// Statements are small; a larger file is another one.
  private static let bytesMax = 1 << 28

  let name: String
  let accounts: BankAccounts
  let profiles: [BankProfile]

  /// - Throws: ``BankRefusal``.
  func read(path: String) throws(BankRefusal) -> BankFile {
    let bytes = try content(path)
    for profile in profiles {
      let table = BankTable(bytes, profile)
      guard let columns = table.columns(profile) else { continue }
      guard table.openQuote == nil else {
        throw BankRefusal(.B620, name, nil, "it ends within a quoted value: it was cut off")
      }
      return try read(table, columns, profile)
    }
    throw BankRefusal(
      .B621, name, nil,
      profiles.isEmpty
        ? "it is no XML, and there is no profile of a bank's CSV in bank/"
        : "its header has not the columns of any profile in bank/")
  }

  private func content(_ path: String) throws(BankRefusal) -> [UInt8] {
    do throws(FileError) {
      return try FileSystem.readFile(path, limit: BankCSVReader.bytesMax)
    } catch {
      throw BankRefusal(.B620, name, nil, error.description)
    }
  }

  private func read(
    _ table: BankTable, _ columns: [BankProfile.Field: Int], _ profile: BankProfile
  ) throws(BankRefusal) -> BankFile {
    var file = BankFile(name: name, format: profile.name)
    for record in table.records {
      let row = BankRow(file: name, table: table, record: record, columns: columns)
      if let booking = try booking(row, profile) { file.bookings.append(booking) }
    }
    return file
  }

  private func booking(
    _ row: BankRow, _ profile: BankProfile
  ) throws(BankRefusal) -> BankBooking? {
    let account = profile.account.isEmpty ? row.text(.account).asAccount : profile.account
    guard accounts.contains(account) else {
      throw row.refusal(
        .B622, .account,
        "it is about the account \(BankAccounts.shown(account)), which payout.yaml does not have as"
          + " one of the payer")
    }
    guard let currency = profile.currency ?? Currency(row.text(.currency)),
      accounts.allows(currency, on: account)
    else { throw row.refusal(.B622, .currency, "the account has another currency in payout.yaml") }
    let date = row.text(.date)
    let bytes = Array(date.utf8)
    let isPlain = profile.dates == .iso
    guard let day = isPlain ? DayText.plainDay(date) : profile.dates.read(bytes.span)?.day else {
      throw row.refusal(.B624, .date, "no date like \(profile.dates.text)")
    }
    let (amount, direction) = try amount(row, profile, currency)
    guard !amount.isZero else { return nil }
    var booking = BankBooking(
      place: row.place(.date), account: account, direction: direction, amount: amount, day: day)
    booking.reference = row.text(.reference)
    booking.isReturn = direction == .credit && !row.text(.reason).isEmpty
    booking.details = [detail(row, amount)]
    return booking
  }

  private func detail(_ row: BankRow, _ amount: Money) -> BankDetail {
    var detail = BankDetail(place: row.place(.date))
    detail.amount = amount
    detail.endToEndId = BankIdentifier.read(row.text(.endToEndId))
    detail.otherAccount = row.text(.otherAccount).asAccount
    detail.otherName = row.text(.otherName)
    detail.reason = row.text(.reason)
    detail.information = row.text(.information)
    return detail
  }

  private func amount(
    _ row: BankRow, _ profile: BankProfile, _ currency: Currency
  ) throws(BankRefusal) -> (Money, BankBooking.Direction) {
    for (field, direction) in [
      (BankProfile.Field.amount, nil), (.debit, BankBooking.Direction.debit), (.credit, .credit),
    ] {
      let text = row.text(field)
      guard !text.isEmpty else { continue }
      guard let plain = BankCSVReader.plain(text, decimalComma: profile.decimalComma),
        let exact = ExactAmount(plain), let money = exact.magnitude.exactMoney(currency)
      else {
        throw row.refusal(.B624, field, "no amount of \(currency.code)")
      }
      return (money, direction ?? (exact.isNegative ? .debit : .credit))
    }
    throw row.refusal(.B624, .amount, "a line has no amount")
  }

  /// A number with a point and without marks of thousands; nil where these do not stand between groups
  /// of three digits, as `600.5` is not six thousand.
  static func plain(_ text: String, decimalComma: Bool) -> String? {
    let (mark, thousands): (Character, Character) = decimalComma ? (",", ".") : (".", ",")
    let parts = text.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
    let groups = parts[0].split(separator: thousands, omittingEmptySubsequences: false)
    let first = groups[0].drop { "+-".contains($0) }.count
    let areThree = groups.dropFirst().allSatisfy { $0.count == 3 }
    guard groups.count == 1 || (1...3).contains(first) && areThree else { return nil }
    guard parts.count == 2 else { return groups.joined() }
    return parts[1].contains(thousands) ? nil : groups.joined() + "." + parts[1]
  }
}

/// A CSV as a whole, indexed.
private struct BankTable {
  let bytes: [UInt8]
  let index: CSVIndex
  let openQuote: Int?
  private let skippedLines: Int

  init(_ content: [UInt8], _ profile: BankProfile) {
    var rest = content[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    for _ in 0..<profile.skippedLines {
      rest = rest.drop { $0 != 0x0A }.dropFirst()
    }
    let content = Array(rest)
    var index = CSVIndex()
    let scanner = CSVScanner(CSVDialect(delimiter: profile.delimiter))
    let scan = scanner.scan(content.span, isLast: true, into: &index)
    bytes = content
    skippedLines = profile.skippedLines
    openQuote = scan.openQuote
    self.index = index
  }

  /// Those after the header.
  var records: Range<Int> { min(1, index.recordCount)..<index.recordCount }

  /// Where the columns of a profile stand; nil if one is missing.
  func columns(_ profile: BankProfile) -> [BankProfile.Field: Int]? {
    guard index.recordCount > 0 else { return nil }
    let header = fields(0).map { text($0) }
    var columns: [BankProfile.Field: Int] = [:]
    for (field, name) in profile.columns {
      guard let position = header.firstIndex(of: name) else { return nil }
      columns[field] = position
    }
    return columns
  }

  func fields(_ record: Int) -> Range<Int> {
    Int(index.firstField[record])..<Int(index.firstField[record + 1])
  }

  func text(_ field: Int) -> String {
    let range = Int(index.fieldStart[field])..<Int(index.fieldEnd[field])
    let text = String(decoding: bytes[range], as: UTF8.self)
    return index.fieldFlags[field].contains(.hasDoubledQuote)
      ? text.replacing("\"\"", with: "\"").trimmed : text.trimmed
  }

  func line(_ record: Int) -> Int { Int(index.recordLine[record]) + 1 + skippedLines }
  func start(_ record: Int) -> Int { Int(index.recordStart[record]) }
}

/// A line of a bank's CSV.
private struct BankRow {
  let file: String
  let table: BankTable
  let record: Int
  let columns: [BankProfile.Field: Int]

  private func field(_ field: BankProfile.Field) -> Int? {
    guard let column = columns[field] else { return nil }
    let fields = table.fields(record)
    return column < fields.count ? fields.lowerBound + column : nil
  }

  /// Empty where the profile has no such column, or the line is too short.
  func text(_ field: BankProfile.Field) -> String {
    self.field(field).map { table.text($0) } ?? ""
  }

  func place(_ field: BankProfile.Field) -> BankPlace {
    let start = self.field(field).map { table.index.rawStart(ofField: $0) } ?? table.start(record)
    return BankPlace(line: table.line(record), column: start - table.start(record) + 1)
  }

  func refusal(
    _ code: FindingCode, _ field: BankProfile.Field, _ message: String
  ) -> BankRefusal {
    // Account numbers are never shown.
    let value = field == .account ? "" : text(field)
    return BankRefusal(
      code, file, place(field), field: field.rawValue, value: value, message)
  }
}
