import PrintBlocks

/// Draws the blocks of a document one under the other.
struct BlockPainter {
  let flow: PageFlow
  let accent: Colour
  private let layout: TextLayout
  private let layouts: TableLayouts
  /// The outline's entries that are open, by level.
  private var outline: [Int32] = []
  private let hasOutline: Bool

  /// - Parameter hasOutline: Whether headings are listed beside the pages.
  init(_ flow: PageFlow, accent: Colour, hasOutline: Bool) {
    self.flow = flow
    self.accent = accent
    self.hasOutline = hasOutline
    layout = TextLayout(flow.fonts)
    layouts = TableLayouts(flow.fonts)
  }

  private var canvas: Canvas { flow.canvas }

  mutating func draw(_ blocks: [PrintBlock]) {
    for position in blocks.indices { draw(blocks[position], before: blocks[(position + 1)...]) }
  }

  private mutating func draw(_ block: PrintBlock, before rest: ArraySlice<PrintBlock>) {
    switch block {
    case .heading(let level, let text, let aside): drawHeading(level, text, aside, before: rest)
    case .text(let text):
      flow.space(2 * Geometry.point)
      layout.set(text, .body, width: Geometry.bodyWidth)
      flow.show(layout, x: Geometry.left)
      flow.y += Geometry.point
    case .box(let text): drawBox(text)
    case .facts(let facts): FactsPainter(flow, layout).draw(facts)
    case .table(let table): draw(table, x: Geometry.left, width: Geometry.bodyWidth)
    case .charted(let tables, let chart): draw(tables, beside: chart)
    case .glossary(let facts): FactsPainter(flow, layout).drawGlossary(facts)
    }
  }

  // MARK: Headings

  private static func spaceAbove(_ level: UInt8) -> Int {
    (level == 2 ? 7 : level == 3 ? 5 : 4) * Geometry.point
  }

  private mutating func drawHeading(
    _ level: UInt8, _ text: String, _ aside: String, before rest: ArraySlice<PrintBlock>
  ) {
    flow.space(BlockPainter.spaceAbove(level))
    // Measured first, since it takes the layout.
    let follows = leadHeight(rest)
    layout.set(text, Look.heading(level), aside: aside, width: Geometry.bodyWidth)
    flow.need(min(layout.size.height + 8 * Geometry.point + follows, Geometry.bottom / 2))
    if hasOutline { addOutline(level, aside.isEmpty ? text : text + " " + aside) }
    flow.show(layout, x: Geometry.left, tag: "H\(level)")
    guard level == 2 else {
      flow.y += Geometry.point
      return
    }
    canvas.fill(
      x: Geometry.left, y: flow.y + Geometry.point, width: Geometry.bodyWidth,
      height: Geometry.hairline, .line)
    flow.y += 4 * Geometry.point
  }

  private mutating func addOutline(_ level: UInt8, _ text: String) {
    outline.removeLast(max(0, outline.count - Int(level) + 1))
    let number = canvas.addOutline(
      text, page: flow.page, y: flow.y, under: outline.last ?? 0)
    outline.append(number)
  }

  /// How much of what follows a heading has to be on its page.
  private func leadHeight(_ rest: ArraySlice<PrintBlock>) -> Int {
    guard let next = rest.first else { return 0 }
    switch next {
    case .heading(let level, let text, let aside):
      let follows = leadHeight(rest.dropFirst())
      layout.set(text, Look.heading(level), aside: aside, width: Geometry.bodyWidth)
      return BlockPainter.spaceAbove(level) + layout.size.height + follows
    case .table(let table):
      return painter(table, x: Geometry.left, width: Geometry.bodyWidth).leadHeight
    case .charted(let tables, let chart):
      return ChartPainter.height(chart, tableRows: tables.reduce(0) { $0 + $1.rows.count + 2 })
    case .text(let text):
      layout.set(text, .body, width: Geometry.bodyWidth)
      // A note is kept with what it is about.
      return min(layout.size.height, 36 * Geometry.point)
        + min(leadHeight(rest.dropFirst()), 60 * Geometry.point)
    case .glossary(let facts): return FactsPainter(flow, layout).measureGlossary(facts).height
    case .box, .facts: return 30 * Geometry.point
    }
  }

  // MARK: Boxes

  private func drawBox(_ text: PrintText) {
    let (padding, bar) = (3 * Geometry.point, 3 * Geometry.point)
    flow.space(6 * Geometry.point)
    layout.set(text, .body, width: Geometry.bodyWidth - 2 * padding - bar)
    flow.show(layout, x: Geometry.left + bar + padding, padding: padding) { y, height in
      canvas.fill(x: Geometry.left, y: y, width: Geometry.bodyWidth, height: height, .warning)
      canvas.fill(x: Geometry.left, y: y, width: bar, height: height, .warningLine)
    }
    flow.y += 2 * Geometry.point
  }

  // MARK: Tables

  private func painter(_ table: PrintTable, x: Int, width: Int) -> TablePainter {
    TablePainter(TablePlan(table, width: width, layout), x: x, flow, layouts)
  }

  private func draw(_ table: PrintTable, x: Int, width: Int) {
    if !table.caption.isEmpty {
      flow.space(4 * Geometry.point)
      layout.set(table.caption, .small, width: width)
      flow.need(layout.size.height + 48 * Geometry.point)
      flow.show(layout, x: x)
    }
    painter(table, x: x, width: width).draw()
  }

  private func draw(_ tables: [PrintTable], beside chart: PrintChart?) {
    let rows = tables.reduce(0) { $0 + $1.rows.count + 2 }
    flow.need(ChartPainter.height(chart, tableRows: rows))
    let half = (Geometry.bodyWidth - 24 * Geometry.point) / 2
    let (page, top) = (flow.page, flow.y)
    if let chart {
      ChartPainter(flow, layout, accent: accent).draw(
        chart, x: Geometry.right - half, y: top, width: half)
    }
    for table in tables { draw(table, x: Geometry.left, width: half) }
    if flow.page == page { flow.y = max(flow.y, top + ChartPainter.height(chart, tableRows: 0)) }
  }
}
