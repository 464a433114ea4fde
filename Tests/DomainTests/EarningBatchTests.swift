import Domain
import Testing

@Suite("Batches of rows")
struct EarningBatchTests {
  @Test("a row has an entry for every field")
  func fieldCount() {
    #expect(EarningBatch.fieldCount == EarningField.allCases.count)
  }

  @Test("a value is found by its row and field, also behind the record")
  func texts() {
    var batch = EarningBatch()
    batch.bytes = Array("one,two".utf8)
    batch.addRow(Place(line: 2, column: 1, byteOffset: 10), record: 0..<3)
    batch.addRow(Place(line: 3, column: 1, byteOffset: 15), record: 4..<7, flags: .suspicious)
    let entry = EarningBatch.fieldCount + EarningField.lever.rawValue
    batch.texts[entry] = ValueText(start: 4, end: 7, rawStart: 4)
    #expect(batch.count == 2)
    #expect(batch.isEmpty(0, .lever))
    #expect(batch.text(1, .lever) == "two")
    #expect(!batch.flags[0].contains(.suspicious) && batch.flags[1].contains(.suspicious))
    // A missing value has the place of its record.
    #expect(batch.place(0, .lever) == Place(line: 2, column: 1, byteOffset: 10))
  }

  @Test("the place of a value counts the line breaks in quoted values before it")
  func places() {
    var batch = EarningBatch()
    batch.bytes = Array("\"a\nb\",\"c\"".utf8)
    batch.addRow(Place(line: 7, column: 1, byteOffset: 100), record: 0..<9)
    batch.texts[EarningField.earningId.rawValue] = ValueText(start: 1, end: 4, rawStart: 0)
    batch.texts[EarningField.lever.rawValue] = ValueText(start: 7, end: 8, rawStart: 6)
    #expect(batch.place(0, .earningId) == Place(line: 7, column: 1, byteOffset: 100))
    #expect(batch.place(0, .lever) == Place(line: 8, column: 4, byteOffset: 106))
  }

  @Test("a place of XML is one of its own, and has no offset without a column")
  func valuePlaces() {
    var batch = EarningBatch()
    batch.bytes = [0x41]
    batch.addRow(Place(line: 1, column: 1, byteOffset: 0), record: 0..<0)
    batch.texts[0] = ValueText(start: 0, end: 1)
    batch.valuePlaces = Array(repeating: ValuePlace(), count: EarningBatch.fieldCount)
    batch.valuePlaces[0] = ValuePlace(line: 4, column: 9, byteOffset: 77)
    #expect(batch.place(0, .earningId) == Place(line: 4, column: 9, byteOffset: 77))
    batch.valuePlaces[0].column = 0
    #expect(batch.place(0, .earningId) == Place(line: 4, column: 0, byteOffset: nil))
  }
}
