import ByteStreams
import Domain

/// Loads spilled rows some partners at a time, so that no more is held for more rows.
///
/// Rows were dealt out by partner when they were recorded, before anybody knew how many there would
/// be. A partition that has grown too large is dealt out once more, into as many parts as make
/// each small enough; only the rows of one partner stay together whatever they are.
struct PartnerPages {
  /// Each part has an open block, so that there are not too many at a time.
  private static let partsMax = 256

  /// Where temporary files may stand.
  let directory: String
  /// A page of several partners is not larger.
  let pageBytes: Int

  /// Calls `body` with the rows of a partition page by page, and with the partners whose rows these
  /// are, also where they have none.
  ///
  /// - Parameters:
  ///   - rows: Records with their texts behind them.
  ///   - partners: Those of the partition; pages come in their order.
  /// - Throws: ``FileError``; what `body` throws.
  func forEach(
    _ rows: SpillFile, partition: Int, partners: Range<Int>,
    _ body: (EarningPage, Range<Int>) throws -> Void
  ) throws {
    let bytes = rows.byteCount(partition)
    guard bytes > pageBytes, partners.count > 1 else {
      return try body(EarningPage(bytes: rows.load(partition)), partners)
    }
    // Twice as many as would do if all partners had as many rows.
    let count = min(2 * (bytes / pageBytes + 1), partners.count, PartnerPages.partsMax)
    let parts = try SpillFile(directory: directory, partitions: count)
    try deal(rows, partition, partners, parts, count)
    for part in 0..<count {
      let lower = partners.lowerBound + PartnerPages.first(part, of: count, partners.count)
      let upper = partners.lowerBound + PartnerPages.first(part + 1, of: count, partners.count)
      try forEach(parts, partition: part, partners: lower..<upper, body)
    }
  }

  /// The first of so many partners that is dealt into a part, where partner `n` of `partners` goes
  /// into part `n * parts / partners`.
  static func first(_ part: Int, of parts: Int, _ partners: Int) -> Int {
    (part * partners + parts - 1) / parts
  }

  private func deal(
    _ rows: SpillFile, _ partition: Int, _ partners: Range<Int>, _ parts: SpillFile, _ count: Int
  ) throws(FileError) {
    try rows.forEachBlock(partition) { (block) throws(FileError) in
      var start = 0
      while start < block.count {
        let record = Packing.load(block, at: start, as: EarningRecord.self)
        let end = start + MemoryLayout<EarningRecord>.size + record.trailingBytes
        let partner = max(Int(record.partner), 0) - partners.lowerBound
        try parts.append(partner * count / partners.count, block.extracting(start..<end))
        start = end
      }
    }
  }
}
