import Domain

/// The problems of one file, while it is read.
struct FindingList {
  /// Relative to the workspace.
  let file: String
  private(set) var findings: [Finding] = []

  init(file: String) {
    self.file = file
  }

  /// Adds a problem.
  ///
  /// - Parameter value: What was found; left empty for what must not be shown.
  mutating func add(
    _ code: FindingCode, line: Int?, column: Int? = nil, field: String = "", value: String = "",
    _ message: String, remedy: String? = nil
  ) {
    findings.append(
      Finding(
        code, feed: file, line: line, column: column, field: field, value: SafeText.shown(value),
        message: message, remedy: remedy))
  }

  mutating func add(_ finding: Finding) {
    findings.append(finding)
  }
}

/// Finds the word that somebody probably meant.
enum NearestName {
  /// The nearest of the candidates, or nil if none is near.
  static func find(_ word: String, among candidates: [String]) -> String? {
    let word = Array(word.lowercased())
    let ranked = candidates.map { ($0, distance(word, Array($0.lowercased()))) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(2, word.count / 2) else {
      return nil
    }
    return best.0
  }

  /// How many letters must be changed, added or removed.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    guard left.count <= 100, right.count <= 100 else { return Int.max }
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
