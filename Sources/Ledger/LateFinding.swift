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

  package var kind: Kind
  package var ordinal: UInt32
  /// Where the row's record is.
  package var location: UInt64
  /// Where the record of the earlier row is, if there is one.
  package var earlier: UInt64?
  /// The day whose rates count, for ``Kind/pricing``.
  package var day: Day?
}

/// The late findings of a feed: the rejecting ones all, of the notes the first ones.
package struct LateFindings: Sendable {
  package private(set) var rejecting: [LateFinding] = []
  package private(set) var notes: [LateFinding] = []
  package private(set) var duplicates = 0
  package private(set) var replacements = 0
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  mutating func add(_ finding: LateFinding) {
    switch finding.kind {
    case .conflict, .pricing:
      rejecting.append(finding)
      return
    case .duplicate: duplicates += 1
    case .replaces: replacements += 1
    }
    notes.append(finding)
    // Rows come partition by partition, so the first ones are only known in the end.
    if notes.count >= 4 * max(limit, 256) { keepFirst() }
  }

  mutating func sort() {
    rejecting.sort { $0.ordinal < $1.ordinal }
    keepFirst()
  }

  private mutating func keepFirst() {
    notes.sort { $0.ordinal < $1.ordinal }
    if notes.count > limit { notes.removeLast(notes.count - limit) }
  }
}
