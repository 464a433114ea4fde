import Domain

/// Which column of a CSV feed is which field.
struct HeaderMapping {
  /// By column: the field's raw value, or -1 for a column that is not ours.
  private(set) var fields: [Int] = []
  /// Columns that begin with `_`: what an earlier rejects file put in front.
  private(set) var annotations: [Int] = []
  private(set) var unknown: [String] = []

  private static let byFoldedName: [String: EarningField] = Dictionary(
    uniqueKeysWithValues: EarningField.allCases.map { (fold($0.name), $0) })

  init() {}

  /// Reads a header.
  ///
  /// - Throws: ``FeedRefusal`` with F103, F104 or F111.
  init(names: [String], feed: FeedFile) throws(FeedRefusal) {
    guard names.count <= feed.limits.columns else {
      throw FeedRefusal(
        Finding(
          .F111, feed: feed.name, line: 1, column: 1,
          message: "\(names.count) columns, where at most \(feed.limits.columns) are read"))
    }
    var seen: Set<String> = []
    for (column, name) in names.enumerated() {
      if name.hasPrefix("_") {
        annotations.append(column)
        fields.append(-1)
        continue
      }
      let folded = HeaderMapping.fold(name)
      guard seen.insert(folded).inserted else {
        throw FeedRefusal(
          Finding(
            .F104, feed: feed.name, line: 1, column: 1, field: SafeText.shown(name),
            message: "column \(column + 1), \(SafeText.shown(name)), has the name of another one"))
      }
      if let field = HeaderMapping.byFoldedName[folded] {
        fields.append(field.rawValue)
      } else {
        fields.append(-1)
        unknown.append(name)
      }
    }
    try requireFields(feed)
  }

  private func requireFields(_ feed: FeedFile) throws(FeedRefusal) {
    let missing = EarningField.allCases.filter {
      $0.isRequired && !fields.contains($0.rawValue)
    }
    guard let first = missing.first else { return }
    let names = missing.map(\.name).joined(separator: ", ")
    throw FeedRefusal(
      Finding(
        .F103, feed: feed.name, line: 1, column: 1, field: first.name,
        message: "the header has no column \(names)"))
  }

  /// The note about columns that are not ours, or nil if there are none.
  func unknownColumns(_ feed: FeedFile) -> Finding? {
    guard !unknown.isEmpty else { return nil }
    let shown = unknown.prefix(10).map { SafeText.shown($0, bytesMax: 40) }
    let rest = unknown.count > 10 ? " and \(unknown.count - 10) more" : ""
    return Finding(
      .F116, feed: feed.name, line: 1, column: 1,
      message: "not used: \(shown.joined(separator: ", "))\(rest)")
  }

  /// The name without what people vary: case, blanks, `_` and `-`.
  private static func fold(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
  }
}
