/// The rejected rows of one feed: where each one stands and what is wrong with it.
///
/// A feed may be nothing but rejected rows, so that they are kept as differences from row to row,
/// about ten bytes each, and read from the first to the last.
package struct Rejections: Sendable {
  /// One rejected row.
  package struct Row: Hashable, Sendable {
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

  /// So many rows of one chunk; chunks are never copied when there come more.
  private static let chunkRows = 4096

  private var chunks: [Chunk] = []
  private var last = RowPlace()
  package private(set) var count = 0

  package init() {}

  /// Adds a row; they come in the order of the feed.
  package mutating func append(_ row: Row) {
    append(
      RowPlace(row: row.row, line: row.line, byteOffset: row.byteOffset), bytes: row.bytes,
      row.faults[...])
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
        RowPlace(
          row: batch.firstRow + row, line: Int(batch.lines[row]),
          byteOffset: batch.byteOffsets[row]),
        bytes: Int(batch.recordEnd[row] - batch.recordStart[row]), sorted[start..<end])
      start = end
    }
  }

  private mutating func append(_ place: RowPlace, bytes: Int, _ faults: ArraySlice<RowFault>) {
    if count % Rejections.chunkRows == 0 { chunks.append(Chunk(rows: Rejections.chunkRows)) }
    chunks[chunks.count - 1].append(place, after: last, bytes: bytes, faults)
    last = place
    count += 1
  }

  /// Takes over rows that were found later; the whole comes in the order of the feed.
  package mutating func merge(_ late: Rejections) {
    guard late.count > 0 else { return }
    var merged = Rejections()
    var rest = late.makeIterator()
    var next = rest.next()
    for row in self {
      while let found = next, found.row < row.row {
        merged.append(found)
        next = rest.next()
      }
      merged.append(row)
    }
    while let found = next {
      merged.append(found)
      next = rest.next()
    }
    self = merged
  }
}

extension Rejections: Sequence {
  /// Where a row stands.
  private struct RowPlace {
    var row = 0
    var line = 0
    var byteOffset = 0
  }

  private struct Fault {
    var code: FindingCode
    var field: EarningField?
  }

  /// Some rows that follow each other.
  private struct Chunk: Sendable {
    var numbers = PackedNumbers()
    var faults: [Fault] = []

    init(rows: Int) {
      numbers.bytes.reserveCapacity(8 * rows)
      faults.reserveCapacity(rows)
    }

    mutating func append(
      _ place: RowPlace, after last: RowPlace, bytes: Int, _ faults: ArraySlice<RowFault>
    ) {
      numbers.append(place.row - last.row)
      numbers.append(place.line - last.line)
      numbers.append(place.byteOffset - last.byteOffset)
      numbers.append(bytes)
      numbers.append(faults.count)
      for fault in faults { self.faults.append(Fault(code: fault.code, field: fault.field)) }
    }
  }

  /// Goes through the rows in the order of the feed.
  package struct Iterator: IteratorProtocol {
    private let chunks: [Chunk]
    private var chunk = 0
    private var position = 0
    private var fault = 0
    private var last = RowPlace()

    fileprivate init(_ rejections: Rejections) {
      chunks = rejections.chunks
    }

    /// The next row; its faults say no row of a batch.
    package mutating func next() -> Row? {
      if chunk < chunks.count, position == chunks[chunk].numbers.bytes.count {
        (chunk, position, fault) = (chunk + 1, 0, 0)
      }
      guard chunk < chunks.count else { return nil }
      last.row += number()
      last.line += number()
      last.byteOffset += number()
      let bytes = number()
      let faults = chunks[chunk].faults[fault..<(fault + number())]
      fault = faults.endIndex
      return Row(
        row: last.row, line: last.line, byteOffset: last.byteOffset, bytes: bytes,
        faults: faults.map { RowFault(row: 0, code: $0.code, field: $0.field) })
    }

    private mutating func number() -> Int {
      chunks[chunk].numbers.number(at: &position)
    }
  }

  package func makeIterator() -> Iterator {
    Iterator(self)
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
