import CSV
import Domain
import ExactMoney

/// Fills the texts of a row: each field as the profile says, in canonical form.
///
/// What is not written as the profile says stays as it came, and is marked: the decoder refuses it
/// with what was delivered.
struct ProfileFields {
  private let layout: ProfileLayout
  private let number: ProfileNumber
  private let date: ProfileDate
  /// By field of the layout: what stands for what.
  private let values: [[[UInt8]: [UInt8]]]
  private let signs: [(negative: Set<[UInt8]>, positive: Set<[UInt8]>)]

  init(_ layout: ProfileLayout, _ profile: FeedProfile, _ date: ProfileDate) {
    self.layout = layout
    self.date = date
    number = ProfileNumber(profile.numbers)
    values = layout.fields.map { field in
      Dictionary(
        uniqueKeysWithValues: field.source.values.map { (Array($0.utf8), Array($1.utf8)) })
    }
    signs = layout.fields.map { field in
      (
        Set((field.source.sign?.negative ?? []).map { Array($0.utf8) }),
        Set((field.source.sign?.positive ?? []).map { Array($0.utf8) })
      )
    }
  }

  /// Fills the texts of a row of the batch.
  ///
  /// - Parameter shift: From the buffer of the records to the bytes of the batch.
  func fill(
    _ row: Int, from records: borrowing ProfileRecords, record: Int, shift: Int,
    _ batch: inout EarningBatch
  ) {
    var currency: Currency?
    for number in layout.fields.indices {
      let field = layout.fields[number]
      let entry = row * EarningBatch.fieldCount + field.field.rawValue
      let raw = place(field, records, record, shift)
      batch.texts[entry] = raw
      if !raw.flags.isEmpty || raw.count > EarningLimits.idBytesMax {
        batch.flags[row].insert(.suspicious)
      }
      if isPlain(number, field, records, record) {
        // The text is the value.
      } else if let text = text(number, field, records, record) {
        if !text.isEmpty, let column = field.sign,
          isNegative(number, column, records, record) == nil
        {
          batch.texts[entry].flags.insert([.otherwiseWritten, .unknownSign])
          batch.flags[row].insert(.suspicious)
          continue
        }
        put(canonical(text, number, field, currency, records, record), entry, row, &batch)
      }
      if field.field == .transactionCurrency {
        currency = Currency.find(batch.bytes.span.extracting(batch.range(row, field.field)))
      }
    }
  }

  /// Where a field's value stands in the record, as it came.
  private func place(
    _ field: ProfileLayout.Field, _ records: borrowing ProfileRecords, _ record: Int, _ shift: Int
  ) -> ValueText {
    let start = UInt32(records.records.range(of: record).lowerBound - shift)
    guard let column = field.column else {
      return ValueText(start: start, end: start, rawStart: start)
    }
    return records.raw(record, column, shift: shift)
      ?? ValueText(start: start, end: start, rawStart: start)
  }

  /// Whether the value is what stands in the record.
  private func isPlain(
    _ number: Int, _ field: ProfileLayout.Field, _ records: borrowing ProfileRecords, _ record: Int
  ) -> Bool {
    guard case .column(let column) = field.origin, values[number].isEmpty, field.sign == nil,
      !records.hasDoubledQuote(record, column)
    else { return false }
    switch field.field {
    case .transactionDate: return date.isCanonical
    case .transactionAmount, .earningAmount, .quantity, .earningRate:
      return self.number.isCanonical && !field.source.isMinorUnits && !field.source.isPercent
    default: return true
    }
  }

  /// The field's text before it is made canonical; nil where there is none.
  private func text(
    _ number: Int, _ field: ProfileLayout.Field, _ records: borrowing ProfileRecords, _ record: Int
  ) -> [UInt8]? {
    var text: [UInt8]?
    switch field.origin {
    case .column(let column): text = records.value(record, column)
    case .constant(let constant): text = constant
    case .context(let value): text = records.context(value)
    case .join(let columns, let between):
      let parts = columns.map { records.value(record, $0) ?? [] }
      // Without its first part an id would be one of nothing.
      text = parts[0].isEmpty ? nil : Array(parts.joined(separator: between))
    }
    // What is missing at the end of a short row is empty, and so may stand for something.
    return values[number][text ?? []] ?? text
  }

