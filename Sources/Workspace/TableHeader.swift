import Domain

/// Finds the columns of a table in the header of a file.
enum TableHeader {
  /// Where each column stands in the file, nil where it is absent.
  ///
  /// - Returns: Nil where a required column is missing, so that no row can be read.
  static func map(
    _ rows: TableRows, _ columns: [TableColumn], _ findings: inout FindingList
  ) -> [Int?]? {
    var found = [Int?](repeating: nil, count: columns.count)
    let names = columns.map(\.name)
    let folded = names.map(fold)
    for (number, name) in rows.header.enumerated() where !name.hasPrefix("_") {
      let spelling = fold(name)
      guard let column = folded.firstIndex(of: spelling) else {
        findings.add(
          .X903, at: rows.place(0, number), field: name, value: name,
          "the column \(SafeText.shown(name)) is not known",
          remedy: NearestName.remedy("column", name, among: names)
            + " A column whose name begins with _ is passed over.")
        continue
      }
      if let first = found[column] {
        findings.add(
          .X906, at: rows.place(0, number), field: names[column], value: name,
          "column \(first + 1) has the name \(names[column]) too",
          remedy: "Remove one of the two, or begin its name with _ to have it passed over.")
      } else {
        found[column] = number
      }
    }
    var isComplete = true
    for (column, number) in zip(columns, found) where column.isRequired && number == nil {
      findings.add(
        .X904, at: Place(line: 1, column: 1, byteOffset: nil), field: column.name,
        "the header has no column \(column.name)", remedy: "Add the column \(column.name).")
      isComplete = false
    }
    return isComplete ? found : nil
  }

  /// Case, blanks, `_` and `-` do not count.
  private static func fold(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
  }
}
