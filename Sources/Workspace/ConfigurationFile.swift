import Domain
import ExactMoney

/// Reads `payout.yaml`.
enum ConfigurationFile {
  /// - Parameter profileNames: The profiles that there are; nil where nobody knows.
  /// - Returns: Nil where there is any problem.
  static func read(
    _ bytes: [UInt8], profileNames: [String]?, _ findings: inout FindingList
  ) -> Configuration? {
    guard let value = YAMLFile.read(bytes, &findings),
      var keys = YAMLReader(value, path: "", &findings)
    else { return nil }
    let before = findings.count
    let period = keys.requiredValue("openPeriod", expected: "a month like 2026-10", &findings) {
      Period($0)
    }
    var configuration = Configuration(openPeriod: period ?? Period(number: 0))
    if let payer = keys.take("payer", &findings) {
      PayerFile.read(payer, &configuration.payer, &findings)
    }
    if let rounding = keys.value(
      "rounding", expected: "halfAwayFromZero or halfEven", &findings,
      { RoundingMode(rawValue: $0) })
    {
      configuration.rounding = rounding
    }
    readFormats(&keys, &configuration, &findings)
    if let statements = keys.take("statements", &findings) {
      StatementsFile.read(statements, &configuration.statements, &findings)
    }
    if let reports = keys.list("reports", &findings) {
      configuration.reports = Set(reports.compactMap { readReport($0, &findings) })
    }
    for pattern in keys.list("feeds", &findings) ?? [] {
      if let read = readPattern(pattern, profileNames, &findings) {
        configuration.feeds.append(read)
      }
    }
    if let limits = keys.take("limits", &findings) {
      LimitsFile.read(limits, &configuration.limits, &findings)
    }
    if let payments = keys.take("payments", &findings) {
      PaymentTermsFile.read(payments, &configuration.payments, &findings)
    }
    let approvals = keys.value("approvals", expected: "a number from 0 to 9", &findings) {
      YAMLReader.wholeNumber($0, 0...9)
    }
    configuration.approvals = approvals ?? 0
    keys.reportUnknown(&findings)
    return findings.count == before ? configuration : nil
  }

  private static func readFormats(
    _ keys: inout YAMLReader, _ configuration: inout Configuration,
    _ findings: inout FindingList
  ) {
    let known = ["csv", "xml", "html", "pdf"]
    var formats = ["csv"]
    for value in keys.list("formats", &findings) ?? [] {
      let format = YAMLReader.value(
        value, "formats", expected: "csv, xml, html or pdf", &findings
      ) { known.contains($0) ? $0 : nil }
      if let format, !formats.contains(format) { formats.append(format) }
    }
    configuration.formats = formats
  }

  private static func readReport(
    _ value: YAMLValue, _ findings: inout FindingList
  ) -> ReportKind? {
    guard let text = YAMLReader.text(value, "reports", &findings) else { return nil }
    if let kind = ReportKind(rawValue: text) { return kind }
    findings.add(
      .X905, at: value.place, field: "reports", value: text, "there is no report of this name",
      remedy: NearestName.remedy("report", text, among: ReportKind.allCases.map(\.rawValue)))
    return nil
  }

  private static func readPattern(
    _ value: YAMLValue, _ profileNames: [String]?, _ findings: inout FindingList
  ) -> FeedPattern? {
    guard var keys = YAMLReader(value, path: "feeds", &findings) else { return nil }
    let files = keys.requiredText("files", &findings)
    let node = keys.take("profile", &findings)
    let profile = node.flatMap { YAMLReader.nonEmptyText($0, "feeds.profile", &findings) }
    if let profile, let names = profileNames, !names.contains(profile) {
      findings.add(
        .X908, at: node?.place, field: "feeds.profile", value: profile,
        "there is no profile of this name",
        remedy: NearestName.remedy("profile", profile, among: names))
    }
    keys.reportUnknown(&findings)
    return files.map { FeedPattern(files: $0, profile: profile) }
  }
}
