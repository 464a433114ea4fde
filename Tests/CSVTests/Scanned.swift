import CSV

/// A value as a scanner sees it, in offsets of the whole text.
struct ScannedValue: Hashable {
  var start: Int
  var end: Int
  var flags: CSVFieldFlags
}

/// A record as a scanner sees it, in offsets of the whole text.
struct ScannedRecord: Hashable {
  var start: Int
  var end: Int
  var line: Int
  var values: [ScannedValue]
}

/// What became of a text.
struct Scanned: Hashable {
  var records: [ScannedRecord] = []
  var openQuote: Int?
  /// Where the scan ended.
  var end = 0
  /// Line feeds before that place.
  var lines = 0
}

extension Scanned {
  /// Adds what one call of the scanner found in the part of a text that begins at `end`.
  mutating func add(_ scan: CSVScan, _ index: CSVIndex) {
    for record in 0..<index.recordCount {
      let fields = Int(index.firstField[record])..<Int(index.firstField[record + 1])
      records.append(
        ScannedRecord(
          start: end + Int(index.recordStart[record]), end: end + Int(index.recordEnd[record]),
          line: lines + Int(index.recordLine[record]),
          values: fields.map { field in
            ScannedValue(
              start: end + Int(index.fieldStart[field]), end: end + Int(index.fieldEnd[field]),
              flags: index.fieldFlags[field])
          }))
    }
    openQuote = scan.openQuote.map { end + $0 }
    end += scan.consumed
    lines += scan.linesConsumed
  }
}

/// Scans a text that comes in pieces, with the carry-over of a caller.
func scan(
  _ text: [UInt8], splits: [Int] = [], recordLimit: Int = .max, dialect: CSVDialect = CSVDialect()
) -> Scanned {
  let scanner = CSVScanner(dialect)
  var index = CSVIndex()
  var result = Scanned()
  for known in splits + [text.count] {
    var consumed = 0
    repeat {
      let rest = text[result.end..<known]
      let scan = scanner.scan(
        rest.span, isLast: known == text.count, recordLimit: recordLimit, into: &index)
      consumed = scan.consumed
      result.add(scan, index)
    } while consumed > 0 && recordLimit < .max
  }
  return result
}

/// The text of every value, as the index has it.
func values(_ text: String, dialect: CSVDialect = CSVDialect()) -> [[String]] {
  let bytes = Array(text.utf8)
  return scan(bytes, dialect: dialect).records.map { record in
    record.values.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
  }
}
