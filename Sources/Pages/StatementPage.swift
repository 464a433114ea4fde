package import Documents
import Domain

/// A page for one language, ready for partners.
package struct StatementPage: Sendable {
  private enum Piece {
    case markup([UInt8])
    case place(StatementPlace)
  }

  private let pieces: [Piece]
  private let words: HTMLWords

  /// - Parameter marked: The page with a mark in every place that differs.
  init(_ marked: String, texts: StatementTexts) {
    var pieces: [Piece] = []
    for part in marked.split(separator: StatementPlace.start, omittingEmptySubsequences: false) {
      guard let end = part.firstRange(of: StatementPlace.end),
        let place = StatementPlace(rawValue: String(part[..<end.lowerBound]))
      else {
        pieces.append(.markup(Array(part.utf8)))
        continue
      }
      pieces.append(.place(place))
      pieces.append(.markup(Array(part[end.upperBound...].utf8)))
    }
    self.pieces = pieces
    words = HTMLWords(texts)
  }

  /// The statement of a partner.
  package func html(_ document: StatementDocument) -> [UInt8] {
    var html = StatementHTML(document, words)
    for piece in pieces {
      switch piece {
      case .markup(let bytes): html.writer.raw(bytes)
      case .place(let place): html.write(place)
      }
    }
    return html.writer.bytes
  }
}
