/// The rejected rows of one feed, by column: where each one stands and what is wrong with it.
package struct Rejections: Sendable {
  /// One rejected row.
  package struct Row: Sendable {
    /// Counts the rows of the feed from 0.
    package var row: Int
    package var line: Int
    package var byteOffset: Int
    /// Of the record, without its line ending; 0 in XML.
    package var bytes: Int
    package var faults: [RowFault]

    package init(row: Int, line: Int, byteOffset: Int, bytes: Int, faults: [RowFault]) {
      self.row = row
      self.line = line
      self.byteOffset = byteOffset
      self.bytes = bytes
      self.faults = faults
    }
  }

  private var rows: [UInt32] = []
  private var lines: [UInt32] = []
  private var byteOffsets: [Int] = []
  private var lengths: [UInt32] = []
  private var firstFault: [UInt32] = [0]
  private var faults: [RowFault] = []

  package init() {}

  package var count: Int { rows.count }

  package subscript(index: Int) -> Row {
    Row(
      row: Int(rows[index]), line: Int(lines[index]), byteOffset: byteOffsets[index],
      bytes: Int(lengths[index]),
      faults: Array(faults[Int(firstFault[index])..<Int(firstFault[index + 1])]))
  }

  package mutating func append(_ row: Row) {
    rows.append(UInt32(row.row))
    lines.append(UInt32(row.line))
    byteOffsets.append(row.byteOffset)
    lengths.append(UInt32(row.bytes))
    faults += row.faults
    firstFault.append(UInt32(faults.count))
  }

  /// Adds the rejected rows of a batch.
  package mutating func append(_ batch: EarningBatch) {
    guard !batch.faults.isEmpty else { return }
    let sorted = batch.faults.sorted { ($0.row, $0.code) < ($1.row, $1.code) }
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].row == sorted[start].row { end += 1 }
      let row = Int(sorted[start].row)
      append(
        Row(
          row: batch.firstRow + row, line: Int(batch.lines[row]),
          byteOffset: batch.byteOffsets[row],
          bytes: Int(batch.recordEnd[row] - batch.recordStart[row]),
          faults: Array(sorted[start..<end])))
      start = end
    }
  }

  /// Takes over rows that were found later; the whole comes in the order of the feed.
  package mutating func merge(_ late: [Row]) {
    guard !late.isEmpty else { return }
    let all = ((0..<count).map { self[$0] } + late).sorted { $0.row < $1.row }
    self = Rejections()
    for row in all { append(row) }
  }
}

extension Rejections.Row {
  /// The codes, each once, joined by blanks.
  package var codes: String {
    var seen: [String] = []
    for fault in faults where !seen.contains(fault.code.rawValue) {
      seen.append(fault.code.rawValue)
    }
    return seen.joined(separator: " ")
  }

  /// What is wrong, in words.
  package var message: String {
    faults.map { fault in
      (fault.field.map { $0.name + ": " } ?? "") + fault.code.text.title
    }.joined(separator: "; ")
  }
}
