import Domain
import ExactMoney

/// Reads `payout.yaml`.
enum ConfigurationFile {
  static func read(_ bytes: [UInt8], _ findings: inout FindingList) -> Configuration? {
    guard let value = YAMLFile.read(bytes, &findings),
      var keys = YAMLReader(value, path: "", &findings)
    else { return nil }
    let period = keys.require("openPeriod", &findings).flatMap {
      YAMLReader.value($0, "openPeriod", expected: "a month like 2026-10", &findings) { Period($0) }
    }
    var configuration = Configuration(openPeriod: period ?? Period(year: 1, month: 1))
    if let payer = keys.take("payer") { readPayer(payer, &configuration.payer, &findings) }
    if let rounding = keys.value(
      "rounding", expected: "halfAwayFromZero or halfEven", &findings,
      { RoundingMode(rawValue: $0) })
    {
      configuration.rounding = rounding
    }
    readFormats(&keys, &configuration, &findings)
    for pattern in keys.list("feeds", &findings) {
      if let read = readPattern(pattern, &findings) { configuration.feeds.append(read) }
    }
    if let limits = keys.take("limits") { readLimits(limits, &configuration.limits, &findings) }
    keys.reportUnknown(&findings)
    return findings.findings.isEmpty ? configuration : nil
  }

  private static func readPayer(
    _ value: YAMLValue, _ payer: inout Payer, _ findings: inout FindingList
  ) {
    guard var keys = YAMLReader(value, path: "payer", &findings) else { return }
    payer.name = keys.text("name", &findings) ?? ""
    payer.street = keys.text("street", &findings) ?? ""
    payer.postCode = keys.text("postCode", &findings) ?? ""
    payer.town = keys.text("town", &findings) ?? ""
    payer.country = keys.text("country", &findings) ?? ""
    payer.iban = keys.text("iban", &findings) ?? ""
    payer.bic = keys.text("bic", &findings) ?? ""
    payer.id = keys.text("id", &findings) ?? ""
    keys.reportUnknown(&findings)
  }

  private static func readFormats(
    _ keys: inout YAMLReader, _ configuration: inout Configuration,
    _ findings: inout FindingList
  ) {
    var formats: [String] = []
    for value in keys.list("formats", &findings) {
      let format = YAMLReader.value(
        value, "formats", expected: "csv, xml, html or pdf", &findings
      ) { ["csv", "xml", "html", "pdf"].contains($0) ? $0 : nil }
      if let format, !formats.contains(format) { formats.append(format) }
    }
    configuration.formats = ["csv"] + formats.filter { $0 != "csv" }
  }

  private static func readPattern(
    _ value: YAMLValue, _ findings: inout FindingList
  ) -> FeedPattern? {
    guard var keys = YAMLReader(value, path: "feeds", &findings) else { return nil }
    let files = keys.requiredText("files", &findings)
    let place = keys.place
    let profile = keys.text("profile", &findings)
    if let profile, profile != "canonical" {
      findings.add(
        .X908, line: place.line, column: place.column, field: "feeds.profile", value: profile,
        "there is no profile of this name; known: canonical",
        remedy: "Leave the profile out: canonical feeds and Partner Center exports need none.")
    }
    keys.reportUnknown(&findings)
    return files.map { FeedPattern(files: $0, profile: profile) }
  }

  private static func readLimits(
    _ value: YAMLValue, _ limits: inout Limits, _ findings: inout FindingList
  ) {
    guard var keys = YAMLReader(value, path: "limits", &findings) else { return }
    func set(_ key: String, _ target: inout Int, _ range: ClosedRange<Int>) {
      let expected = "a number from \(range.lowerBound) to \(range.upperBound), KiB or MiB allowed"
      if let number = keys.value(key, expected: expected, &findings, { size($0, range) }) {
        target = number
      }
    }
    set("field", &limits.field, 1...(1 << 26))
    set("row", &limits.row, 1...(1 << 26))
    set("columns", &limits.columns, 6...100_000)
    set("xmlDepth", &limits.xmlDepth, 3...200)
    set("findings", &limits.findings, 0...10_000_000)
    if let node = keys.take("expansion") { readExpansion(node, &limits, &findings) }
    if let node = keys.take("rejectRate"),
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
      let read = YAMLReader.value(
        node, "limits.expansion", expected: "how many times, or {times, bytes}", &findings
      ) { size($0, times) }
      limits.expansionRatio = read ?? limits.expansionRatio
      return
    }
    guard var keys = YAMLReader(node, path: "limits.expansion", &findings) else { return }
    if let read = keys.value("times", expected: "a number", &findings, { size($0, times) }) {
      limits.expansionRatio = read
    }
    let bytes = 1...(1 << 50)
    if let read = keys.value("bytes", expected: "a size like 64 GiB", &findings, { size($0, bytes) })
    {
      limits.expansionBytes = read
    }
    keys.reportUnknown(&findings)
  }

  /// `65536`, `64 KiB`, `1 MiB` or `2 GiB`.
  private static func size(_ text: String, _ range: ClosedRange<Int>) -> Int? {
    let units = [(" KiB", 10), (" MiB", 20), (" GiB", 30)]
    var digits = text
    var shift = 0
    for (unit, exponent) in units where text.hasSuffix(unit) {
      digits = String(text.dropLast(unit.count))
      shift = exponent
    }
    guard digits.utf8.count <= 12, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(digits)
    else { return nil }
    let value = number << shift
    return range.contains(value) ? value : nil
  }
}
