import ByteStreams

/// The ids that are looked up in one partition, asked about every id that is known there.
///
/// Nearly all known ids are not wanted. A bit for each of many ranges of ids, few of which have a
/// wanted one, tells so in a step that does not depend on how many are wanted, nor on chance.
struct KeySegmentWanted {
  /// Sorted.
  let ids: [Hash128]
  /// For each range of ids, whether there is a wanted one; 32 ranges or more for each of those.
  private let ranges: [UInt64]
  /// How far the bits of an id below those of the partition are moved to number its range.
  private let shift: UInt64

  /// - Precondition: The ids are sorted and of the partition.
  init(_ ids: [Hash128], partition: Int) {
    precondition(
      [ids.first, ids.last].allSatisfy { $0.map(KnownKey.partition) ?? partition == partition },
      "the ids looked up are not of the partition")
    var width = UInt64(6)
    while width < 40, 1 << width < 32 * ids.count { width += 1 }
    var ranges = [UInt64](repeating: 0, count: 1 << (width - 6))
    for id in ids {
      let number = (id.high << 8) >> (64 - width)
      ranges[Int(number >> 6)] |= 1 << (number & 63)
    }
    self.ids = ids
    self.ranges = ranges
    shift = 64 - width
  }

  /// Appends the positions of those ids, two words each, that are wanted.
  func find(in words: [UInt64], count: Int, positions: inout [Int]) {
    for position in 0..<count {
      let high = words[position * 2]
      let number = (high << 8) >> shift
      guard (ranges[Int(number >> 6)] >> (number & 63)) & 1 != 0 else { continue }
      if contains(Hash128(high: high, low: words[position * 2 + 1])) { positions.append(position) }
    }
  }

  private func contains(_ id: Hash128) -> Bool {
    var low = 0
    var high = ids.count
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < ids.count && ids[low] == id
  }
}
