/// How a column of a feed is read, in words.
package struct FeedColumn: Hashable, Sendable {
  /// Counts from 1; nil for a field that no column brings.
  package var number: Int?
  package var name: String
  /// The fields that it fills, with what is done to its values; empty for a column that is not
  /// used.
  package var use: [String]

  package init(number: Int?, name: String, use: [String]) {
    self.number = number
    self.name = name
    self.use = use
  }
}
