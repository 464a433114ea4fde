import Domain

/// Finds the known names that somebody probably meant.
struct ExplainNearest {
  private static let count = 3
  private let word: [Unicode.Scalar]
  private(set) var found: [(name: String, distance: Int)] = []

  init(_ word: String) {
    self.word = Array(word.lowercased().unicodeScalars.prefix(200))
  }

  /// Considers a name; only the nearest ones are kept.
  mutating func add(_ name: String) {
    let bound = found.count < ExplainNearest.count ? limit : (found.last?.distance ?? limit) - 1
    let other = Array(name.lowercased().unicodeScalars.prefix(200))
    guard abs(other.count - word.count) <= bound, !found.contains(where: { $0.name == name })
    else { return }
    let distance = distance(to: other)
    guard distance <= bound else { return }
    found.append((name, distance))
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    if found.count > ExplainNearest.count { found.removeLast() }
  }

  /// Names that differ in more than this are no spelling of the word.
  private var limit: Int { max(2, word.count / 3) }

  /// How many letters must be changed, added or removed.
  private func distance(to other: [Unicode.Scalar]) -> Int {
    var row = Array(0...other.count)
    for (i, letter) in word.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, candidate) in other.enumerated() {
        let changed = diagonal + (letter == candidate ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[other.count]
  }
}
