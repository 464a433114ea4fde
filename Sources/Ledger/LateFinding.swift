import ByteStreams
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

/// The late findings of a feed: the rejecting ones all, of the notes the first ones.
package struct LateFindings {
  package private(set) var rejecting: LateRejections
  package private(set) var notes: [LateFinding] = []
  package private(set) var duplicates = 0
  package private(set) var replacements = 0
  private let limit: Int

  /// - Parameter directory: Where findings may be spilled.
  init(limit: Int, directory: String) {
    self.limit = limit
    rejecting = LateRejections(directory: directory)
  }

  mutating func add(_ finding: LateFinding) throws(FileError) {
    switch finding.kind {
    case .conflict, .pricing: return try rejecting.add(finding)
    case .duplicate: duplicates += 1
    case .replaces: replacements += 1
    }
    notes.append(finding)
    // Rows come partition by partition, so the first ones are only known in the end.
    if notes.count >= 4 * max(limit, 256) { keepFirst() }
  }

  mutating func sort() {
    keepFirst()
  }

  private mutating func keepFirst() {
    notes.sort { $0.row < $1.row }
    if notes.count > limit { notes.removeLast(notes.count - limit) }
  }
}
