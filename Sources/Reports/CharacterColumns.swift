package import Domain

/// The columns of places in characters, for formats that count so; findings count in bytes.
///
/// A place whose line is not there, or not in UTF-8, has none: it is shown by its line alone.
package struct CharacterColumns: Sendable {
  /// A place of one source.
  package struct Place: Hashable, Sendable {
    /// The position of the source in its report.
    package var source: Int
    package var line: Int
    /// Counts from 1, in bytes.
    package var column: Int

    package init(source: Int, line: Int, column: Int) {
      self.source = source
      self.line = line
      self.column = column
    }
  }

  private var columns: [Place: Int] = [:]

  package init() {}

  /// Enters the column of a place.
  ///
  /// - Parameter column: Counts from 1, in Unicode code points.
  package mutating func set(_ column: Int, at place: Place) {
    columns[place] = column
  }

  /// The column of a finding, from 1, in Unicode code points; nil where it is not known.
  package func column(of finding: Finding, source: Int) -> Int? {
    guard let line = finding.line, let column = finding.column else { return nil }
    return column == 1 ? 1 : columns[Place(source: source, line: line, column: column)]
  }
}
