import ByteStreams
import Domain
import ExactMoney

/// Decimals, rates, dates, patterns and encodings: what was read is written and read as the same.
func fuzzText(_ bytes: [UInt8]) {
  if case .value(let amount) = DecimalText.amount(bytes.span) {
    var written: [UInt8] = []
    AmountText.append(amount, decimals: 0, to: &written)
    guard case .value(let again) = DecimalText.amount(written.span) else {
      preconditionFailure("an amount that was written cannot be read")
    }
    precondition(amount == again)
  }
  if case .value(let rate) = DecimalText.rate(bytes.span) {
    // What came as per cent may have two decimals more than a rate may be written with.
    if let again = ExactRate(rate.text) { precondition(again == rate) }
  }
  if let day = DayText.day(bytes.span) {
    precondition(DayText.plainDay(day.text) == day)
  }
  _ = Currency.find(bytes.span)
  fuzzPattern(bytes)
  fuzzEncoding(bytes)
}

/// The part before a line feed is a pattern of dates, the part after it a date.
private func fuzzPattern(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
  guard parts.count == 2, let pattern = DatePattern(String(decoding: parts[0], as: UTF8.self))
  else {
    return
  }
  let date = Array(parts[1])
  _ = pattern.read(date.span)
}

/// The first byte chooses an encoding; a text that can be converted has the width of its bytes.
private func fuzzEncoding(_ bytes: [UInt8]) {
  let names = TextEncoding.names
  guard let choice = bytes.first,
    let encoding = TextEncoding(names[Int(choice) % names.count]), encoding.name != "UTF-16",
    var transcoder = Transcoder(encoding)
  else { return }
  let raw = bytes.dropFirst()
  var text: [UInt8] = []
  do {
    let cut = raw.startIndex + raw.count / 2
    try transcoder.convert(raw[..<cut], isLast: false, into: &text)
    try transcoder.convert(raw[cut...], isLast: true, into: &text)
  } catch {
    precondition(error.offset < raw.count)
    return
  }
  precondition((try? UTF8Span(validating: text.span)) != nil)
  if !encoding.isUTF8 {
    var widths = EncodedWidths(encoding)
    precondition(widths.width(of: text.span) == raw.count, "\(encoding.name)")
  }
}
