/// Amounts as `verify` reads them: whole numbers of millionths, by code that the calculation does
/// not share.
enum VerifyAmount {
  static let places = 6

  /// The millionths of a decimal as the output files have it; nil if it is none, or has more
  /// places.
  static func millionths(_ text: ArraySlice<UInt8>) -> Int128? {
    units(text, places: places)
  }

  /// A decimal in units of its last place.
  static func units(_ text: ArraySlice<UInt8>, places: Int) -> Int128? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest = rest.dropFirst() }
    var value: Int128 = 0
    var left: Int?
    var digits = 0
    for byte in rest {
      if byte == UInt8(ascii: "."), left == nil, digits > 0 {
        left = places
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), left != 0 else { return nil }
      guard let next = appending(byte - UInt8(ascii: "0"), to: value) else { return nil }
      value = next
      digits += 1
      if let some = left { left = some - 1 }
    }
    guard digits > 0, left != places else { return nil }
    for _ in 0..<(left ?? places) {
      guard let next = appending(0, to: value) else { return nil }
      value = next
    }
    return isNegative ? -value : value
  }

  private static func appending(_ digit: UInt8, to value: Int128) -> Int128? {
    let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflow2) = tenfold.addingReportingOverflow(Int128(digit))
    return overflow || overflow2 ? nil : sum
  }

  /// Millionths as a decimal, for messages: without zeros at the end, but for two.
  static func text(_ value: Int128) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    var fraction = padded.suffix(6)
    while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
    return (value < 0 ? "-" : "") + padded.dropLast(6) + "." + fraction
  }
}
