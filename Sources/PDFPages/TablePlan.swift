import PrintBlocks

/// How wide the columns of a table are, found from what is in them.
struct TablePlan {
  static let gap = 9 * Geometry.point
  static let padding = Geometry.point + 128
  /// Long tables are not measured cell by cell: this many of the longest cells of a column are.
  private static let measuredMax = 32
  /// A word of a name has room in it.
  private static let wordWidth = 48 * Geometry.point
  private static let widthMin = 24 * Geometry.point

  let table: PrintTable
  let width: Int
  let widths: [Int]
  /// Columns of numbers that are too wide to be shown as they are.
  let isTight: [Bool]

  init(_ table: PrintTable, width: Int, _ layout: TextLayout) {
    self.table = table
    self.width = width
    let room = width - TablePlan.gap * (table.columns.count - 1)
    let cells = table.columns.indices.map { TablePlan.cellWidth(of: $0, in: table, layout) }
    let heads = table.head.map { TablePlan.width(of: PrintText($0), .cellHead, layout) }
    // Heads break between their words where whole ones have no room.
    let whole = zip(cells, heads).map { max($0, $1) }
    let broken = table.head.indices.map { column in
      let words = table.head[column].split(separator: " ")
      return words.reduce(cells[column]) {
        max($0, TablePlan.width(of: PrintText(String($1)), .cellHead, layout))
      }
    }
    let widths = TablePlan.share(
      room, among: table.columns, whole.reduce(0, +) <= room ? whole : broken)
    self.widths = widths
    isTight = table.columns.indices.map {
      table.columns[$0] == .number && cells[$0] > widths[$0]
    }
  }

  /// Where a column begins.
  func x(of column: Int) -> Int {
    widths[..<column].reduce(0, +) + TablePlan.gap * column
  }

  private static func width(of text: PrintText, _ look: Look, _ layout: TextLayout) -> Int {
    layout.set(text, look, width: nil)
    return layout.size.width + 512
  }

  /// What the cells of a column would take if nobody else wanted anything.
  private static func cellWidth(
    of column: Int, in table: PrintTable, _ layout: TextLayout
  ) -> Int {
    longest(column, of: table).reduce(0) { widest, cell in
      let look = cell.kind == .total ? Look.cell.with(.strong) : .cell
      return max(widest, width(of: cell.cell, look, layout))
    }
  }

  /// The cells that may be the widest: numbers and days one of each shape, as all digits have one width;
  /// of other text the longest.
  private static func longest(
    _ column: Int, of table: PrintTable
  ) -> [(cell: PrintText, kind: PrintTable.RowKind)] {
    var shapes: Set<[UInt8]> = []
    var cells: [(cell: PrintText, kind: PrintTable.RowKind, length: Int)] = []
    for row in table.rows where row.kind != .group && column < row.cells.count {
      let cell = row.cells[column]
      if table.columns[column] != .text, !shapes.insert(shape(of: cell, in: row)).inserted {
        continue
      }
      let length = cell.runs.reduce(0) { max($0, $1.text.utf8.count) }
      // What is far longer than a line is as wide as may be anyway.
      if length > 0 { cells.append((cell, row.kind, min(length, 400))) }
    }
    if cells.count > measuredMax {
      cells.sort { $0.length > $1.length }
      cells.removeLast(cells.count - measuredMax)
    }
    return cells.map { ($0.cell, $0.kind) }
  }

  /// The same of cells that are equally wide.
  private static func shape(of cell: PrintText, in row: PrintTable.Row) -> [UInt8] {
    var shape = [row.kind.rawValue]
    for run in cell.runs {
      for byte in run.text.utf8 { shape.append((0x30...0x39).contains(byte) ? 0x30 : byte) }
    }
    return shape
  }

  /// Columns that do not break get what they take, as far as the others keep room for a word; the others
  /// share the rest, those that want little getting what they want.
  private static func share(
    _ width: Int, among columns: [PrintTable.Column], _ naturals: [Int]
  ) -> [Int] {
    var widths = Array(repeating: 0, count: columns.count)
    let open = columns.indices.filter { columns[$0] == .text }
    let fixed = columns.indices.filter { columns[$0] != .text }
    let kept = open.reduce(0) { $0 + min(naturals[$1], wordWidth) }
    pour(width - kept, into: fixed, &widths, naturals)
    var rest = width - fixed.reduce(0) { $0 + widths[$1] }
    let wanted = open.reduce(0) { $0 + naturals[$1] }
    guard wanted <= rest else {
      pour(rest, into: open, &widths, naturals)
      return widths
    }
    // What is left over goes to the columns of text, or to the first one of all.
    rest -= wanted
    for column in open { widths[column] = naturals[column] + rest / open.count }
    if open.isEmpty { widths[0] += max(0, rest) }
    return widths
  }

  /// Gives each column what it wants, or an equal share of what those that want less have left.
  private static func pour(
    _ width: Int, into columns: [Int], _ widths: inout [Int], _ naturals: [Int]
  ) {
    var rest = width
    let ordered = columns.sorted { (naturals[$0], $0) < (naturals[$1], $1) }
    for (position, column) in ordered.enumerated() {
      let share = max(rest / (ordered.count - position), widthMin)
      widths[column] = min(naturals[column], share)
      rest -= widths[column]
    }
  }
}
