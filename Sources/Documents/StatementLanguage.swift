/// A language in which statements are written.
package enum StatementLanguage: String, CaseIterable, Hashable, Sendable {
  case english = "en"
  case korean = "ko"

  /// The language of a partner; English where its own is not among these.
  ///
  /// - Parameter tag: BCP 47, `ko` or `ko-KR`; case does not count.
  package init(tag: String) {
    let primary = tag.split(whereSeparator: { $0 == "-" || $0 == "_" }).first ?? ""
    self = StatementLanguage(rawValue: primary.lowercased()) ?? .english
  }
}
