/// What a phrase has a place for.
package enum StatementSlot: String, CaseIterable, Hashable, Sendable {
  case amount, total, period, date, count, file, ending, rate, name
}

/// A text with places for values: `{count} more lines are in {file}.`
package struct StatementPhrase: Hashable, Sendable {
  /// A piece of a phrase.
  package enum Piece: Hashable, Sendable {
    case text(String)
    case slot(StatementSlot)
  }

  package let pieces: [Piece]

  /// - Returns: Nil if a brace is not closed, or what stands between two is no slot.
  package init?(_ text: String) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}"),
        let slot = StatementSlot(rawValue: String(rest[rest.index(after: open)..<close]))
      else { return nil }
      if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
      pieces.append(.slot(slot))
      rest = rest[rest.index(after: close)...]
    }
    guard !rest.contains("}") else { return nil }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    self.pieces = pieces
  }

  /// What it has places for.
  package var slots: Set<StatementSlot> {
    Set(
      pieces.compactMap { piece in
        if case .slot(let slot) = piece { slot } else { nil }
      })
  }

  /// The text with its values, of which there are few; a slot without a value stays empty.
  package func filled(_ values: KeyValuePairs<StatementSlot, String>) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .slot(let slot): text += values.first { $0.key == slot }?.value ?? ""
      }
    }
    return text
  }
}
