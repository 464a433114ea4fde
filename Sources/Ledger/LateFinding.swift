package import Domain

/// What became clear of a row only when it was compared with all known ones.
package struct LateFinding: Sendable {
  /// What it is.
  package enum Kind: Sendable {
    /// R211: the id is known with the same content.
    case duplicate
    /// R210: the id is known, accepted, and has other content.
    case conflict
    /// R217: it replaces a row that was not accepted.
    case replaces
    /// R209 or R213 of a row that follows another; which one the pricing tells.
    case pricing
  }

  /// Where the earlier row is.
  package struct Place: Hashable, Sendable {
    /// The ledger's number of the feed.
    package var feed: UInt32
    package var line: UInt32
  }

  /// Where the row's record is.
  package var location: UInt64
  /// Counts the rows of the feed from 0.
  package var row: UInt32
  package var earlier: Place?
  /// The day whose rates count, for ``Kind/pricing``.
  package var day: Day?
  package var kind: Kind

  init(kind: Kind, row: UInt32, location: UInt64, earlier: Place?, day: Day?) {
    self.kind = kind
    self.row = row
    self.location = location
    self.earlier = earlier
    self.day = day
  }
}
