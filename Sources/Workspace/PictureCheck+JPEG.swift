extension PictureCheck {
  static let jpegSignature: [UInt8] = [0xFF, 0xD8, 0xFF]

  private enum Marker {
    /// Baseline, extended and progressive, of Huffman codes: what browsers show.
    static let frames: ClosedRange<UInt8> = 0xC0...0xC2
    static let otherFrames: Set<UInt8> = [
      0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF,
    ]
    static let restarts: ClosedRange<UInt8> = 0xD0...0xD7
    static let end: UInt8 = 0xD9
    static let scan: UInt8 = 0xDA
  }

  /// Goes over the segments of a JPEG to its end: a frame of a size, scans of pixels behind it.
  ///
  /// - Precondition: The bytes begin with ``jpegSignature``.
  static func checkJPEG(_ bytes: [UInt8]) throws(Fault) {
    var place = 2
    var (hasFrame, hasScan) = (false, false)
    while true {
      let marker = try marker(bytes, at: &place)
      if marker == Marker.end { break }
      let length = try number(bytes, at: place, count: 2)
      guard length >= 2, place + length <= bytes.count else { throw Fault("it ends too early") }
      if Marker.frames.contains(marker) {
        try checkFrame(bytes, at: place, length: length, isFirst: !hasFrame)
        hasFrame = true
      } else if Marker.otherFrames.contains(marker) {
        throw Fault("browsers do not show JPEGs of its kind")
      }
      place += length
      guard marker == Marker.scan else { continue }
      guard hasFrame else { throw Fault("its pixels have no size") }
      hasScan = true
      skipPixels(bytes, &place)
    }
    guard hasScan else { throw Fault("it has no pixels") }
  }

  /// Takes a marker with what fills the place before it.
  private static func marker(_ bytes: [UInt8], at place: inout Int) throws(Fault) -> UInt8 {
    guard place < bytes.count else { throw Fault("it ends too early") }
    guard bytes[place] == 0xFF else { throw Fault("what stands at byte \(place) is no segment") }
    while place < bytes.count, bytes[place] == 0xFF { place += 1 }
    guard place < bytes.count else { throw Fault("it ends too early") }
    place += 1
    return bytes[place - 1]
  }

  private static func checkFrame(
    _ bytes: [UInt8], at place: Int, length: Int, isFirst: Bool
  ) throws(Fault) {
    guard isFirst else { throw Fault("it has more than one frame") }
    guard length >= 8 else { throw Fault("its frame is too short") }
    let components = Int(bytes[place + 7])
    guard [1, 3, 4].contains(components), length == 8 + 3 * components else {
      throw Fault("its frame has \(components) colours")
    }
    try checkSize(
      try number(bytes, at: place + 5, count: 2), try number(bytes, at: place + 3, count: 2))
  }

  /// Goes over the pixels of a scan, in which `FF` is followed by zero or a restart.
  private static func skipPixels(_ bytes: [UInt8], _ place: inout Int) {
    while place + 1 < bytes.count {
      let next = bytes[place + 1]
      if bytes[place] == 0xFF, next != 0, !Marker.restarts.contains(next) { return }
      place += 1
    }
    place = bytes.count
  }
}
