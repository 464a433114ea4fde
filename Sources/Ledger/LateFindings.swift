import ByteStreams
import Domain

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
