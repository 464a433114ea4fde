/// What there is to say about one code: the one text of the catalogue, of findings and of
/// `payout explain`.
package struct FindingText: Sendable {
  /// One line: what is wrong.
  package let title: String
  /// Why it comes.
  package let cause: String
  /// A piece of input that has it.
  package let example: String
  /// What to do about it.
  package let remedy: String

  /// All texts; a test proves that no code is without one.
  fileprivate static let all: [FindingCode: FindingText] = [
    feeds, rows, eligibility, calculation, holds, configuration,
  ].reduce(into: [:]) { $0.merge($1) { text, _ in text } }
}

extension FindingCode {
  /// The texts of this code.
  package var text: FindingText {
    FindingText.all[self]
      ?? FindingText(title: rawValue, cause: "", example: "", remedy: "")
  }

  /// What to do about it.
  package var remedy: String { text.remedy }
}
