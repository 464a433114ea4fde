/// The texts of one code.
package struct FindingText: Sendable {
  /// One line: what is wrong.
  package var title: String
  /// Why it comes.
  package var cause: String
  /// A piece of input that has it.
  package var example: String
  /// What to do about it.
  package var remedy: String
}

extension FindingCode {
  package var text: FindingText {
    FindingText(title: rawValue, cause: "", example: "", remedy: "")
  }
  package var remedy: String { text.remedy }
}
