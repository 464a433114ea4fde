import Domain

extension RetakeReport {
  /// The report as `schemas/retake.schema.json` says.
  ///
  /// - Throws: ``RunFailure`` if it cannot be encoded, which cannot be.
  package func json(exit code: Int) throws(RunFailure) -> String {
    try ReportJSON.text(
      Document(
        feed: feed, rows: rows,
        buckets: Dictionary(
          uniqueKeysWithValues: Bucket.allCases.map { ($0.name, buckets[$0] ?? 0) }),
        changed: isChanged, findings: findings.listed.map(FindingDocument.init),
        findingsLeftOut: findings.leftOut,
        period: period.period.text, exit: code))
  }

  private struct Document: Encodable {
    var feed: String
    var rows: Int
    var buckets: [String: Int]
    var changed: Bool
    var findings: [FindingDocument]
    var findingsLeftOut: Int
    var period: String
    var exit: Int
  }
}

/// A finding with the columns of `errors.csv` as keys.
struct FindingDocument: Encodable {
  var feed: String
  var line: Int?
  var column: Int?
  var byteOffset: Int?
  var earningId: String
  var participantId: String
  var field: String
  var value: String
  var code: String
  var severity: String
  var message: String
  var remedy: String

  init(_ finding: Finding) {
    feed = finding.feed
    line = finding.line
    column = finding.column
    byteOffset = finding.byteOffset
    earningId = finding.earningId
    participantId = finding.participantId
    field = finding.field
    value = finding.value
    code = finding.code.rawValue
    severity = finding.severity.rawValue
    message = finding.message
    remedy = finding.remedy
  }
}
