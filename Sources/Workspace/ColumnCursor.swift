import Domain
import Yams

/// Turns the parser's columns, which count characters, into columns that count bytes.
///
/// It goes through the text once, as the values of a document are asked for in their order; only
/// a place before the last one makes it begin again.
struct ColumnCursor {
  private let text: [UInt8]
  private var position = 0
  private var line = 1
  private var character = 1
  private var lineStart = 0

  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  /// The place of a mark of the parser.
  mutating func place(_ mark: Mark) -> Place {
    if (mark.line, mark.column) < (line, character) {
      (position, line, character, lineStart) = (0, 1, 1, 0)
    }
    while position < text.count, (line, character) < (mark.line, mark.column) {
      let byte = text[position]
      position += 1
      if byte == 0x0A {
        line += 1
        character = 1
        lineStart = position
      } else {
        while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
        character += 1
      }
    }
    return Place(line: mark.line, column: position - lineStart + 1, byteOffset: nil)
  }

  /// The byte at the place that was asked for last.
  func byte(at place: Place) -> UInt8? {
    place.line == line && position < text.count ? text[position] : nil
  }
}
