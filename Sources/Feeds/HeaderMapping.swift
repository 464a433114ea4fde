import Domain

/// Which column of a CSV feed is which field.
struct HeaderMapping {
  /// By column: the field's raw value, or -1 for a column that is not ours.
  private(set) var fields: [Int] = []
  /// Columns that begin with `_`: what an earlier rejects file put in front.
  private(set) var annotations: [Int] = []
  /// Columns that are not ours.
  private(set) var unknown: [(number: Int, name: String)] = []
  /// By column, as they are written.
  private(set) var names: [String] = []
  /// Where the header begins.
  private var place = Place(line: 1, column: 1, byteOffset: 0)

  /// A name and where it stands.
  struct Column {
    var name: String
    var place: Place
  }

  private static let byFoldedName: [String: EarningField] = Dictionary(
    uniqueKeysWithValues: EarningField.allCases.map { (fold($0.name), $0) })

  init() {}

  /// Reads a header.
  ///
  /// - Throws: ``FeedRefusal`` with F103, F104 or F111.
  init(columns: [Column], feed: FeedFile) throws(FeedRefusal) {
    if let first = columns.first { place = first.place }
    names = columns.map(\.name)
    guard columns.count <= feed.limits.columns else {
      throw FeedRefusal(
        finding(
          .F111, feed, place, message: "more than \(feed.limits.columns) columns"))
    }
    var seen: Set<String> = []
    for (number, column) in columns.enumerated() {
      if column.name.hasPrefix("_") {
        annotations.append(number)
        fields.append(-1)
        continue
      }
      let folded = HeaderMapping.fold(column.name)
      guard seen.insert(folded).inserted else {
        let name = SafeText.shown(column.name)
        throw FeedRefusal(
          finding(
            .F104, feed, column.place, field: name,
            message: "column \(number + 1), \(name), has the name of another one"))
      }
      if let field = HeaderMapping.byFoldedName[folded] {
        fields.append(field.rawValue)
      } else {
        fields.append(-1)
        unknown.append((number, column.name))
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
      finding(
        .F103, feed, place, field: first.name, message: "the header has no column \(names)"))
  }

  /// The note about columns that are not ours, or nil if there are none.
  func unknownColumns(_ feed: FeedFile) -> Finding? {
    HeaderMapping.unused(unknown.map(\.name), feed, place)
  }

  /// The note about columns that nothing is read from, or nil if there are none.
  static func unused(_ names: [String], _ feed: FeedFile, _ place: Place) -> Finding? {
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(10).map { SafeText.shown($0, bytesMax: 40) }
    let rest = names.count > 10 ? " and \(names.count - 10) more" : ""
    return Finding(
      .F116, feed: feed.name, line: place.line, column: place.column,
      byteOffset: place.byteOffset,
      message: "not used: \(shown.joined(separator: ", "))\(rest)")
  }

  private func finding(
    _ code: FindingCode, _ feed: FeedFile, _ place: Place, field: String = "", message: String
  ) -> Finding {
    Finding(
      code, feed: feed.name, line: place.line, column: place.column,
      byteOffset: place.byteOffset, field: field, message: message)
  }

  /// The name without what people vary: case, blanks, `_` and `-`.
  static func fold(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
  }
}
