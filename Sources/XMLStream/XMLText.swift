/// Pieces of a document as UTF-8, for people who want to see them.
package enum XMLText {
  /// No declaration is longer.
  package static let headBytes = XMLEncoding.declarationBytesMax

  /// Converts a piece of a document.
  ///
  /// - Parameters:
  ///   - piece: Begins with a character; its last one may be cut.
  ///   - head: The first ``headBytes`` bytes of the document, or all of it.
  /// - Returns: Nil where the document's encoding is not known, or the piece is not in it.
  package static func utf8(_ piece: [UInt8], head: [UInt8]) -> [UInt8]? {
    switch XMLEncoding.detect(head, isWhole: true) {
    case .utf8: return piece
    case .contradiction, nil: return nil
    case .other(let name, _):
      guard let converter = XMLConverter(from: name) else { return nil }
      converter.append(piece.span)
      var text: [UInt8] = []
      var output = [UInt8](repeating: 0, count: 1 << 16)
      var runs: [XMLRun] = []
      while true {
        let (count, ending) = converter.convert(into: &output, noting: &runs)
        text += output[..<count]
        switch ending {
        case .whole: return text
        case .full: continue
        case .invalid: return nil
        }
      }
    }
  }
}
