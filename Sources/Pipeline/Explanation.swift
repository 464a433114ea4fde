import FoundationEssentials

/// Why something is what it is, as a document: what `payout explain` shows and writes.
package struct Explanation: Encodable, Sendable {
  /// One thing that is known, in words.
  package struct Fact: Encodable, Hashable, Sendable {
    /// A stable name, for programs.
    package var key: String
    package var label: String
    package var value: String
    /// Where it comes from, or what it was compared with.
    package var note: String?

    init(_ key: String, _ label: String, _ value: String, note: String? = nil) {
      self.key = key
      self.label = label
      self.value = value
      self.note = note
    }
  }

  /// One term of a sum, or what the terms before it come to.
  package struct Term: Encodable, Hashable, Sendable {
    package var key: String
    package var label: String
    /// The formula, so that it can be typed into a calculator.
    package var how: String?
    /// With its sign and the decimals of its currency.
    package var amount: String
    package var currency: String
    package var isTotal: Bool
  }

  /// Facts and sums that belong together.
  package struct Section: Encodable, Hashable, Sendable {
    package var key: String
    package var title: String
    /// Of the balance it is about, if it is about one.
    package var program: String?
    package var currency: String?
    /// As it was delivered, or as it is told.
    package var text: String?
    package var facts: [Fact] = []
    package var terms: [Term] = []

    init(_ key: String, _ title: String) {
      self.key = key
      self.title = title
    }
  }

  /// What an id may mean.
  package enum Kind: String, Encodable, Sendable, CaseIterable {
    case finding, partner, payment, feed, earning
  }

  /// One of the things that the id means.
  package struct Meaning: Encodable, Hashable, Sendable {
    package var kind: Kind
    package var title: String
    package var period: String?
    package var sections: [Section]

    init(_ kind: Kind, _ title: String, period: String? = nil, sections: [Section] = []) {
      self.kind = kind
      self.title = title
      self.period = period
      self.sections = sections
    }
  }

  package var id: String
  package var meanings: [Meaning]

  /// How many more rows have the earningId than are explained; nil where there are none.
  package var rowsLeftOut: String? {
    meanings.lazy.flatMap(\.sections).flatMap(\.facts).first { $0.key == "leftOut" }?.value
  }

  /// The document of schemas/explanation.schema.json.
  ///
  /// - Throws: ``RunFailure`` with code 70, which cannot happen.
  package func json() throws(RunFailure) -> String { try JSONText.document(self) }
}

/// Writes documents of JSON, the same bytes for the same content.
enum JSONText {
  static func document(_ value: some Encodable) throws(RunFailure) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    } catch {
      throw RunFailure(.fault, "the document cannot be written: \(error)")
    }
  }
}
