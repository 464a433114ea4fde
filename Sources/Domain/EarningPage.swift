/// Some known earnings as the ledger keeps them: records with their texts behind them.
package struct EarningPage: Sendable {
  package let bytes: [UInt8]
  /// Where each record begins in `bytes`.
  package let offsets: [Int]

  package init(bytes: [UInt8], offsets: [Int]) {
    self.bytes = bytes
    self.offsets = offsets
  }

  /// Where a text of the record at `offset` stands in `bytes`.
  package func range(
    _ text: EarningRecord.Text, of record: EarningRecord, at offset: Int
  ) -> Range<Int> {
    var start = offset + MemoryLayout<EarningRecord>.size
    let length = record.length(text)
    // The texts before it; written out, since this is asked for with every comparison of a sort.
    if text.rawValue > 0 { start += Int(record.earningIdBytes) }
    if text.rawValue > 1 { start += Int(record.transactionIdBytes) }
    if text.rawValue > 2 { start += Int(record.customerNameBytes) }
    if text.rawValue > 3 { start += Int(record.productNameBytes) }
    return start..<(start + length)
  }

  /// A text of the record at `offset`.
  package func text(
    _ text: EarningRecord.Text, of record: EarningRecord, at offset: Int
  ) -> String {
    String(decoding: bytes[range(text, of: record, at: offset)], as: UTF8.self)
  }

  /// Orders two lines of this page by the bytes of their earningIds.
  package func idPrecedes(_ left: EarningLine, _ right: EarningLine) -> Bool {
    let leftId = range(.earningId, of: left.record, at: left.offset)
    let rightId = range(.earningId, of: right.record, at: right.offset)
    return idPrecedes(leftId, rightId)
  }

  /// Orders two ids, by where they stand in `bytes`.
  package func idPrecedes(_ leftId: Range<Int>, _ rightId: Range<Int>) -> Bool {
    for offset in 0..<min(leftId.count, rightId.count) {
      let (a, b) = (bytes[leftId.lowerBound + offset], bytes[rightId.lowerBound + offset])
      if a != b { return a < b }
    }
    return leftId.count < rightId.count
  }
}
