/// A value of a CSV column that is not ours, with a fault that makes its whole row doubtful.
///
/// Where a quote is in the wrong place, say, nobody knows any more which value is which.
package struct StrayValue: Hashable, Sendable {
  package var row: Int32
  /// R214, R215 or R218.
  package var code: FindingCode
  /// The column, as the header names it.
  package var column: String
  /// Of the value as it was written, with its quote, in the bytes of the batch.
  package var start: Int
  package var end: Int
  /// Where it stands in the feed; nil where the bytes of the record are those of the feed.
  package var place: Place?

  package init(row: Int, code: FindingCode, column: String, range: Range<Int>) {
    self.row = Int32(row)
    self.code = code
    self.column = column
    start = range.lowerBound
    end = range.upperBound
  }
}
