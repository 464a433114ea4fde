package import PrintBlocks

/// Makes PDFs of documents, one after the other.
///
/// The same document gives the same bytes as long as the installed fonts and libraries are the same:
/// nothing in them comes from a clock or from chance.
package final class PDFRenderer {
  private let fonts = FontContext()
  /// That of the last document; mostly the next one has the same.
  private var logo: (bytes: [UInt8], picture: Picture?) = ([], nil)

  package init() {}

  /// The PDF of a document.
  ///
  /// - Returns: Its bytes, and how many characters are boxes since no installed font has them.
  /// - Throws: ``PDFFault``.
  package func pdf(
    _ document: PrintDocument
  ) throws(PDFFault) -> (bytes: [UInt8], missingGlyphs: Int) {
    fonts.setLanguage(document.language)
    if logo.bytes != document.logo { logo = (document.logo, Letterhead.picture(document.logo)) }
    // Most have one page. How many there are is known at the end, and stands on each of them.
    var (canvas, pageCount) = draw(document, pageCount: 1)
    if pageCount > 1 { (canvas, _) = draw(document, pageCount: pageCount) }
    let bytes = try canvas.finish()
    return (PDFCatalog.with(language: document.language, bytes), canvas.missingGlyphs)
  }

  private func draw(_ document: PrintDocument, pageCount: Int) -> (Canvas, pageCount: Int) {
    let canvas = Canvas(document)
    let flow = PageFlow(canvas, fonts, footer: document.footer, pageCount: pageCount)
    let accent = Colour(document.accent) ?? .accent
    canvas.beginTag("Document")
    Letterhead(flow, accent: accent).draw(document.letterhead, logo.picture)
    var painter = BlockPainter(flow, accent: accent, hasOutline: pageCount > 1)
    painter.draw(document.blocks)
    flow.endPage()
    canvas.endTag("Document")
    return (canvas, flow.page)
  }
}
