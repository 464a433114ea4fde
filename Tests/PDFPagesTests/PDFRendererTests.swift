import Foundation
import PrintBlocks
import TestSupport
import Testing

@testable import PDFPages

@Suite("PDFs")
struct PDFRendererTests {
  private static func document(_ blocks: [PrintBlock], language: String = "en") -> PrintDocument {
    var document = PrintDocument(
      language: language, title: "Title", author: "Payer", date: "2026-10-31")
    document.footer = "foot"
    document.blocks = blocks
    return document
  }

  private static func table(_ rows: Int, _ text: String = "cell") -> PrintTable {
    var table = PrintTable(columns: [.label, .text, .number], head: ["Nr", "HEADWORD", "Sum"])
    table.rows = (0..<rows).map { row in
      .init([PrintText("R\(row)"), PrintText(text), PrintText("1,234.50")])
    }
    return table
  }

  /// Swift has no way to write them.
  private static let noncharacters = String(
    String.UnicodeScalarView(
      [0xFFFF, 0xFDD0, 0x1_FFFE, 0x10_FFFF].compactMap { Unicode.Scalar($0 as UInt32) }))

  @Test("have the text, the title, the language and the date that they are given")
  func content() throws {
    let document = Self.document([.text(PrintText("지급 보류 사유 EUR 1,234.50"))], language: "ko")
    let pdf = try PDFRenderer().pdf(document).bytes
    #expect(try Poppler.text(of: pdf).contains("지급 보류 사유 EUR 1,234.50"))
    let facts = try Poppler.facts(of: pdf)
    #expect(facts["Title"] == "Title")
    #expect(facts["Author"] == "Payer")
    #expect(facts["Tagged"] == "yes")
    #expect(facts["Pages"] == "1")
    #expect(facts["CreationDate"]?.contains("2026") == true)
    #expect(String(decoding: pdf, as: UTF8.self).contains("/Lang (ko)"))
  }

  @Test("are the same each time, also from a process that drew others before")
  func deterministic() throws {
    let document = Self.document([.heading(level: 2, text: "H", aside: ""), .table(Self.table(99))])
    let used = PDFRenderer()
    _ = try used.pdf(Self.document([.text(PrintText("다른 문서 北京 שלום"))], language: "ko"))
    #expect(try used.pdf(document).bytes == PDFRenderer().pdf(document).bytes)
  }

  @Test("a long table goes over pages, with its head on each of them, and loses no row")
  func longTable() throws {
    let pdf = try PDFRenderer().pdf(Self.document([.table(Self.table(400))])).bytes
    let pages = try Poppler.text(of: pdf).split(separator: "\u{C}")
    #expect(pages.count > 5)
    for (number, page) in pages.enumerated() {
      #expect(page.contains("HEADWORD"), "page \(number + 1)")
      #expect(page.contains("\(number + 1)/\(pages.count)"), "page \(number + 1)")
    }
    let words = Set(pages.joined(separator: " ").split(whereSeparator: \.isWhitespace))
    #expect((0..<400).allSatisfy { words.contains("R\($0)") })
  }

  @Test(
    "text that is longer than a page is drawn to its end",
    arguments: ["x", "word ", "가", "ש", "\u{300}", "<&\""])
  func longText(unit: String) throws {
    let long = String(repeating: unit, count: 10_000) + " LAST"
    var table = Self.table(1, long)
    table.rows.append(.init([PrintText("AFTER")]))
    let blocks: [PrintBlock] = [
      .text(PrintText(long, .large)), .box(PrintText(long)), .table(table),
      .facts([PrintFact("name", long)]), .glossary([PrintFact("term", long)]),
    ]
    let all = try Poppler.text(of: PDFRenderer().pdf(Self.document(blocks)).bytes)
    // Marks that stand alone may be read as belonging to any letter.
    let text = String(String.UnicodeScalarView(all.unicodeScalars.filter { $0 != "\u{300}" }))
    #expect(text.ranges(of: "LAST").count == 5)
    #expect(text.contains("AFTER"))
  }

