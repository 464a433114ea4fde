import PrintBlocks

/// What stands on top of the first page: a line in the payer's colour, its picture and who it is.
struct Letterhead {
  private static let pictureHeight = 28 * Geometry.point
  private static let pictureWidthMax = 140 * Geometry.point
  /// 720 to an inch, more than can be seen.
  private static let pixelsOfPoint = 10

  /// The picture of a PNG, of no more pixels than are wanted here.
  static func picture(_ png: [UInt8]) -> Picture? {
    Picture(
      png, widthMax: pictureWidthMax / Geometry.point * pixelsOfPoint,
      heightMax: pictureHeight / Geometry.point * pixelsOfPoint)
  }

  private let flow: PageFlow
  private let accent: Colour

  init(_ flow: PageFlow, accent: Colour) {
    self.flow = flow
    self.accent = accent
  }

  func draw(_ text: PrintText, _ picture: Picture?) {
    flow.canvas.fill(
      x: Geometry.left, y: flow.y, width: Geometry.bodyWidth, height: 3 * Geometry.point, accent)
    flow.y += 10 * Geometry.point
    let top = flow.y
    var x = Geometry.left
    if let picture {
      let height = Letterhead.height(of: picture)
      flow.canvas.show(picture, x: x, y: flow.y, height: height)
      x += height * picture.width / picture.height + 9 * Geometry.point
      flow.y += height
    }
    let layout = TextLayout(flow.fonts)
    layout.set(text, .body, width: Geometry.right - x)
    let bottom = flow.y
    flow.y = max(top, (top + bottom - layout.size.height) / 2)
    if !text.isEmpty { flow.show(layout, x: x) }
    flow.y = max(flow.y, bottom) + 4 * Geometry.point
  }

  private static func height(of picture: Picture) -> Int {
    let width = pictureHeight * picture.width / picture.height
    return width <= pictureWidthMax
      ? pictureHeight : max(1, pictureWidthMax * picture.height / picture.width)
  }
}
