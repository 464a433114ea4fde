/// A document to be printed: what stands on its pages, in order, and nothing of what it is about.
///
/// Its texts are ready to be shown: in the right language, numbers and days written out, without
/// control characters.
package struct PrintDocument: Hashable, Sendable {
  /// BCP 47.
  package var language: String
  package var title: String
  package var author: String
  /// `2026-10-31`: what the file says of its making, in the place of a clock.
  package var date: String
  /// Of the line on top and of what is paid, `#1f5fa8`.
  package var accent: String
  /// A PNG or JPEG on top of the first page; empty = none.
  package var logo: [UInt8] = []
  /// Who sends the document, beside the logo.
  package var letterhead = PrintText()
  /// Stands at the foot of every page, before its number; may be empty.
  package var footer = ""
  package var blocks: [PrintBlock] = []

  package init(
    language: String, title: String, author: String, date: String, accent: String = "#1f5fa8"
  ) {
    self.language = language
    self.title = title
    self.author = author
    self.date = date
    self.accent = accent
  }
}