  /// The text in canonical form; nil where it is not written as the profile says.
  private func canonical(
    _ text: [UInt8], _ number: Int, _ field: ProfileLayout.Field, _ currency: Currency?,
    _ records: borrowing ProfileRecords, _ record: Int
  ) -> [UInt8]? {
    guard !text.isEmpty else { return text }
    switch field.field {
    case .transactionDate:
      return date.isCanonical ? text : date.day(text.span).map { Array($0.text.utf8) }
    case .transactionAmount, .earningAmount, .quantity:
      return amount(text, number, field, currency, records, record)
    case .earningRate:
      guard let rate = self.number.canonical(text) else { return nil }
      return field.source.isPercent && rate.last != 0x25 ? rate + [0x25] : rate
    default: return text
    }
  }

  private func amount(
    _ text: [UInt8], _ number: Int, _ field: ProfileLayout.Field, _ currency: Currency?,
    _ records: borrowing ProfileRecords, _ record: Int
  ) -> [UInt8]? {
    guard var amount = self.number.canonical(text, isUnsigned: field.sign != nil) else {
      return nil
    }
    if field.source.isMinorUnits {
      // Without a currency the row is rejected for that.
      guard let currency else { return amount }
      guard let read = ProfileNumber.fromMinorUnits(amount, digits: currency.minorDigits) else {
        return nil
      }
      amount = read
    }
    guard let column = field.sign, isNegative(number, column, records, record) == true else {
      return amount
    }
    return ProfileNumber.negated(amount)
  }

  /// What the column with the sign of an amount says; nil where it says neither.
  private func isNegative(
    _ number: Int, _ column: Int, _ records: borrowing ProfileRecords, _ record: Int
  ) -> Bool? {
    let sign = records.value(record, column) ?? []
    if signs[number].negative.contains(sign) { return true }
    return signs[number].positive.contains(sign) ? false : nil
  }

  private func put(_ text: [UInt8]?, _ entry: Int, _ row: Int, _ batch: inout EarningBatch) {
    guard let text else {
      batch.texts[entry].flags.insert(.otherwiseWritten)
      batch.flags[row].insert(.suspicious)
      return
    }
    if UTF8Check.mayHaveControls(text.span) || text.count > EarningLimits.idBytesMax {
      batch.flags[row].insert(.suspicious)
    }
    batch.texts[entry].start = UInt32(batch.bytes.count)
    batch.bytes += text
    batch.texts[entry].end = UInt32(batch.bytes.count)
  }
}

extension ProfileRecords {
  /// Where a value stands, shifted from the buffer to the bytes of a batch, and what was noticed.
  func raw(_ record: Int, _ column: Int, shift: Int) -> ValueText? {
    let fields = records.fields(of: record)
    let field = fields.lowerBound + annotations + column
    guard field < fields.upperBound else { return nil }
    let index = records.index
    var start = records.scanned + Int(index.fieldStart[field])
    var end = records.scanned + Int(index.fieldEnd[field])
    let rawStart = records.scanned + index.rawStart(ofField: field)
    if profile.trims {
      let text = ProfileNumber.trimmed(records.buffer[start..<end])
      (start, end) = (text.startIndex, text.endIndex)
    }
    var flags = ValueFlags(rawValue: 0)
    if index.fieldFlags[field].contains(.misplacedQuote) { flags.insert(.misplacedQuote) }
    if index.fieldFlags[field].contains(.loneCarriageReturn) { flags.insert(.loneCarriageReturn) }
    return ValueText(
      start: UInt32(start - shift), end: UInt32(end - shift), rawStart: UInt32(rawStart - shift),
      flags: flags)
  }

  func hasDoubledQuote(_ record: Int, _ column: Int) -> Bool {
    let fields = records.fields(of: record)
    let field = fields.lowerBound + annotations + column
    return field < fields.upperBound && records.index.fieldFlags[field].contains(.hasDoubledQuote)
  }

  /// A value that holds for the rows now.
  func context(_ value: FeedProfile.ContextValue) -> [UInt8]? {
    guard let values = context[value.record]?.values, value.column < values.count else {
      return nil
    }
    return values[value.column]
  }
}

extension ProfileRecords {
  /// The feed's own id as far as its first records say it: that of the profile, or that of a part.
  func feedId() -> String? {
    if let part = part() { return part.feedId }
    guard let value = profile.feedId, let text = context(value), !text.isEmpty else { return nil }
    return String(decoding: text, as: UTF8.self)
  }

  /// Which part of a larger feed this is.
  func part() -> FeedPart? {
    guard let parts = profile.parts, let group = context(parts.group),
      let number = context(parts.number).flatMap({ Int(String(decoding: $0, as: UTF8.self)) }),
      let count = context(parts.count).flatMap({ Int(String(decoding: $0, as: UTF8.self)) })
    else { return nil }
    return FeedPart(group: String(decoding: group, as: UTF8.self), number: number, count: count)
  }
}
