/// A colour, each part from 0 to 65,535.
struct Colour: Hashable {
  var red: UInt16
  var green: UInt16
  var blue: UInt16

  /// - Parameter hex: `0x1F5FA8`.
  init(_ hex: UInt32) {
    red = UInt16(hex >> 16 & 0xFF) * 0x101
    green = UInt16(hex >> 8 & 0xFF) * 0x101
    blue = UInt16(hex & 0xFF) * 0x101
  }

  /// - Parameter text: `#1f5fa8`; nil where it is something else.
  init?(_ text: String) {
    guard text.utf8.count == 7, text.hasPrefix("#"), let hex = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(hex)
  }

  static let ink = Colour(0x1B1F24)
  static let soft = Colour(0x56606B)
  static let line = Colour(0xC6CCD3)
  static let wash = Colour(0xF0F3F6)
  static let warning = Colour(0xFDF3DC)
  static let warningLine = Colour(0xB7791F)
  static let plus = Colour(0x2F7D4F)
  static let minus = Colour(0xB3452F)
  static let accent = Colour(0x1F5FA8)
}
