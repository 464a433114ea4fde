import PrintBlocks

/// Draws bars one under the other.
struct ChartPainter {
  private static let rowHeight = 16 * Geometry.point
  private static let barHeight = 5 * Geometry.point

  private let flow: PageFlow
  private let layout: TextLayout
  private let accent: Colour

  init(_ flow: PageFlow, _ layout: TextLayout, accent: Colour) {
    self.flow = flow
    self.layout = layout
    self.accent = accent
  }

  /// The height of a chart, or about that of the tables at its side if that is more.
  static func height(_ chart: PrintChart?, tableRows: Int) -> Int {
    max((chart?.bars.count ?? 0) * rowHeight, tableRows * 13 * Geometry.point)
  }

  func draw(_ chart: PrintChart, x: Int, y: Int, width: Int) {
    // Labels do not touch the line.
    let labelIndent = 3 * Geometry.point
    let zero = x + place(chart.zero, in: width)
    flow.canvas.fill(
      x: zero, y: y, width: Geometry.hairline, height: chart.bars.count * ChartPainter.rowHeight,
      .line)
    for (row, bar) in chart.bars.enumerated() {
      let top = y + row * ChartPainter.rowHeight
      layout.set(bar.label, .small, width: width - labelIndent)
      layout.setCut(true)
      flow.canvas.tag("P") { flow.canvas.show(layout, x: x + labelIndent, y: top) }
      layout.setCut(false)
      let (from, to) = (place(bar.from, in: width), place(bar.to, in: width))
      // What is too small to be seen is a line.
      flow.canvas.fill(
        x: x + min(from, width - Geometry.point),
        y: top + ChartPainter.rowHeight - ChartPainter.barHeight - Geometry.point,
        width: max(to - from, Geometry.point), height: ChartPainter.barHeight, colour(of: bar.kind))
    }
  }

  private func place(_ share: UInt16, in width: Int) -> Int {
    Int(share) * width / Int(PrintChart.edge)
  }

  private func colour(of kind: PrintChart.Kind) -> Colour {
    switch kind {
    case .total: .soft
    case .paid: accent
    case .plus: .plus
    case .minus: .minus
    }
  }
}
