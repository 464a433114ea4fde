import PrintBlocks

/// The size, weight and colour of letters.
struct Look: Hashable {
  /// In Pango units.
  var size: Int
  var isBold = false
  var colour = Colour.ink

  static let body = Look(size: 9 * Geometry.point)
  static let cell = Look(size: 7 * Geometry.point + 768)
  static let cellHead = Look(size: 7 * Geometry.point + 256, colour: .soft)
  static let small = Look(size: 7 * Geometry.point + 256, colour: .soft)
  static let term = Look(size: 6 * Geometry.point + 768)
  static let title = Look(size: 17 * Geometry.point, isBold: true)
  static let section = Look(size: 12 * Geometry.point, isBold: true)
  static let part = Look(size: 9 * Geometry.point + 512, isBold: true)

  static func heading(_ level: UInt8) -> Look {
    switch level {
    case 1: .title
    case 2: .section
    default: .part
    }
  }

  /// The heading's second part.
  var aside: Look { Look(size: size, colour: .soft) }

  /// Smaller by a fraction, but never so small that nobody can read it.
  func scaled(_ part: Int, of whole: Int) -> Look {
    // Few sizes, since each is kept with what was measured of it.
    let step = Geometry.point / 4
    let fitting = size * part / whole / step * step
    return Look(size: min(size, max(fitting, 4 * Geometry.point)), isBold: isBold, colour: colour)
  }

  /// The look of a piece of text in a surrounding of this look.
  func with(_ style: PrintStyle) -> Look {
    switch style {
    case .plain: self
    case .strong: Look(size: size, isBold: true, colour: colour)
    case .soft: Look(size: size, isBold: isBold, colour: .soft)
    case .small: Look(size: min(size, Look.small.size), colour: .soft)
    case .large: Look(size: 12 * Geometry.point, colour: colour)
    case .headline: Look(size: 16 * Geometry.point, isBold: true, colour: colour)
    }
  }
}
