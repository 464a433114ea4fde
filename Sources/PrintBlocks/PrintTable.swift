/// A table; on every page that it reaches its head is repeated.
package struct PrintTable: Hashable, Sendable {
  package enum Column: UInt8, CaseIterable, Hashable, Sendable {
    /// Text, which breaks into lines where there is no room.
    case text
    /// Short text such as a day: its lines are not broken.
    case label
    /// Numbers: to the right, and not broken.
    case number
  }

  package enum RowKind: UInt8, CaseIterable, Hashable, Sendable {
    case plain
    /// A sum, in bold.
    case total
    /// The heading of the rows that follow, across all columns: only its first cell counts.
    case group
  }

  package struct Row: Hashable, Sendable {
    package var kind: RowKind
    /// As many as there are columns, or fewer: the rest is empty.
    package var cells: [PrintText]

    package init(_ cells: [PrintText], _ kind: RowKind = .plain) {
      self.cells = cells
      self.kind = kind
    }
  }

  /// Stands above the table in grey; may be empty.
  package var caption = ""
  package var columns: [Column]
  /// As many as there are columns.
  package var head: [String]
  package var rows: [Row] = []

  package init(columns: [Column], head: [String]) {
    precondition(columns.count == head.count && !columns.isEmpty)
    self.columns = columns
    self.head = head
  }
}
