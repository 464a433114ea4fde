import Domain
import ExactMoney

/// Reads the `limits` of `payout.yaml`.
enum LimitsFile {
  static func read(
    _ value: YAMLValue, _ limits: inout Limits, _ findings: inout FindingList
  ) {
    guard var keys = YAMLReader(value, path: "limits", &findings) else { return }
    readNumber("field", &keys, &limits.field, 1...(1 << 26), isSize: true, &findings)
    readNumber("row", &keys, &limits.row, 1...(1 << 26), isSize: true, &findings)
    readNumber("columns", &keys, &limits.columns, 6...100_000, isSize: false, &findings)
    readNumber("xmlDepth", &keys, &limits.xmlDepth, 3...200, isSize: false, &findings)
    readNumber("findings", &keys, &limits.findings, 0...10_000_000, isSize: false, &findings)
    if let node = keys.take("expansion", &findings) { readExpansion(node, &limits, &findings) }
    if let node = keys.take("rejectRate", &findings),
      let rate = YAMLReader.rate(node, "limits.rejectRate", &findings)
    {
      limits.rejectRate = rate
    }
    keys.reportUnknown(&findings)
  }

  /// A number of times, or `{times: 100, bytes: 64 GiB}`.
  private static func readExpansion(
    _ node: YAMLValue, _ limits: inout Limits, _ findings: inout FindingList
  ) {
    let times = 1...1_000_000
    guard case .map = node else {
      let expected = "how many times, from 1 to 1000000, or {times: 100, bytes: 64 GiB}"
      let read = YAMLReader.value(node, "limits.expansion", expected: expected, &findings) {
        number($0, times, isSize: false)
      }
      limits.expansionRatio = read ?? limits.expansionRatio
      return
    }
    guard var keys = YAMLReader(node, path: "limits.expansion", &findings) else { return }
    readNumber("times", &keys, &limits.expansionRatio, times, isSize: false, &findings)
    readNumber("bytes", &keys, &limits.expansionBytes, 1...(1 << 50), isSize: true, &findings)
    keys.reportUnknown(&findings)
  }

  private static func readNumber(
    _ key: String, _ keys: inout YAMLReader, _ target: inout Int, _ range: ClosedRange<Int>,
    isSize: Bool, _ findings: inout FindingList
  ) {
    let expected =
      "a whole number from \(range.lowerBound) to \(range.upperBound)"
      + (isSize ? " of bytes, or with KiB, MiB or GiB like 64 KiB" : "")
    if let read = keys.value(
      key, expected: expected, &findings,
      {
        number($0, range, isSize: isSize)
      })
    {
      target = read
    }
  }

  /// `65536`, or where it is a size also `64 KiB`, `1 MiB` or `2 GiB`.
  private static func number(_ text: String, _ range: ClosedRange<Int>, isSize: Bool) -> Int? {
    var digits = text[...]
    var unit = 1
    if isSize {
      let text = digits
      for (suffix, bytes) in [(" KiB", 1 << 10), (" MiB", 1 << 20), (" GiB", 1 << 30)]
      where text.hasSuffix(suffix) {
        digits = text.dropLast(suffix.count)
        unit = bytes
      }
    }
    guard let number = YAMLReader.wholeNumber(digits, 0...Int.max) else { return nil }
    let (value, overflow) = number.multipliedReportingOverflow(by: unit)
    return !overflow && range.contains(value) ? value : nil
  }
}
