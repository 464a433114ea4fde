import PrintBlocks

/// Where on which page the next thing goes.
final class PageFlow {
  let canvas: Canvas
  let fonts: FontContext
  private let footer: String
  /// How many pages there will be, as far as is known.
  private let pageCount: Int
  private let footLayout: TextLayout

  private(set) var page = 1
  /// The free place on the page begins here.
  var y = Geometry.top

  init(_ canvas: Canvas, _ fonts: FontContext, footer: String, pageCount: Int) {
    self.canvas = canvas
    self.fonts = fonts
    self.footer = footer
    self.pageCount = pageCount
    footLayout = TextLayout(fonts)
  }

  var isAtTop: Bool { y == Geometry.top }
  var room: Int { Geometry.bottom - y }

  /// Leaves room, but not at the top of a page.
  func space(_ height: Int) {
    if !isAtTop { y = min(y + height, Geometry.bottom) }
  }

  /// Goes to the next page if something of this height has no room on this one, and would on that.
  func need(_ height: Int) {
    if height > room, !isAtTop { nextPage() }
  }

  func nextPage() {
    endPage()
    page += 1
    y = Geometry.top
  }

  /// Writes the foot of the page and shows it.
  func endPage() {
    let y = Geometry.footer
    canvas.fill(
      x: Geometry.left, y: y - 4 * Geometry.point, width: Geometry.bodyWidth,
      height: Geometry.hairline, .line)
    canvas.tag("P") {
      footLayout.set("\(page) / \(pageCount)", .small, width: nil)
      let width = footLayout.size.width
      canvas.show(footLayout, x: Geometry.right - width, y: y)
      footLayout.setCut(true)
      footLayout.set(footer, .small, width: Geometry.bodyWidth - width - 12 * Geometry.point)
      canvas.show(footLayout, x: Geometry.left, y: y)
      footLayout.setCut(false)
    }
    canvas.showPage()
  }

  // MARK: Text

  /// Draws a text of any length, over as many pages as it takes.
  ///
  /// - Parameter beside: Draws what stands beside each part of it, given its place and height.
  func show(
    _ layout: TextLayout, x: Int, padding: Int = 0, tag: String = "P",
    beside: (_ y: Int, _ height: Int) -> Void = { _, _ in }
  ) {
    let height = layout.size.height + 2 * padding
    if height > room, height > Geometry.bottom - Geometry.top {
      return showParts(of: layout, x: x, padding: padding, tag: tag, beside: beside)
    }
    need(height)
    beside(y, height)
    canvas.tag(tag) { canvas.show(layout, x: x, y: y + padding) }
    y += height
  }

  private func showParts(
    of layout: TextLayout, x: Int, padding: Int, tag: String,
    beside: (_ y: Int, _ height: Int) -> Void
  ) {
    var rest = layout.lines[...]
    while let first = rest.first {
      let part = rest.prefix { $0.bottom - first.top + 2 * padding <= room }
      guard let last = part.last else {
        // Not even one line has room: at the top of a page that cannot be.
        nextPage()
        continue
      }
      beside(y, last.bottom - first.top + 2 * padding)
      canvas.tag(tag) {
        for line in part {
          canvas.show(line, of: layout, x: x, y: y + padding + line.top - first.top)
        }
      }
      y += last.bottom - first.top + 2 * padding
      rest = rest.dropFirst(part.count)
      if !rest.isEmpty { nextPage() }
    }
  }
}
