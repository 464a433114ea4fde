import ByteStreams
import Domain

/// Loads spilled rows some partners at a time, so that no more is held for more rows.
///
/// Rows were dealt out by partner when they were recorded, before anybody knew how many there would
/// be. A partition that has grown too large is dealt out once more, into as many parts as make
/// each small enough; only the rows of one partner stay together however many they are, if they may be
/// on a statement.
struct PartnerPages {
  /// Into so many partitions rows are dealt when they are recorded, by partner.
  static let partitions = 256
  /// Each part has an open block, so that there are not too many at a time.
  private static let partsMax = 256

  /// Where temporary files may stand.
  let directory: String
  /// A page of several partners is not larger.
  let pageBytes: Int

  /// Calls `body` with the rows of a partition page by page, and with the partners whose rows these
  /// are, also where they have none. Pages of no partner have rows to be counted.
  ///
  /// - Parameters:
  ///   - rows: Records with their texts behind them.
  ///   - partners: Those of the partition; pages come in their order.
  ///   - isShown: Whether a row may be on a statement; others are only counted.
  /// - Throws: ``FileError``; what `body` throws.
  func forEach(
    _ rows: SpillFile, partition: Int, partners: Range<Int>,
    isShown: (EarningRecord) throws -> Bool, _ body: (EarningPage, Range<Int>) throws -> Void
  ) throws {
    let bytes = rows.byteCount(partition)
    guard bytes > pageBytes else {
      return try body(EarningPage(bytes: rows.load(partition)), partners)
    }
    guard partners.count > 1 else {
      return try forEachOfOne(rows, partition, partners.lowerBound, isShown, body)
    }
    // Twice as many as would do if all partners had as many rows.
    let count = min(2 * (bytes / pageBytes + 1), partners.count, PartnerPages.partsMax)
    let parts = try SpillFile(directory: directory, partitions: count)
    try deal(rows, partition, partners, parts, count)
    for part in 0..<count {
      let lower = partners.lowerBound + PartnerPages.first(part, of: count, partners.count)
      let upper = partners.lowerBound + PartnerPages.first(part + 1, of: count, partners.count)
      try forEach(parts, partition: part, partners: lower..<upper, isShown: isShown, body)
    }
  }

  /// The first of so many partners that is dealt into a part, where partner `n` of `partners` goes
  /// into part `n * parts / partners`.
  static func first(_ part: Int, of parts: Int, _ partners: Int) -> Int {
    (part * partners + parts - 1) / parts
  }

  /// One partner with more rows than a page has: those that are only counted come first, a page at a
  /// time, since a feed may bring any number of duplicates and conflicts.
  private func forEachOfOne(
    _ rows: SpillFile, _ partition: Int, _ partner: Int,
    _ isShown: (EarningRecord) throws -> Bool, _ body: (EarningPage, Range<Int>) throws -> Void
  ) throws {
    var (shownBytes, counted): (Int, [UInt8]) = (0, [])
    try rows.forEachBlock(partition) { block in
      try PartnerPages.forEachRecord(block) { record, bytes in
        if try isShown(record) {
          shownBytes += bytes.count
        } else {
          for index in bytes.indices { counted.append(bytes[index]) }
        }
      }
      guard counted.count >= pageBytes else { return }
      try body(EarningPage(bytes: counted), partner..<partner)
      counted.removeAll()
    }
    if !counted.isEmpty { try body(EarningPage(bytes: counted), partner..<partner) }
    counted = []
    let page = EarningPage(bytes: try load(rows, partition, shownBytes, isShown))
    try body(page, partner..<(partner + 1))
  }

  private func load(
    _ rows: SpillFile, _ partition: Int, _ shownBytes: Int,
    _ isShown: (EarningRecord) throws -> Bool
  ) throws -> [UInt8] {
    guard shownBytes < rows.byteCount(partition) else { return try rows.load(partition) }
    var shown: [UInt8] = []
    shown.reserveCapacity(shownBytes)
    try rows.forEachBlock(partition) { block in
      try PartnerPages.forEachRecord(block) { record, bytes in
        guard try isShown(record) else { return }
        for index in bytes.indices { shown.append(bytes[index]) }
      }
    }
    return shown
  }

  private func deal(
    _ rows: SpillFile, _ partition: Int, _ partners: Range<Int>, _ parts: SpillFile, _ count: Int
  ) throws {
    try rows.forEachBlock(partition) { block in
      try PartnerPages.forEachRecord(block) { record, bytes in
        let partner = max(Int(record.partner), 0) - partners.lowerBound
        try parts.append(partner * count / partners.count, bytes)
      }
    }
  }

  /// Calls `body` with each record of a block, and with its bytes and those of its texts.
  private static func forEachRecord(
    _ block: Span<UInt8>, _ body: (EarningRecord, Span<UInt8>) throws -> Void
  ) throws {
    var start = 0
    while start < block.count {
      let record = Packing.load(block, at: start, as: EarningRecord.self)
      let end = start + MemoryLayout<EarningRecord>.size + record.trailingBytes
      try body(record, block.extracting(start..<end))
      start = end
    }
  }
}
