/// A piece of a page; blocks stand one under the other.
package enum PrintBlock: Hashable, Sendable {
  /// Level 1 is the document's title, 2 and 3 are sections; `aside` follows in grey.
  case heading(level: UInt8, text: String, aside: String)
  case text(PrintText)
  /// What must not be overlooked, on a ground of its own.
  case box(PrintText)
  /// Names and values side by side.
  case facts([PrintFact])
  case table(PrintTable)
  /// Tables with a chart at their right.
  case charted(tables: [PrintTable], chart: PrintChart?)
  /// Terms and what they mean, in columns.
  case glossary([PrintFact])
}

/// A name and its value, or a term and its meaning.
package struct PrintFact: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Bars one under the other, each where the one before ends.
package struct PrintChart: Hashable, Sendable {
  /// Where the right edge of a chart lies; the left edge is 0.
  package static let edge: UInt16 = 10_000

  package enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    /// A balance.
    case total
    /// What adds to it, and what takes from it.
    case plus, minus
    /// What is paid of it, in the accent colour.
    case paid
  }

  package struct Bar: Hashable, Sendable {
    package var label: String
    package var kind: Kind
    /// Both ends, from 0 to ``PrintChart/edge``, the left one first.
    package var from: UInt16
    package var to: UInt16

    package init(label: String, kind: Kind, from: UInt16, to: UInt16) {
      self.label = label
      self.kind = kind
      self.from = from
      self.to = to
    }
  }

  /// Where zero lies.
  package var zero: UInt16
  package var bars: [Bar]

  package init(zero: UInt16, bars: [Bar]) {
    self.zero = zero
    self.bars = bars
  }
}
