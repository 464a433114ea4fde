/// Looks at pictures from outside before they are put into every statement: whether they are whole,
/// and of a size that can be drawn.
enum PictureCheck {
  /// A few hundred kilobytes can hold a picture that takes gigabytes once it is unpacked.
  private static let pixelsMax = 1 << 24

  /// What is wrong with a picture: a clause that stands behind a colon.
  struct Fault: Error {
    var what: String

    init(_ what: String) { self.what = what }
  }

  /// - Parameters:
  ///   - width: In pixels; negative ones cannot be.
  ///   - height: In pixels.
  static func checkSize(_ width: Int, _ height: Int) throws(Fault) {
    guard width > 0, height > 0 else { throw Fault("it has no width or no height") }
    // Each side has at most 32 bits, so that the product fits.
    if width * height > pixelsMax {
      throw Fault("it has \(width) × \(height) pixels, more than \(pixelsMax) in all")
    }
  }

  /// The number that these bytes are, the most significant first.
  ///
  /// - Throws: ``Fault`` where the file ends before.
  static func number(
    _ bytes: [UInt8], at place: Int, count: Int
  ) throws(Fault) -> Int {
    guard place >= 0, place + count <= bytes.count else { throw Fault("it ends too early") }
    return bytes[place..<(place + count)].reduce(0) { $0 << 8 | Int($1) }
  }
}
