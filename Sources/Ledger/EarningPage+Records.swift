import ByteStreams
package import Domain

extension EarningPage {
  /// The records in these bytes, as they were spilled.
  init(bytes: [UInt8]) {
    var offsets: [Int] = []
    var offset = 0
    while offset < bytes.count {
      offsets.append(offset)
      let record = Packing.load(bytes.span, at: offset, as: EarningRecord.self)
      offset += MemoryLayout<EarningRecord>.size + record.trailingBytes
    }
    self.init(bytes: bytes, offsets: offsets)
  }

  /// The record that begins at `offset`.
  package func record(at offset: Int) -> EarningRecord {
    Packing.load(bytes.span, at: offset, as: EarningRecord.self)
  }

  /// What the row needs to be priced again; nil if it follows no other.
  package func terms(of record: EarningRecord, at offset: Int) -> PricingTerms? {
    guard record.termsBytes > 0 else { return nil }
    let end = offset + MemoryLayout<EarningRecord>.size + record.trailingBytes
    return TermsCoding.decode(bytes[(end - Int(record.termsBytes))..<end])
  }
}
