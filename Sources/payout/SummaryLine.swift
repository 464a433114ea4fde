import Domain
import Pipeline

/// The one line for the log with which a run or a close ends.
enum SummaryLine {
  static func text(_ report: RunReport, seconds: Duration, code: Int32) -> String {
    let paid = report.paid.map { "\($0.currency) \($0.amount)" }.joined(separator: " ")
    let buckets = [Bucket.accepted, .ineligible, .notYetDue, .duplicate, .rejected]
      .map { "\($0.name)=\(report.buckets[$0] ?? 0)" }.joined(separator: " ")
    return "period=\(report.period.text) feeds=\(report.feeds) rows=\(report.rows) \(buckets)"
      + " paid=\"\(paid)\" held=\(report.held) seconds=\(self.seconds(seconds))"
      + " exit=\(code)\n"
  }

  /// A duration in seconds with one decimal.
  static func seconds(_ duration: Duration) -> String {
    let tenths =
      duration.components.seconds * 10
      + duration.components.attoseconds / 100_000_000_000_000_000
    return "\(tenths / 10).\(tenths % 10)"
  }
}
