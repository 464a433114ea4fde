package import ByteStreams
package import Domain

/// The rejected rows of one feed: where each one stands and what is wrong with it.
///
/// A feed may be nothing but rejected rows, so that they are kept in a spill file, as differences from
/// row to row, and read from the first to the last.
package struct Rejections {
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

  /// Rows that follow each other in the file.
  private struct Chunk {
    var location: UInt64
    var bytes: Int
  }

  /// So many bytes of rows go to the file at once.
  private static let chunkBytes = 1 << 15

  package private(set) var count = 0
  private let file: SpillFile?
  private var chunks: [Chunk] = []
  /// Rows that are not in the file yet.
  private var packed = PackedRejections()

  /// - Parameter file: Where rows are kept, of one partition and shared by feeds; nil to count only.
  package init(in file: SpillFile?) {
    self.file = file
  }

  /// A spill file for the rejections of any number of feeds.
  ///
  /// - Throws: ``FileError``.
  package static func makeFile(directory: String) throws(FileError) -> SpillFile {
    try SpillFile(
      directory: directory, partitions: 1, blockBytes: chunkBytes, budgetBytes: 4 * chunkBytes)
  }

  /// Adds a row; they come in the order of the feed.
  ///
  /// - Throws: ``FileError``.
  package mutating func append(_ row: Row) throws(FileError) {
    count += 1
    guard let file else { return }
    packed.append(row)
    guard packed.bytes.count >= Rejections.chunkBytes else { return }
    let location = try file.append(0, bytes: packed.bytes)
    chunks.append(Chunk(location: location, bytes: packed.bytes.count))
    packed.removeAll()
  }

  /// Adds the rejected rows of a batch.
  ///
  /// - Throws: ``FileError``.
  package mutating func append(_ batch: EarningBatch) throws(FileError) {
    guard !batch.faults.isEmpty else { return }
    let sorted = batch.faults.sorted { ($0.row, $0.code) < ($1.row, $1.code) }
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].row == sorted[start].row { end += 1 }
      let row = Int(sorted[start].row)
      try append(
        Row(
          row: batch.firstRow + row, line: Int(batch.lines[row]),
          byteOffset: batch.byteOffsets[row],
          bytes: Int(batch.recordEnd[row] - batch.recordStart[row]),
          faults: Array(sorted[start..<end])))
      start = end
    }
  }

  /// Takes over rows that were found later; the whole comes in the order of the feed.
  ///
  /// - Throws: ``FileError``.
  package mutating func merge(_ late: Rejections) throws(FileError) {
    guard late.count > 0 else { return }
    guard file != nil else {
      count += late.count
      return
    }
    var merged = Rejections(in: file)
    var rest = late.makeReader()
    var next = try rest.next()
    var rows = makeReader()
    while let row = try rows.next() {
      while let found = next, found.row < row.row {
        try merged.append(found)
        next = try rest.next()
      }
      try merged.append(row)
    }
    while let found = next {
      try merged.append(found)
      next = try rest.next()
    }
    self = merged
  }
}

extension Rejections {
  /// Goes through the rows in the order of the feed.
  package struct Reader {
    private let rejections: Rejections
    private var chunk = 0
    private var rows = PackedRejections.Reader([])

    fileprivate init(_ rejections: Rejections) {
      self.rejections = rejections
    }

    /// The next row; its faults say no row of a batch.
    ///
    /// - Throws: ``FileError``.
    package mutating func next() throws(FileError) -> Row? {
      while true {
        if let row = rows.next() { return row }
        guard let bytes = try rejections.chunk(chunk) else { return nil }
        chunk += 1
        rows = PackedRejections.Reader(bytes)
      }
    }
  }

  package func makeReader() -> Reader {
    Reader(self)
  }

  /// The bytes of a chunk; of what is not in the file yet after the last one, then nil.
  private func chunk(_ number: Int) throws(FileError) -> [UInt8]? {
    guard number < chunks.count else { return number == chunks.count ? packed.bytes : nil }
    return try file?.read(at: chunks[number].location, count: chunks[number].bytes)
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
