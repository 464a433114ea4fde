import Domain

/// Where the rows of one feed end, before it is decided whether the feed is taken in.
package struct FeedResolution {
  package internal(set) var late: LateFindings
  /// Rows that are rejected now, in addition to those that came rejected.
  package var lateRejections: Int { late.rejecting.count }
  /// Rows of earlier feeds that end elsewhere now.
  var changes: [RowKey: RowFate] = [:]
  /// Rows that follow an accepted earning, with its day; of a row that comes twice the last counts.
  var followed: [(row: RowKey, day: Day)] = []
}
