import CSV
package import Domain

/// Writes findings as CSV, in the columns of `errors.csv`.
package struct ErrorsCSV {
  private var csv = CSVWriter()

  package init() {
    csv.header([
      "feed", "line", "column", "byteOffset", "earningId", "participantId", "field", "value",
      "code", "severity", "message", "remedy",
    ])
  }

  /// Adds a finding; they come by feed, line, column and code.
  package mutating func add(_ finding: Finding) {
    csv.text(finding.feed)
    csv.plain(finding.line.map(String.init) ?? "")
    csv.plain(finding.column.map(String.init) ?? "")
    csv.plain(finding.byteOffset.map(String.init) ?? "")
    csv.text(finding.earningId)
    csv.text(finding.participantId)
    csv.text(finding.field)
    csv.text(finding.value)
    csv.plain(finding.code.rawValue)
    csv.plain(finding.severity.rawValue)
    csv.text(finding.message)
    csv.text(finding.remedy)
    csv.endRecord()
  }

  /// What was written and not taken yet.
  package var bytes: [UInt8] { csv.bytes }

  /// Hands out what was written, and forgets it.
  mutating func take() -> [UInt8] {
    defer { csv.bytes.removeAll(keepingCapacity: true) }
    return csv.bytes
  }
}
