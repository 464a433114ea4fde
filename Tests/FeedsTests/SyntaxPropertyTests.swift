import Domain
import TestSupport
import Testing

/// The same rows in both syntaxes, written as differently as the rules allow.
@Suite("CSV and XML say the same")
struct SyntaxPropertyTests {
  @Test("the same rows give the same columns", arguments: 0..<24 as Range<UInt64>)
  func sameColumns(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = RandomRows.make(12, using: &generator)
    let csv = CSVText(rows, using: &generator)
    let again = CSVText(rows, using: &generator)
    let xml = XMLText(rows, using: &generator)
    let fromCSV = try read(csv.bytes)
    #expect(fromCSV.refusal == nil)
    #expect(fromCSV.rows.map(\.texts) == rows)
    #expect(try read(again.bytes).rows == fromCSV.rows)
    #expect(try read(xml.bytes, as: "feed.xml").rows == fromCSV.rows)
    #expect(
      fromCSV.rows.contains { !$0.faults.isEmpty } && fromCSV.rows.contains { $0.faults.isEmpty })
  }

  @Test("every finding's place is that of its value", arguments: 0..<24 as Range<UInt64>)
  func places(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 100)
    let rows = RandomRows.make(12, using: &generator)
    let csv = CSVText(rows, using: &generator)
    let xml = XMLText(rows, using: &generator)
    try expectPlaces(of: csv.bytes, csv.places, "feed.csv")
    try expectPlaces(of: xml.bytes, xml.places, "feed.xml")
  }

  private func expectPlaces(of bytes: [UInt8], _ places: ValuePlaces, _ name: String) throws {
    let reading = try read(bytes, as: name)
    let faults = reading.rows.indices.flatMap { row in
      reading.rows[row].faults.map { fault in
        let parts = fault.split(separator: " ").map(String.init)
        let field = parts.count > 1 ? EarningField(name: parts[1]) : nil
        let offset = field.flatMap { places.values[row][$0] } ?? places.records[row]
        return parts[0] + " " + place(offset, in: bytes) + (field.map { " " + $0.name } ?? "")
      }
    }
    let shown = reading.findings.filter { $0.code != .F116 }.map { finding in
      String(finding.shown.prefix { $0 != "=" })
    }
    #expect(shown.sorted() == faults.sorted())
  }

  /// Rows so long that the interesting part of the feed lies where one piece of it ends that the
  /// readers take at a time: pieces are powers of two and at most a mebibyte.
  @Test("wherever the pieces end in which a feed is read", arguments: Syntax.allCases)
  func pieces(syntax: Syntax) throws {
    var generator = SeededGenerator(seed: 7)
    let rows = RandomRows.make(3, using: &generator)
    let csv = CSVText(rows, using: &generator)
    let xml = XMLText(rows, using: &generator)
    let text = syntax == .csv ? csv.bytes : xml.bytes
    let start = (syntax == .csv ? csv.places : xml.places).records[0]
    let whole = try read(text, as: "feed." + syntax.rawValue)
    for cut in stride(from: start, to: text.count, by: 173) {
      let padded = Padding.padded(text, at: start, syntax, boundary: 1 << 20, cut: cut)
      let reading = try read(padded, as: "feed." + syntax.rawValue)
      #expect(Array(reading.rows.suffix(3)) == whole.rows, "\(cut)")
      let shift = padded.count - text.count
      let moved = whole.findings.filter { $0.code != .F116 }.map { finding in
        "\(finding.code) \((finding.byteOffset ?? 0) + shift) \(finding.field)"
      }
      let own = reading.findings.filter { ($0.byteOffset ?? 0) >= start + shift }
      let found = own.map { finding in
        "\(finding.code) \(finding.byteOffset ?? 0) \(finding.field)"
      }
      #expect(found == moved, "\(cut)")
    }
  }
}
