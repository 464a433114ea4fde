import PrintBlocks
import TestSupport
import Testing

@Suite("Documents as bytes")
struct PrintDocumentTests {
  /// One of everything.
  static let everything: PrintDocument = {
    var document = PrintDocument(
      language: "ko", title: "정산서", author: "Payer", date: "2026-10-31", accent: "#123abc")
    document.logo = [0x89, 0x50, 0x00]
    document.letterhead = PrintText("Payer", .soft)
    document.footer = "foot"
    var text = PrintText("one")
    text.add(" two", .strong)
    text.addLine("three", .small)
    var table = PrintTable(columns: [.text, .label, .number], head: ["A", "", "C"])
    table.caption = "caption"
    table.rows = [
      .init([PrintText("group")], .group), .init([text, PrintText(), PrintText("1.00")]),
      .init([PrintText("sum"), PrintText(), PrintText("−1.00")], .total),
    ]
    let bars = PrintChart.Kind.allCases.map {
      PrintChart.Bar(label: "\($0)", kind: $0, from: 0, to: PrintChart.edge)
    }
    document.blocks = [
      .heading(level: 1, text: "Title", aside: "aside"), .text(text), .box(PrintText("box")),
      .facts([PrintFact("name", "value")]), .table(table),
      .charted(tables: [table], chart: PrintChart(zero: 7, bars: bars)),
      .charted(tables: [], chart: nil), .glossary([PrintFact("term", "meaning")]),
    ]
    return document
  }()

  @Test("what was written is read again")
  func roundTrip() throws {
    #expect(try PrintDocument(Self.everything.bytes) == Self.everything)
  }

  @Test("what ends early, or goes on, is refused")
  func truncated() throws {
    let bytes = Self.everything.bytes
    for count in 0..<bytes.count {
      #expect(throws: PrintFault.garbled) { try PrintDocument(Array(bytes[..<count])) }
    }
    #expect(throws: PrintFault.garbled) { try PrintDocument(bytes + [0]) }
  }

  @Test("another version is told from damage")
  func version() throws {
    var bytes = Self.everything.bytes
    bytes[0] += 1
    #expect(throws: PrintFault.otherVersion) { try PrintDocument(bytes) }
  }

  @Test("damaged bytes are refused or read, and what is read can be written", arguments: 0..<8)
  func damaged(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = Self.everything.bytes
    for _ in 0..<2000 {
      var copy = bytes
      copy[Int.random(in: copy.indices, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
      guard let read = try? PrintDocument(copy) else { continue }
      #expect(read.bytes == copy)
    }
  }

  @Test(
    "answers",
    arguments: [
      PrintAnswer.pdf(Array("%PDF-1.5 and so on".utf8), missingGlyphs: 3), .failed("why"),
    ])
  func answers(answer: PrintAnswer) throws {
    #expect(try PrintAnswer(answer.bytes) == answer)
    for count in 0..<answer.bytes.count {
      #expect(throws: PrintFault.garbled) { try PrintAnswer(Array(answer.bytes[..<count])) }
    }
  }

  @Test("an answer that is no PDF is refused")
  func noPDF() {
    #expect(throws: PrintFault.garbled) {
      try PrintAnswer(PrintAnswer.pdf(Array("<html>".utf8), missingGlyphs: 0).bytes)
    }
  }
}
