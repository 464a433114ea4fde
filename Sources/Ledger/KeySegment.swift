package import ByteStreams

/// An immutable file of known earnings, open to be looked up in (docs/ledger-keys.md).
///
/// Memory holds the size of each partition; everything else is read when it is asked for, block
/// by block. Several threads may look things up at the same time.
package final class KeySegment: Sendable {
  let file: RandomAccessFile
  private let counts: [Int]
  /// Where each partition begins, in bytes.
  private let offsets: [Int]

  /// Opens a segment and checks its beginning and its table.
  ///
  /// That the rest is as it was written, only the digest of the whole file can tell, which the
  /// database has.
  ///
  /// - Throws: ``KeySegmentFault``.
  package init(_ path: String) throws(KeySegmentFault) {
    do throws(FileError) {
      file = try RandomAccessFile(path)
    } catch {
      throw .io(error)
    }
    try KeySegment.checkHead(of: file)
    counts = try KeySegment.readTable(of: file)
    var offsets: [Int] = []
    var end = KeySegmentFormat.headWords * 8
    for count in counts {
      offsets.append(end)
      end += KeySegmentFormat.words(count) * 8
    }
    self.offsets = offsets
    guard end + KeySegmentFormat.tailWords * 8 == file.size else {
      throw .damaged(path, "it is not as long as its table says")
    }
  }

  private static func checkHead(of file: borrowing RandomAccessFile) throws(KeySegmentFault) {
    guard file.size >= KeySegmentFormat.headWords * 8 else {
      throw .damaged(file.path, "it is cut off")
    }
    let head = try words(of: file, count: KeySegmentFormat.headWords, offset: 0)
    guard head[0] == KeySegmentFormat.magic else { throw .foreign(file.path) }
    guard head[1] <= KeySegmentFormat.version else { throw .newer(file.path, version: head[1]) }
    guard head[1] == KeySegmentFormat.version else {
      throw .damaged(file.path, "there is no version \(head[1])")
    }
  }

  /// How many keys each partition has.
  private static func readTable(
    of file: borrowing RandomAccessFile
  ) throws(KeySegmentFault) -> [Int] {
    let bytes = KeySegmentFormat.tailWords * 8
    let offset = file.size - bytes
    guard offset >= KeySegmentFormat.headWords * 8 else {
      throw .damaged(file.path, "it is cut off")
    }
    let tail = try words(of: file, count: KeySegmentFormat.tailWords, offset: offset)
    let table = Array(tail.prefix(KnownKey.partitions))
    guard KeySegmentFormat.checksum(table).elementsEqual(tail.dropFirst(table.count)) else {
      throw .damaged(file.path, "it is cut off, or its table was changed")
    }
    // More keys than the file has bytes would overflow what is computed from them.
    let counts = table.compactMap { Int(exactly: $0) }.filter { $0 <= file.size }
    guard counts.count == table.count else {
      throw .damaged(file.path, "it is not as long as its table says")
    }
    return counts
  }

  private static func words(
    of file: borrowing RandomAccessFile, count: Int, offset: Int
  ) throws(KeySegmentFault) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: count)
    do throws(FileError) {
      try file.read(into: &words, count: count, offset: offset)
    } catch {
      throw .io(error)
    }
    return words
  }

  /// The path under which it was opened.
  package var path: String {
    file.path
  }

  /// How many keys it holds.
  package var count: Int {
    counts.reduce(0, +)
  }

  /// How many keys a partition holds.
  package func count(partition: Int) -> Int {
    counts[partition]
  }

  /// All keys of some ids, in the order of the ids.
  ///
  /// Costs at most 16 bytes read per key of the partition; where the ids are few, the blocks in
  /// which they may be and 8 bytes per block.
  ///
  /// - Parameter ids: Sorted, and of the partition; one that comes twice counts once.
  /// - Throws: ``KeySegmentFault``.
  package func matches(
    partition: Int, ids: [Hash128]
  ) throws(KeySegmentFault) -> [KnownKey] {
    var lookup = KeySegmentLookup()
    try lookup.search(
      self, partition: partition, KeySegmentWanted(ids, partition: partition))
    return lookup.found
  }

  /// All keys of one id.
  ///
  /// - Throws: ``KeySegmentFault``.
  package func entries(of id: Hash128) throws(KeySegmentFault) -> [KnownKey] {
    try matches(partition: KnownKey.partition(of: id), ids: [id])
  }

  /// All keys of a partition, in the order of the ids.
  ///
  /// - Throws: ``KeySegmentFault``.
  package func entries(partition: Int) throws(KeySegmentFault) -> [KnownKey] {
    var lookup = KeySegmentLookup()
    try lookup.load(self, partition: partition)
    return lookup.found
  }

  /// Reads ids of a partition into the beginning of `words`.
  func readIds(
    _ partition: Int, _ range: Range<Int>, into words: inout [UInt64]
  ) throws(KeySegmentFault) {
    let width = KeySegmentFormat.idWords
    try read(into: &words, range.count * width, offsets[partition] + range.lowerBound * width * 8)
  }

  /// Reads the fences of a partition into the beginning of `words`.
  func readFences(_ partition: Int, into words: inout [UInt64]) throws(KeySegmentFault) {
    let keys = counts[partition]
    try read(
      into: &words, KeySegmentFormat.blocks(keys),
      offsets[partition] + keys * KeySegmentFormat.idWords * 8)
  }

  /// Reads details of a partition into the beginning of `words`.
  func readDetails(
    _ partition: Int, _ range: Range<Int>, into words: inout [UInt64]
  ) throws(KeySegmentFault) {
    let width = KeySegmentFormat.detailWords
    let keys = counts[partition]
    let before = keys * KeySegmentFormat.idWords + KeySegmentFormat.blocks(keys)
    try read(
      into: &words, range.count * width,
      offsets[partition] + (before + range.lowerBound * width) * 8)
  }

  private func read(
    into words: inout [UInt64], _ count: Int, _ offset: Int
  ) throws(KeySegmentFault) {
    if words.count < count { words = [UInt64](repeating: 0, count: count) }
    do throws(FileError) {
      try file.read(into: &words, count: count, offset: offset)
    } catch {
      throw .io(error)
    }
  }
}
