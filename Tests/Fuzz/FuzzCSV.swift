import CSV

/// The records of a buffer do not depend on where it is cut.
///
/// The first byte chooses dialect and cut, the rest is the text.
func fuzzCSV(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let dialects = [
    CSVDialect(), CSVDialect(delimiter: 0x09, quote: nil), CSVDialect(delimiter: 0x3B, quote: 0x27),
  ]
  let scanner = CSVScanner(dialects[Int(choice) % dialects.count])
  let text = Array(bytes.dropFirst())
  let whole = records(text, scanner, chunk: text.count + 1)
  precondition(records(text, scanner, chunk: 1 + Int(choice) / dialects.count) == whole)
}

/// Every record as the ranges and flags of its values, read in chunks as a feed is.
private func records(_ text: [UInt8], _ scanner: CSVScanner, chunk: Int) -> [[Int]] {
  var found: [[Int]] = []
  var index = CSVIndex()
  var start = 0
  var end = min(chunk, text.count)
  while true {
    let isLast = end == text.count
    let scan = scanner.scan(text[start..<end].span, isLast: isLast, into: &index)
    for record in 0..<index.recordCount {
      var values = [start + Int(index.recordStart[record]), start + Int(index.recordEnd[record])]
      for field in Int(index.firstField[record])..<Int(index.firstField[record + 1]) {
        let (first, last) = (Int(index.fieldStart[field]), Int(index.fieldEnd[field]))
        precondition(first <= last && last <= end - start)
        values += [start + first, start + last, Int(index.fieldFlags[field].rawValue)]
      }
      found.append(values)
    }
    start += scan.consumed
    if isLast { return found }
    end = min(end + chunk, text.count)
  }
}
