import Testing

@testable import PDFPages

@Suite("The language of a PDF")
struct PDFCatalogTests {
  @Test(
    "what does not end as Cairo ends it stays as it is",
    arguments: ["", "%PDF-1.5", "trailer", "trailer /Root 1 /Size 2 /Info 3 startxref\n999999\n"])
  func otherBytes(text: String) {
    #expect(PDFCatalog.with(language: "en", Array(text.utf8)) == Array(text.utf8))
  }

  @Test("what is no language tag is not written into it")
  func badTag() {
    let pdf = Array("%PDF-1.5\n".utf8)
    #expect(PDFCatalog.with(language: "en) /Evil (", pdf) == pdf)
  }
}
