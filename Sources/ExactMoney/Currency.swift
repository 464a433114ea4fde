/// A currency of ISO 4217, as an index into the list of those with a minor unit.
///
/// The list is sorted by code, so comparing indices compares codes. Test codes, metals and
/// baskets have no minor unit and cannot be paid, so they are not in it.
@usableFromInline
package struct Currency: Hashable, Comparable, Sendable {
  /// Position in ``all``.
  @usableFromInline package let index: UInt8

  private init(index: UInt8) {
    self.index = index
  }

  /// The currency at a position of ``all``.
  ///
  /// - Precondition: `index` is below ``count``.
  package init(at index: UInt8) {
    precondition(Int(index) < Currency.count)
    self.index = index
  }

  /// The currency with this code, three capital letters, or nil if there is none.
  package init?(_ code: String) {
    var code = code
    let found = code.withUTF8 { bytes in
      unsafe Currency.find(bytes.span)
    }
    guard let found else { return nil }
    self = found
  }

  /// The currency whose code these bytes are, or nil; case counts.
  package static func find(_ code: Span<UInt8>) -> Currency? {
    guard code.count == 3 else { return nil }
    var position = 0
    for letter in 0..<3 {
      let byte = code[letter]
      guard byte >= 0x41, byte <= 0x5A else { return nil }
      position = position * 26 + Int(byte - 0x41)
    }
    let index = table.byCode[position]
    return index == Table.none ? nil : Currency(index: index)
  }

  @inlinable
  package static func < (left: Currency, right: Currency) -> Bool {
    left.index < right.index
  }

  /// The three letters.
  package var code: String { Currency.table.codes[Int(index)] }

  /// The number of decimals of the minor unit: KRW 0, USD 2, KWD 3.
  package var minorDigits: Int { Int(Currency.table.digits[Int(index)]) }

  package static var count: Int { table.codes.count }

  /// Every currency, by code.
  package static var all: [Currency] { table.codes.indices.map { Currency(index: UInt8($0)) } }

  private struct Table {
    static let none: UInt8 = 255
    var codes: [String] = []
    var digits: [UInt8] = []
    var byCode = [UInt8](repeating: none, count: 26 * 26 * 26)
  }

  private static let table: Table = {
    var table = Table()
    for entry in list.split(whereSeparator: \.isWhitespace) {
      let bytes = Array(entry.utf8)
      let position = bytes[0..<3].reduce(0) { $0 * 26 + Int($1 - 0x41) }
      table.byCode[position] = UInt8(table.codes.count)
      table.codes.append(String(entry.prefix(3)))
      table.digits.append(bytes[3] - 0x30)
    }
    return table
  }()

  // Code and minor digits, by code; fund codes included, codes withdrawn before 2025 not.
  private static let list = """
    AED2 AFN2 ALL2 AMD2 ANG2 AOA2 ARS2 AUD2 AWG2 AZN2 BAM2 BBD2 BDT2 BGN2 BHD3 BIF0 BMD2 BND2
    BOB2 BOV2 BRL2 BSD2 BTN2 BWP2 BYN2 BZD2 CAD2 CDF2 CHE2 CHF2 CHW2 CLF4 CLP0 CNY2 COP2 COU2
    CRC2 CUP2 CVE2 CZK2 DJF0 DKK2 DOP2 DZD2 EGP2 ERN2 ETB2 EUR2 FJD2 FKP2 GBP2 GEL2 GHS2 GIP2
    GMD2 GNF0 GTQ2 GYD2 HKD2 HNL2 HTG2 HUF2 IDR2 ILS2 INR2 IQD3 IRR2 ISK0 JMD2 JOD3 JPY0 KES2
    KGS2 KHR2 KMF0 KPW2 KRW0 KWD3 KYD2 KZT2 LAK2 LBP2 LKR2 LRD2 LSL2 LYD3 MAD2 MDL2 MGA2 MKD2
    MMK2 MNT2 MOP2 MRU2 MUR2 MVR2 MWK2 MXN2 MXV2 MYR2 MZN2 NAD2 NGN2 NIO2 NOK2 NPR2 NZD2 OMR3
    PAB2 PEN2 PGK2 PHP2 PKR2 PLN2 PYG0 QAR2 RON2 RSD2 RUB2 RWF0 SAR2 SBD2 SCR2 SDG2 SEK2 SGD2
    SHP2 SLE2 SOS2 SRD2 SSP2 STN2 SVC2 SYP2 SZL2 THB2 TJS2 TMT2 TND3 TOP2 TRY2 TTD2 TWD2 TZS2
    UAH2 UGX0 USD2 USN2 UYI0 UYU2 UYW4 UZS2 VED2 VES2 VND0 VUV0 WST2 XAF0 XCD2 XCG2 XOF0 XPF0
    YER2 ZAR2 ZMW2 ZWG2
    """
}
