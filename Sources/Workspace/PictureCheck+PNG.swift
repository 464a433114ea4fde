extension PictureCheck {
  static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Goes over the chunks of a PNG: each with its checksum, those that a picture needs, in order; and over
  /// its pixels.
  ///
  /// - Precondition: The bytes begin with ``pngSignature``.
  static func checkPNG(_ bytes: [UInt8]) throws(Fault) {
    var place = pngSignature.count
    var seen: [String] = []
    var data: [ArraySlice<UInt8>] = []
    while seen.last != "IEND" {
      let chunk = try PNGChunk(bytes, at: place)
      if seen.isEmpty {
        try checkHeader(chunk, bytes)
      } else {
        try check(chunk, after: seen)
      }
      if chunk.name == "IDAT" { data.append(bytes[chunk.content]) }
      if seen.last != chunk.name { seen.append(chunk.name) }
      place = chunk.end
    }
    guard seen.contains("IDAT") else { throw Fault("it has no pixels") }
    // The header says that colours are numbers in a palette.
    if bytes[pngSignature.count + 17] == 3, !seen.contains("PLTE") {
      throw Fault("it has no palette")
    }
    guard place == bytes.count else { throw Fault("something follows its end") }
    // The header is the first chunk, behind its length and its name.
    let header = pngSignature.count + 8
    var pixels = try PNGPixels(bytes[header..<(header + 13)])
    try pixels.check(data)
  }

  private static func checkHeader(_ chunk: PNGChunk, _ bytes: [UInt8]) throws(Fault) {
    guard chunk.name == "IHDR", chunk.content.count == 13 else {
      throw Fault("it does not begin with its header")
    }
    let start = chunk.content.lowerBound
    try checkSize(
      try number(bytes, at: start, count: 4), try number(bytes, at: start + 4, count: 4))
    let depths: [UInt8: Set<UInt8>] = [
      0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
    ]
    guard depths[bytes[start + 9]]?.contains(bytes[start + 8]) == true, bytes[start + 10] == 0,
      bytes[start + 11] == 0, bytes[start + 12] <= 1
    else { throw Fault("its header has values that do not exist") }
  }

  /// - Parameter seen: The names of the chunks before, each row of the same name once.
  private static func check(_ chunk: PNGChunk, after seen: [String]) throws(Fault) {
    let isRepeated = seen.contains(chunk.name)
    switch chunk.name {
    case "IDAT":
      if isRepeated, seen.last != chunk.name { throw Fault("its pixels are not in one place") }
    case "IEND": break
    case "PLTE":
      guard !isRepeated, !seen.contains("IDAT"), chunk.content.count % 3 == 0,
        (1...256).contains(chunk.content.count / 3)
      else { throw Fault("its palette is none") }
    default:
      // A capital letter says that nobody can do without the chunk.
      guard !chunk.isCritical else { throw Fault("a chunk \(chunk.name) is not known") }
    }
  }
}

/// A part of a PNG.
private struct PNGChunk {
  var name: String
  var content: Range<Int>
  /// Where the next one begins.
  var end: Int

  var isCritical: Bool { name.utf8.first.map { $0 & 0x20 == 0 } ?? true }

  /// - Throws: ``PictureCheck/Fault`` where it is not whole, or not what its checksum says.
  init(_ bytes: [UInt8], at place: Int) throws(PictureCheck.Fault) {
    let length = try PictureCheck.number(bytes, at: place, count: 4)
    let start = place + 8
    let checksum = try PictureCheck.number(bytes, at: start + length, count: 4)
    content = start..<(start + length)
    end = start + length + 4
    let letters = bytes[(place + 4)..<start]
    guard letters.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) }) else {
      throw PictureCheck.Fault("what stands at byte \(place) is no chunk")
    }
    name = String(decoding: letters, as: UTF8.self)
    guard CRC32.of(bytes[(place + 4)..<content.upperBound]) == checksum else {
      throw PictureCheck.Fault("the chunk \(name) at byte \(place) was changed")
    }
  }
}

/// The checksum of PNG, by its definition: pictures are small.
private enum CRC32 {
  static func of(_ bytes: ArraySlice<UInt8>) -> Int {
    var rest = UInt32.max
    for byte in bytes {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
    }
    return Int(~rest)
  }
}
