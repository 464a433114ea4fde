import PrintBlocks

/// Draws a table, row by row, over as many pages as it takes.
struct TablePainter {
  private let flow: PageFlow
  private let plan: TablePlan
  private let x: Int
  private let cells: [TextLayout]
  /// The head's own, which it keeps from page to page.
  private let heads: [TextLayout]
  private var head = Prepared(height: 0, baseline: 0, count: 0)

  private var table: PrintTable { plan.table }
  private var canvas: Canvas { flow.canvas }

  /// - Parameters:
  ///   - x: The table's left edge.
  ///   - layouts: Are used until the table is drawn.
  init(_ plan: TablePlan, x: Int, _ flow: PageFlow, _ layouts: TableLayouts) {
    self.flow = flow
    self.plan = plan
    self.x = x
    (cells, heads) = layouts.get(plan.table.columns.count)
    head = prepare(plan.table.head.map { PrintText($0) }, .cellHead, in: heads)
  }

  /// The height of the head and the first rows: a table is not parted before that.
  var leadHeight: Int {
    var height = head.height
    for row in table.rows.prefix(table.rows.count <= 4 ? 4 : 2) { height += prepare(row).height }
    return height
  }

  func draw() {
    flow.need(leadHeight)
    canvas.tag("Table") {
      drawHead()
      for (position, row) in table.rows.enumerated() {
        draw(row, next: position + 1 < table.rows.count ? table.rows[position + 1] : nil)
      }
    }
  }

  // MARK: Rows

  /// What the layouts have once they were given the cells of a row.
  private struct Prepared {
    /// With the space above and below.
    var height: Int
    /// Where the first line of each cell stands below the row's top.
    var baseline: Int
    var count: Int
  }

  private func look(of kind: PrintTable.RowKind) -> Look {
    kind == .plain ? .cell : Look.cell.with(.strong)
  }

  private func prepare(_ row: PrintTable.Row) -> Prepared {
    let look = look(of: row.kind)
    guard row.kind == .group else { return prepare(row.cells, look, in: cells) }
    cells[0].set(row.cells.first ?? PrintText(), look, width: plan.width - 2 * TablePlan.gap)
    let (above, below) = cells[0].rowHeight
    return Prepared(height: above + below + 2 * TablePlan.padding, baseline: above, count: 1)
  }

  private func prepare(_ texts: [PrintText], _ look: Look, in layouts: [TextLayout]) -> Prepared {
    var (baseline, below) = (0, 0)
    for (column, text) in texts.enumerated() {
      let layout = layouts[column]
      let width = plan.widths[column]
      if plan.isTight[column] {
        layout.setWhole(text, look, width: width)
      } else {
        layout.set(text, look, width: width, isRight: table.columns[column] == .number)
      }
      let height = layout.rowHeight
      baseline = max(baseline, height.above)
      below = max(below, height.below)
    }
    return Prepared(
      height: baseline + below + 2 * TablePlan.padding, baseline: baseline, count: texts.count)
  }

  private func draw(_ row: PrintTable.Row, next: PrintTable.Row?) {
    // A heading is not left alone at the foot of a page.
    let follows = row.kind == .group ? next.map { prepare($0).height } ?? 0 : 0
    let prepared = prepare(row)
    if prepared.height + follows > flow.room, !flow.isAtTop {
      // What is higher than a page begins where it is.
      if prepared.height > Geometry.bottom - Geometry.top - head.height {
        return drawParts(prepared.count)
      }
      breakPage()
    }
    draw(prepared, row.kind, in: cells)
  }

  private func draw(
    _ prepared: Prepared, _ kind: PrintTable.RowKind, in layouts: [TextLayout],
    isHead: Bool = false
  ) {
    let indent = kind == .group ? 4 * Geometry.point : 0
    if kind == .group {
      canvas.fill(x: x, y: flow.y, width: plan.width, height: prepared.height, .wash)
    }
    canvas.tag("TR") {
      for column in 0..<prepared.count {
        let layout = layouts[column]
        let y = flow.y + TablePlan.padding + prepared.baseline - layout.baseline
        canvas.tag(isHead || column == 0 ? "TH" : "TD") {
          canvas.show(layout, x: x + indent + plan.x(of: column), y: y)
        }
      }
    }
    flow.y += prepared.height
    drawRule(isHead || kind == .total ? 2 : 1)
  }

  private func drawRule(_ weight: Int) {
    canvas.fill(
      x: x, y: flow.y - Geometry.hairline, width: plan.width,
      height: weight * Geometry.hairline, .line)
  }

  private func drawHead() { draw(head, .plain, in: heads, isHead: true) }

  private func breakPage() {
    flow.nextPage()
    drawHead()
  }

  // MARK: Rows that are higher than a page

  private func drawParts(_ count: Int) {
    var rests = cells.prefix(count).map { $0.lines[...] }
    while rests.contains(where: { !$0.isEmpty }) {
      let room = flow.room - 2 * TablePlan.padding
      var height = 0
      for column in 0..<count {
        guard let first = rests[column].first else { continue }
        let part = rests[column].prefix { $0.bottom - first.top <= room }
        for line in part {
          canvas.show(
            line, of: cells[column], x: x + plan.x(of: column),
            y: flow.y + TablePlan.padding + line.top - first.top)
        }
        height = max(height, (part.last?.bottom ?? first.top) - first.top)
        rests[column] = rests[column].dropFirst(part.count)
      }
      flow.y += height + 2 * TablePlan.padding
      if rests.contains(where: { !$0.isEmpty }) { breakPage() }
    }
    drawRule(1)
  }
}

/// The layouts that tables share, one table after the other.
final class TableLayouts {
  private let fonts: FontContext
  private var cells: [TextLayout] = []
  private var heads: [TextLayout] = []

  init(_ fonts: FontContext) { self.fonts = fonts }

  /// One of each for every column.
  func get(_ count: Int) -> (cells: [TextLayout], heads: [TextLayout]) {
    while cells.count < count {
      cells.append(TextLayout(fonts))
      heads.append(TextLayout(fonts))
    }
    return (cells, heads)
  }
}
