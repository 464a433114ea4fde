package import Documents
import Domain
package import PrintBlocks

/// Statements in one language as documents to be printed: the same content in the same order as the
/// page for screens.
package struct StatementPrint: Sendable {
  private let texts: StatementTexts
  private let accent: String?
  private let logo: [UInt8]

  /// - Parameter design: Of its logo a PNG is printed; other pictures are for screens only.
  package init(_ design: StatementDesign, _ language: StatementLanguage) {
    texts = design.texts(in: language)
    accent = design.accent?.text
    logo = design.logo.map { $0.kind == .png ? $0.bytes : [] } ?? []
  }

  /// The statement of a partner.
  package func document(_ statement: StatementDocument) -> PrintDocument {
    var blocks = StatementBlocks(statement, texts)
    blocks.addAll()
    let period = blocks.format.text(statement.period)
    let name = OutsideText.shown(statement.partner.name)
    var document = PrintDocument(
      language: texts.language.rawValue, title: "\(texts.text(.title)), \(period): \(name)",
      author: OutsideText.shown(statement.payer.name), date: statement.asOf.text)
    if let accent { document.accent = accent }
    document.logo = logo
    document.letterhead = blocks.payer
    document.footer = "\(texts.text(.title)) · \(period) · \(name)"
    document.blocks = blocks.blocks
    return document
  }
}
