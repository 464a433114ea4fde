import Domain

/// Finds the word that somebody probably meant.
enum NearestName {
  /// What to do about a word that is not one of the candidates; it names the nearest.
  ///
  /// - Parameter kind: What the word is, `key` or `column`.
  static func remedy(_ kind: String, _ word: String, among candidates: [String]) -> String {
    let known = candidates.sorted(by: precedesInBytes)
    guard let (nearest, distance) = find(word, among: known) else {
      return "Remove it."
    }
    let list = known.map { SafeText.shown($0) }.joined(separator: ", ")
    let shown = SafeText.shown(nearest)
    return distance <= max(2, word.count / 3)
      ? "Did you mean \(shown)? Known here: \(list)."
      : "Remove it, or use a known \(kind); the nearest is \(shown). Known here: \(list)."
  }

  /// The nearest of the candidates and how many letters differ; nil where there are none.
  private static func find(
    _ word: String, among candidates: [String]
  ) -> (name: String, distance: Int)? {
    let word = Array(word.lowercased().prefix(100))
    return candidates.map { ($0, distance(word, Array($0.lowercased().prefix(100)))) }
      .min { $0.1 < $1.1 }
  }

  /// How many letters must be changed, added or removed.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let changed = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
