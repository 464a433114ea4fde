import Glibc

/// A temporary file of records, partitioned: what does not fit in memory is written once and read
/// back partition by partition.
///
/// The file has no name and dies with the process. Each partition fills a block at a time; full
/// blocks stay in memory up to a budget and go to the file past it, so small spills never touch
/// the disk. A location is the place of the block in the file and the record's place in it.
package final class SpillFile {
  /// How far a spill had come.
  package struct Checkpoint: Sendable {
    fileprivate var blocks: Int
    fileprivate var end: UInt64
    fileprivate var partitions: [Partition]
  }

  fileprivate struct Block: Sendable {
    /// Where it is, or will be, in the file.
    var offset: UInt64
    var capacity: Int
    var count: Int
    /// Nil once it is in the file.
    var bytes: [UInt8]?
  }

  fileprivate struct Partition: Sendable {
    var blocks: [Int] = []
    /// Bytes in the last block at the time of a checkpoint.
    var lastCount = 0
  }

  private let file: OpenFile
  private let blockBytes: Int
  private let budgetBytes: Int
  private var blocks: [Block] = []
  private var partitions: [Partition]
  private var end: UInt64 = 0
  private var inMemory = 0
  /// The first block that may still be in memory and full.
  private var oldest = 0

  /// - Parameters:
  ///   - directory: Where the nameless file is made.
  ///   - budgetBytes: How much of it may stay in memory, beside one open block per partition.
  /// - Throws: ``FileError``.
  package init(
    directory: String, partitions: Int, blockBytes: Int = 1 << 15, budgetBytes: Int = 1 << 24
  ) throws(FileError) {
    var template = Array((directory + "/.spill-XXXXXX").utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return -1 }
      return unsafe mkstemp(base)
    }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw .last("create", path) }
    _ = unsafe unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    file = OpenFile(adopting: descriptor, path: path)
    self.blockBytes = blockBytes
    self.budgetBytes = budgetBytes
    self.partitions = Array(repeating: Partition(), count: partitions)
  }

  /// Appends a record to a partition.
  ///
  /// - Returns: Its location.
  /// - Throws: ``FileError``.
  @discardableResult
  package func append(_ partition: Int, _ record: Span<UInt8>) throws(FileError) -> UInt64 {
    let block = try room(partition, for: record.count)
    let offset = blocks[block].offset + UInt64(blocks[block].count)
    unsafe record.withUnsafeBufferPointer { source in
      unsafe blocks[block].bytes?.append(contentsOf: source)
    }
    blocks[block].count += record.count
    return offset
  }

  /// All bytes of a partition, in the order in which they were appended.
  ///
  /// - Throws: ``FileError``.
  package func load(_ partition: Int) throws(FileError) -> [UInt8] {
    var result: [UInt8] = []
    let numbers = partitions[partition].blocks
    result.reserveCapacity(numbers.reduce(0) { $0 + blocks[$1].count })
    for number in numbers {
      if let bytes = blocks[number].bytes {
        result += bytes
      } else {
        try readFile(blocks[number].offset, blocks[number].count, into: &result)
      }
    }
    return result
  }

  /// Some bytes of a record, which do not reach past its end.
  ///
  /// - Throws: ``FileError``.
  package func read(at location: UInt64, count: Int) throws(FileError) -> [UInt8] {
    let block = blocks[blockNumber(at: location)]
    var result: [UInt8] = []
    if let bytes = block.bytes {
      let start = Int(location - block.offset)
      result += bytes[start..<(start + count)]
    } else {
      try readFile(location, count, into: &result)
    }
    return result
  }

  /// What ``rollback(to:)`` needs to forget all that is appended from here on.
  package func checkpoint() -> Checkpoint {
    var partitions = partitions
    for number in partitions.indices {
      partitions[number].lastCount = partitions[number].blocks.last.map { blocks[$0].count } ?? 0
    }
    return Checkpoint(blocks: blocks.count, end: end, partitions: partitions)
  }

  /// Forgets what was appended since the checkpoint.
  package func rollback(to checkpoint: Checkpoint) {
    for block in blocks[checkpoint.blocks...] {
      inMemory -= block.bytes == nil ? 0 : block.capacity
    }
    blocks.removeLast(blocks.count - checkpoint.blocks)
    end = checkpoint.end
    oldest = min(oldest, blocks.count)
    partitions = checkpoint.partitions
    for partition in partitions {
      guard let last = partition.blocks.last else { continue }
      let surplus = blocks[last].count - partition.lastCount
      blocks[last].count = partition.lastCount
      blocks[last].bytes?.removeLast(surplus)
    }
  }

  /// The block that takes `count` more bytes; a new one where the last is full or written.
  private func room(_ partition: Int, for count: Int) throws(FileError) -> Int {
    if let last = partitions[partition].blocks.last, blocks[last].bytes != nil,
      blocks[last].capacity - blocks[last].count >= count
    {
      return last
    }
    let capacity = max(blockBytes, count)
    try makeRoom(capacity)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(capacity)
    blocks.append(Block(offset: end, capacity: capacity, count: 0, bytes: bytes))
    end += UInt64(capacity)
    inMemory += capacity
    partitions[partition].blocks.append(blocks.count - 1)
    return blocks.count - 1
  }

  /// Writes the oldest blocks until one more fits the budget.
  private func makeRoom(_ capacity: Int) throws(FileError) {
    let budget = budgetBytes + partitions.count * blockBytes
    while inMemory + capacity > budget, oldest < blocks.count {
      let number = oldest
      oldest += 1
      guard let bytes = blocks[number].bytes else { continue }
      try writeFile(bytes, at: blocks[number].offset)
      blocks[number].bytes = nil
      inMemory -= blocks[number].capacity
    }
  }

  private func blockNumber(at location: UInt64) -> Int {
    var low = 0
    var high = blocks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if blocks[middle].offset <= location { low = middle } else { high = middle }
    }
    return low
  }

  private func writeFile(_ bytes: [UInt8], at offset: UInt64) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { raw in
        unsafe pwrite(
          file.descriptor, raw.baseAddress?.advanced(by: done), bytes.count - done,
          off_t(offset) + off_t(done))
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw .last("write", file.path)
      }
      done += written
    }
  }

  private func readFile(
    _ offset: UInt64, _ count: Int, into bytes: inout [UInt8]
  ) throws(FileError) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    var done = 0
    while done < count {
      let read = unsafe bytes.withUnsafeMutableBytes { raw in
        unsafe pread(
          file.descriptor, raw.baseAddress?.advanced(by: start + done), count - done,
          off_t(offset) + off_t(done))
      }
      if read < 0, errno == EINTR { continue }
      guard read > 0 else { throw .last("read", file.path) }
      done += read
    }
  }
}
