import ByteStreams

/// Looks ids up in the partitions of segments, with the same buffers for all of them.
struct KeySegmentLookup {
  /// How many blocks are read at a time at most.
  private static let chunkBlocks = 16

  /// What was found so far.
  private(set) var found: [KnownKey] = []
  private var words: [UInt64] = []
  private var details: [UInt64] = []
  private var hits: [Int] = []

  /// Finds all keys with one of the ids in a partition.
  mutating func search(
    _ segment: KeySegment, partition: Int, _ wanted: KeySegmentWanted
  ) throws(KeySegmentFault) {
    let count = segment.count(partition: partition)
    guard count > 0, !wanted.ids.isEmpty else { return }
    for blocks in try candidates(segment, partition, wanted.ids) {
      for start in stride(from: blocks.lowerBound, to: blocks.upperBound, by: Self.chunkBlocks) {
        let end = min(start + Self.chunkBlocks, blocks.upperBound)
        let keys = start * KeySegmentFormat.blockKeys..<min(end * KeySegmentFormat.blockKeys, count)
        try readIds(segment, partition, keys)
        hits.removeAll(keepingCapacity: true)
        wanted.find(in: words, count: keys.count, positions: &hits)
        try loadHits(segment, partition, from: keys.lowerBound)
      }
    }
  }

  /// Loads all keys of a partition.
  mutating func load(_ segment: KeySegment, partition: Int) throws(KeySegmentFault) {
    let count = segment.count(partition: partition)
    found.reserveCapacity(found.count + count)
    let chunk = Self.chunkBlocks * KeySegmentFormat.blockKeys
    for start in stride(from: 0, to: count, by: chunk) {
      let keys = start..<min(start + chunk, count)
      try readIds(segment, partition, keys)
      try segment.readDetails(partition, keys, into: &details)
      for position in 0..<keys.count {
        try add(segment, position, detailsAt: position)
      }
    }
  }

  /// The blocks in which the ids may be.
  private mutating func candidates(
    _ segment: KeySegment, _ partition: Int, _ ids: [Hash128]
  ) throws(KeySegmentFault) -> [Range<Int>] {
    let blocks = KeySegmentFormat.blocks(segment.count(partition: partition))
    // So many ids leave out few blocks, and finding those costs more than reading them.
    if ids.count >= blocks { return [0..<blocks] }
    try segment.readFences(partition, into: &words)
    var runs: [Range<Int>] = []
    var done = 0
    for id in ids {
      // The block before the first fence that is not below may end with the id as well.
      let start = max(done, firstFence(from: done, to: blocks) { $0 >= id.high } - 1)
      let end = firstFence(from: start, to: blocks) { $0 > id.high }
      guard end > done else { continue }
      if let last = runs.last, last.upperBound >= start {
        runs[runs.count - 1] = last.lowerBound..<end
      } else {
        runs.append(start..<end)
      }
      done = end
    }
    return runs
  }

  /// The first block of some whose fence fulfils what all later ones do; the end if there is none.
  private func firstFence(from start: Int, to end: Int, where holds: (UInt64) -> Bool) -> Int {
    var low = start
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if holds(words[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private mutating func readIds(
    _ segment: KeySegment, _ partition: Int, _ keys: Range<Int>
  ) throws(KeySegmentFault) {
    try segment.readIds(partition, keys, into: &words)
    guard isOrdered(keys.count, partition) else {
      throw .damaged(segment.path, "the ids of partition \(partition) are not in order")
    }
  }

  /// Whether the ids read begin and end in the partition, each block above the one before it.
  ///
  /// This does not prove much, but costs nothing and finds a page that was never written.
  private func isOrdered(_ count: Int, _ partition: Int) -> Bool {
    var before = UInt64(partition) << 56
    for block in stride(from: 0, to: count, by: KeySegmentFormat.blockKeys) {
      let first = words[block * 2]
      let last = words[(min(block + KeySegmentFormat.blockKeys, count) - 1) * 2]
      guard before <= first, first <= last else { return false }
      before = last
    }
    return before >> 56 == UInt64(partition)
  }

  /// Loads the keys that were hit, as many at a time as are close together.
  private mutating func loadHits(
    _ segment: KeySegment, _ partition: Int, from start: Int
  ) throws(KeySegmentFault) {
    var done = 0
    while done < hits.count {
      let first = hits[done]
      let end = hits[done...].firstIndex { $0 >= first + KeySegmentFormat.blockKeys }
      let last = end ?? hits.count
      let range = start + first..<start + hits[last - 1] + 1
      try segment.readDetails(partition, range, into: &details)
      for index in done..<last {
        try add(segment, hits[index], detailsAt: hits[index] - first)
      }
      done = last
    }
  }

  /// Adds a key of those read.
  private mutating func add(
    _ segment: KeySegment, _ position: Int, detailsAt index: Int
  ) throws(KeySegmentFault) {
    let id = Hash128(high: words[position * 2], low: words[position * 2 + 1])
    let start = index * KeySegmentFormat.detailWords
    guard let key = KeySegmentFormat.key(id, details, at: start) else {
      throw .damaged(segment.path, "it holds a kind or a bucket that there is not")
    }
    found.append(key)
  }
}