  @Test(
    "no text makes a document fail",
    arguments: [
      noncharacters, "\u{0}", "\u{7}\u{1B}[0m", "\u{378}",
      "\u{E000}", "🎉👩‍👩‍👧", "\u{202E}", "\u{2067}", "\u{200B}", "\u{FE0F}", "Z̷̢̛a̶l̸g̵o̴", "\t",
      "ﷺ", "𒐫", "\u{1F468}\u{200D}",
    ])
  func anyText(text: String) throws {
    var document = Self.document([
      .heading(level: 1, text: text, aside: text), .text(PrintText("before \(text) after")),
      .table(Self.table(3, text)), .glossary([PrintFact(text, text)]),
    ])
    document.title = text
    document.author = text
    document.footer = text
    document.letterhead = PrintText(text, .soft)
    let pdf = try PDFRenderer().pdf(document).bytes
    #expect(try Poppler.text(of: pdf).contains("before"))
  }

  @Test("characters that no font has are counted")
  func missingGlyphs() throws {
    let renderer = PDFRenderer()
    #expect(try renderer.pdf(Self.document([.text(PrintText("all here 가"))])).missingGlyphs == 0)
    let missing = Self.document([.text(PrintText("\u{378} and \u{E000}"))])
    #expect(try renderer.pdf(missing).missingGlyphs == 2)
  }

  @Test("numbers are never broken: what has no room is smaller", arguments: [1, 3, 6])
  func longNumbers(columns: Int) throws {
    let number = "EUR\u{A0}−999,999,999,999,999,999.99"
    var table = PrintTable(
      columns: [.text] + Array(repeating: .number, count: columns),
      head: ["Item"] + Array(repeating: "Sum", count: columns))
    table.rows = [
      .init([PrintText("Opening balance")] + Array(repeating: PrintText(number), count: columns))
    ]
    // In bold it is wider.
    table.rows.append(.init(table.rows[0].cells, .total))
    let blocks: [PrintBlock] = [.table(table), .charted(tables: [table], chart: nil)]
    let text = try Poppler.text(of: PDFRenderer().pdf(Self.document(blocks)).bytes)
    // Half a page has no room for three of them in letters that can be read.
    let whole = columns == 1 ? 4 : 2 * columns
    #expect(text.ranges(of: "999,999,999,999,999,999.99").count >= whole, "\(text)")
  }

  @Test("a chart and tables of any number of columns and rows are drawn")
  func shapes() throws {
    for count in [1, 2, 12, 40] {
      let table = PrintTable(
        columns: Array(repeating: .number, count: count),
        head: Array(repeating: "Head of it", count: count))
      let chart = PrintChart(
        zero: 0, bars: [.init(label: "bar", kind: .plus, from: 0, to: PrintChart.edge)])
      let blocks: [PrintBlock] = [
        .table(table), .charted(tables: [table, table], chart: chart),
        .charted(tables: [], chart: nil), .facts([]), .glossary([]), .text(PrintText()),
        .heading(level: 3, text: "", aside: ""),
      ]
      #expect(try Poppler.text(of: PDFRenderer().pdf(Self.document(blocks)).bytes).contains("bar"))
    }
  }

  /// Black, 2000 pixels wide and high.
  private static let largePNG =
    "iVBORw0KGgoAAAANSUhEUgAAB9AAAAfQAQAAAACyQ/nUAAAB/UlEQVR42u3BAQ0AAADCoPdPbQ43"
    + "oAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAHg2qVkAAdbjW0oAAAAASUVORK5CYII="

  @Test("a picture of many pixels is made smaller before it goes into every file")
  func largePicture() throws {
    var document = Self.document([.text(PrintText("text"))])
    document.logo = Array(try #require(Data(base64Encoded: Self.largePNG)))
    let pdf = String(decoding: try PDFRenderer().pdf(document).bytes, as: UTF8.self)
    #expect(pdf.contains("/Width 280") && pdf.contains("/Height 280"))
  }

  @Test("what is no picture is left out")
  func badLogo() throws {
    var document = Self.document([.text(PrintText("text"))])
    document.logo = Array("no picture".utf8)
    #expect(try Poppler.text(of: PDFRenderer().pdf(document).bytes).contains("text"))
  }
}
