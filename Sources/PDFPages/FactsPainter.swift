import PrintBlocks

/// Draws names and values: side by side as the facts of a head, or as a glossary in two columns.
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

  private static let glossaryWidth = (Geometry.bodyWidth - gap) / 2

  /// How many terms stand in the left column, and how high the higher column is.
  func measureGlossary(_ facts: [PrintFact]) -> (count: Int, height: Int) {
    let heights = facts.map { fact in
      prepare(fact, width: FactsPainter.glossaryWidth)
      return layout.size.height + 2 * Geometry.point
    }
    let total = heights.reduce(0, +)
    // The left column takes all until it has half.
    var (left, count) = (0, 0)
    while count < facts.count, left * 2 < total {
      left += heights[count]
      count += 1
    }
    return (count, max(left, total - left))
  }

  func drawGlossary(_ facts: [PrintFact]) {
    let width = FactsPainter.glossaryWidth
    let (count, height) = measureGlossary(facts)
    flow.need(height)
    guard height <= flow.room else {
      for fact in facts {
        prepare(fact, width: Geometry.bodyWidth)
        flow.show(layout, x: Geometry.left)
      }
      return
    }
    let top = flow.y
    draw(facts[..<count], x: Geometry.left, width: width)
    flow.y = top
    draw(facts[count...], x: Geometry.right - width, width: width)
    flow.y = top + height
  }

  private func draw(_ facts: ArraySlice<PrintFact>, x: Int, width: Int) {
    for fact in facts {
      prepare(fact, width: width)
      flow.show(layout, x: x)
      flow.y += 2 * Geometry.point
    }
  }

  private func prepare(_ fact: PrintFact, width: Int) {
    var text = PrintText(fact.name + ": ", .strong)
    text.add(fact.value, .soft)
    layout.set(text, .term, width: width)
  }
}
