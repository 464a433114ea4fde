/// Lengths on paper, in units of Pango: 1024 to the point, of which 72 make an inch.
enum Geometry {
  static let point = 1024

  /// A4.
  static let pageWidth = 609_563
  static let pageHeight = 862_095

  /// 15 mm at the sides, 10 mm at the top, 13 mm at the foot.
  static let left = 43_540
  static let right = pageWidth - 43_540
  static let top = 29_027
  static let bottom = pageHeight - 37_735
  static let bodyWidth = right - left

  /// Where the line at the foot begins.
  static let footer = bottom + 10 * point

  static let hairline = point / 2

  /// Cairo's own measure.
  static func points(_ length: Int) -> Double { Double(length) / Double(point) }
}
