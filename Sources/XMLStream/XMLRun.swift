/// Characters that follow each other in converted text and took as many bytes each.
struct XMLRun: Equatable {
  /// Bytes of each character in UTF-8, from 1 to 4.
  var units: Int
  /// Bytes of each character in the document.
  var width: Int
  var count: Int

  /// How many bytes of UTF-8 a character has that begins with a byte.
  static func units(_ first: UInt8) -> Int {
    first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  }

  /// The runs of a text.
  ///
  /// - Parameters:
  ///   - text: Whole characters of UTF-8.
  ///   - width: Bytes in the document of a character that has so many bytes in UTF-8.
  static func append(
    _ text: Span<UInt8>, to runs: inout [XMLRun], width: (Int) -> Int
  ) {
    var index = 0
    while index < text.count {
      let start = index
      let units = units(text[index])
      while index < text.count, XMLRun.units(text[index]) == units { index += units }
      runs.append(XMLRun(units: units, width: width(units), count: (index - start) / units))
    }
  }
}
