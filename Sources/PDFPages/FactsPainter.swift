import PrintBlocks

/// Draws names and values: side by side as the facts of a head, or as a glossary in three columns.
struct FactsPainter {
  private static let gap = 18 * Geometry.point

  private let flow: PageFlow
  private let layout: TextLayout

  init(_ flow: PageFlow, _ layout: TextLayout) {
    self.flow = flow
    self.layout = layout
  }

  // MARK: Facts

  /// Each takes the width it needs, those without room go into the next row.
  func draw(_ facts: [PrintFact]) {
    flow.space(6 * Geometry.point)
    var row: [(fact: PrintFact, width: Int)] = []
    var used = 0
    for fact in facts {
      layout.set(text(of: fact), .body, width: nil)
      let width = min(layout.size.width + 512, Geometry.bodyWidth)
      if used + width > Geometry.bodyWidth, !row.isEmpty {
        drawRow(row)
        row = []
        used = 0
      }
      row.append((fact, width))
      used += width + FactsPainter.gap
    }
    if !row.isEmpty { drawRow(row) }
  }

  private func drawRow(_ row: [(fact: PrintFact, width: Int)]) {
    if row.count == 1, let only = row.first {
      layout.set(text(of: only.fact), .body, width: only.width)
      return flow.show(layout, x: Geometry.left)
    }
    // More than one share a row only where each has its lines unbroken.
    flow.need(30 * Geometry.point)
    drawLine(row.map { ($0.fact.name, $0.width) }, .small)
    drawLine(row.map { ($0.fact.value, $0.width) }, .body)
    flow.y += 2 * Geometry.point
  }

  /// Texts side by side, of whatever script, on one baseline.
  private func drawLine(_ texts: [(text: String, width: Int)], _ look: Look) {
    var (baseline, below) = (0, 0)
    for (text, _) in texts {
      layout.set(text, look, width: nil)
      baseline = max(baseline, layout.baseline)
      below = max(below, layout.size.height - layout.baseline)
    }
    var x = Geometry.left
    for (text, width) in texts {
      layout.set(text, look, width: nil)
      flow.canvas.tag("P") {
        flow.canvas.show(layout, x: x, y: flow.y + baseline - layout.baseline)
      }
      x += width + FactsPainter.gap
    }
    flow.y += baseline + below
  }

  private func text(of fact: PrintFact) -> PrintText {
    var text = PrintText(fact.name, .small)
    text.addLine(fact.value)
    return text
  }

  // MARK: Glossary

  private static let glossaryColumns = 3
  private static let glossaryGap = 12 * Geometry.point
  private static let glossaryWidth =
    (Geometry.bodyWidth - (glossaryColumns - 1) * glossaryGap) / glossaryColumns

  /// Which terms stand in each column, and how high the highest is.
  func measureGlossary(_ facts: [PrintFact]) -> (columns: [Range<Int>], height: Int) {
    let heights = facts.map { fact in
      prepare(fact, width: FactsPainter.glossaryWidth)
      return layout.size.height + Geometry.point
    }
    var height = max(
      heights.max() ?? 0, heights.reduce(0, +) / FactsPainter.glossaryColumns)
    while true {
      let columns = FactsPainter.columns(heights, upTo: height)
      if columns.count <= FactsPainter.glossaryColumns { return (columns, height) }
      // At the latest one column takes all of them.
      height += 2 * Geometry.point
    }
  }

  /// The columns that terms fill one after the other.
  private static func columns(_ heights: [Int], upTo height: Int) -> [Range<Int>] {
    var columns: [Range<Int>] = []
    var (start, used) = (0, 0)
    for (position, own) in heights.enumerated() {
      if used + own > height, position > start {
        columns.append(start..<position)
        (start, used) = (position, 0)
      }
      used += own
    }
    return columns + [start..<heights.count]
  }

  func drawGlossary(_ facts: [PrintFact]) {
    let (columns, height) = measureGlossary(facts)
    flow.need(height)
    guard height <= flow.room else {
      for fact in facts {
        prepare(fact, width: Geometry.bodyWidth)
        flow.show(layout, x: Geometry.left)
      }
      return
    }
    let top = flow.y
    for (column, terms) in columns.enumerated() {
      flow.y = top
      let x = Geometry.left + column * (FactsPainter.glossaryWidth + FactsPainter.glossaryGap)
      draw(facts[terms], x: x)
    }
    flow.y = top + height
  }

  private func draw(_ facts: ArraySlice<PrintFact>, x: Int) {
    for fact in facts {
      prepare(fact, width: FactsPainter.glossaryWidth)
      flow.show(layout, x: x)
      flow.y += Geometry.point
    }
  }

  private func prepare(_ fact: PrintFact, width: Int) {
    var text = PrintText(fact.name + ": ", .strong)
    text.add(fact.value, .soft)
    layout.set(text, .term, width: width)
  }
}
