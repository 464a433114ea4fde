package import ByteStreams
package import Domain
package import Feeds

/// What became of one feed.
package struct FeedOutcome {
  package var file: FeedFile
  package var findings: FindingLog
  /// Why the feed as a whole was not taken in, if it was not.
  package var refusal: Finding?
  package var feedId: String?
  package var totals = FeedTotals()
  /// What whoever delivered it says of it, in the feed or beside it.
  package var control: ControlTotals?
  package var rejections: Rejections
  /// Rows that came rejected, whose records are not kept.
  package var rejectedRows = BucketTally()

  /// - Parameter rejections: Where its rejected rows are kept; nil to count them only.
  package init(file: FeedFile, rejections: SpillFile? = nil) {
    self.file = file
    self.rejections = Rejections(in: rejections)
    findings = FindingLog(limit: file.limits.findings)
  }

  /// A feed that is refused before it is read.
  init(refused feed: DeliveredFeed, _ finding: Finding, _ limits: Limits) {
    self.init(
      file: FeedFile(
        path: feed.path, name: feed.name, deliveredAs: feed.deliveredAs, limits: limits))
    refusal = finding
    findings.add(finding.code) { finding }
  }

  /// The latest transaction date of its rows that were not accepted, nor rejected.
  package var openDay: Day?

  package var isRefused: Bool { refusal != nil }
}
