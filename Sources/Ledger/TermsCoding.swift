import Domain
import ExactMoney

/// Pricing terms as bytes behind a record: two numbers with their presence, then the entries.
enum TermsCoding {
  static func encode(_ terms: PricingTerms) -> [UInt8] {
    var bytes: [UInt8] = []
    append(terms.earningRate?.parts, to: &bytes)
    append(terms.earningAmount?.picos, to: &bytes)
    for entry in terms.entries {
      bytes.append(UInt8(truncatingIfNeeded: entry))
      bytes.append(UInt8(truncatingIfNeeded: entry >> 8))
    }
    return bytes
  }

  static func decode(_ bytes: ArraySlice<UInt8>) -> PricingTerms {
    let numbers = Array(bytes)
    let rate = number(numbers, at: 0)
    let amount = number(numbers, at: 17)
    let entries = stride(from: 34, to: numbers.count - 1, by: 2).map {
      UInt16(numbers[$0]) | UInt16(numbers[$0 + 1]) << 8
    }
    return PricingTerms(
      entries: entries, earningRate: rate.map { ExactRate(parts: $0) },
      earningAmount: amount.map { ExactAmount(picos: $0) })
  }

  private static func append(_ value: Int128?, to bytes: inout [UInt8]) {
    bytes.append(value == nil ? 0 : 1)
    var rest = UInt128(bitPattern: value ?? 0)
    for _ in 0..<16 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  private static func number(_ bytes: [UInt8], at start: Int) -> Int128? {
    guard bytes[start] == 1 else { return nil }
    var value: UInt128 = 0
    for offset in stride(from: 16, through: 1, by: -1) {
      value = value << 8 | UInt128(bytes[start + offset])
    }
    return Int128(bitPattern: value)
  }
}
