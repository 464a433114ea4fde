import ByteStreams

/// How a segment file is laid out (docs/ledger-keys.md): words of eight bytes, the least
/// significant byte first. They are written and read as the machine has them; to one that has the
/// bytes the other way round, the file is foreign.
///
/// - two words: ``magic`` and ``version``;
/// - for each partition: the ids in order, two words each; the fences, the first word of every
///   ``blockKeys``-th id; the details in the order of the ids, ``detailWords`` words each;
/// - the table: how many keys each partition has;
/// - the SHA-256 of the first two words and the table.
///
/// The table comes last because a segment is written as its partitions come, in one pass.
enum KeySegmentFormat {
  /// `payoutK1` in the bytes of the file.
  static let magic: UInt64 = 0x314B_7475_6F79_6170
  static let version: UInt64 = 1

  static let headWords = 2
  static let tailWords = KnownKey.partitions + 4
  static let idWords = 2
  static let detailWords = 5
  /// A page of 4096 bytes: reading less at a time would not be cheaper.
  static let blockKeys = 256

  static func blocks(_ keys: Int) -> Int {
    (keys + blockKeys - 1) / blockKeys
  }

  /// The words of a partition with so many keys.
  static func words(_ keys: Int) -> Int {
    keys * (idWords + detailWords) + blocks(keys)
  }

  static func appendDetails(_ key: KnownKey, to words: inout [UInt64]) {
    words.append(key.content.high)
    words.append(key.content.low)
    words.append(key.owner)
    words.append(UInt64(key.row) | UInt64(key.feed) << 32)
    words.append(UInt64(key.line) | UInt64(key.marks) << 32)
  }

  /// The key with an id and the details that begin at a word, or nil if they are none.
  static func key(_ id: Hash128, _ words: [UInt64], at start: Int) -> KnownKey? {
    let place = words[start + 3]
    let last = words[start + 4]
    return KnownKey(
      id: id, content: Hash128(high: words[start], low: words[start + 1]),
      owner: words[start + 2], feed: UInt32(truncatingIfNeeded: place >> 32),
      row: UInt32(truncatingIfNeeded: place), line: UInt32(truncatingIfNeeded: last),
      marks: UInt32(truncatingIfNeeded: last >> 32))
  }

  /// The table and its checksum: all that stands behind the last partition.
  static func tail(_ counts: [Int]) -> [UInt64] {
    let table = counts.map { UInt64($0) }
    return table + checksum(table)
  }

  static func checksum(_ table: [UInt64]) -> [UInt64] {
    var bytes: [UInt8] = []
    for word in [magic, version] + table { Packing.append(word, to: &bytes) }
    let digest = SHA256Digest.of(bytes).bytes
    return stride(from: 0, to: digest.count, by: 8).map {
      Packing.load(digest.span, at: $0, as: UInt64.self)
    }
  }
}
