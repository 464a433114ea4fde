import Glibc

/// The blocks of a ``SpillFile``, whose functions these are.
///
/// All that changes with every record is in this one value: in a class of several variables each
/// of them is checked for overlapping access by itself, which costs more than the copying does.
struct SpillBlocks: ~Copyable {
  private struct Block {
    /// Where it is, or will be, in the file.
    var offset: UInt64
    var capacity: Int
    var count = 0
    /// Nil once it is in the file.
    var bytes: [UInt8]?
  }

  private let file: OpenFile
  private let blockBytes: Int
  private let budgetBytes: Int
  private var blocks: [Block] = []
  /// The blocks of each partition; only the last of them takes more.
  private var partitions: [[Int]]
  /// The last block of each partition, or -1: asked for with every record.
  private var last: [Int]
  private var end: UInt64 = 0
  /// The blocks in memory that take no more, from ``oldest`` on, and the sum of their capacities.
  private var full: [Int] = []
  private var oldest = 0
  private var fullBytes = 0
  /// Bytes of all records, in memory or in the file.
  private(set) var totalBytes = 0

  init(
    directory: String, partitions: Int, blockBytes: Int, budgetBytes: Int
  ) throws(FileError) {
    precondition(partitions > 0 && blockBytes > 0 && budgetBytes >= 0)
    file = try SpillBlocks.createFile(in: directory)
    self.blockBytes = blockBytes
    self.budgetBytes = budgetBytes
    self.partitions = Array(repeating: [], count: partitions)
    last = Array(repeating: -1, count: partitions)
  }

  private static func createFile(in directory: String) throws(FileError) -> OpenFile {
    while true {
      do throws(FileError) {
        let path = directory + "/" + SpillFile.namePrefix + "\(UInt64.random(in: 0...UInt64.max))"
        let file = try OpenFile(path, O_RDWR | O_CREAT | O_EXCL, operation: "create")
        try FileSystem.removeFile(path)
        return file
      } catch {
        // Another file has the name: another name, then.
        guard error.errno == EEXIST else { throw error }
      }
    }
  }

  mutating func append(
    _ partition: Int, _ record: UnsafeRawBufferPointer
  ) throws(FileError) -> UInt64 {
    let number = try room(partition, for: record.count)
    let location = blocks[number].offset + UInt64(blocks[number].count)
    unsafe blocks[number].bytes?.append(contentsOf: record)
    blocks[number].count += record.count
    totalBytes += record.count
    return location
  }

  func load(_ partition: Int) throws(FileError) -> [UInt8] {
    var result: [UInt8] = []
    let numbers = partitions[partition]
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

  func read(at location: UInt64, count: Int) throws(FileError) -> [UInt8] {
    let number = blockNumber(at: location)
    let start = Int(location - blocks[number].offset)
    precondition(count >= 0 && start <= blocks[number].count - count, "no record is there")
    if let bytes = blocks[number].bytes { return Array(bytes[start..<(start + count)]) }
    var result: [UInt8] = []
    try readFile(location, count, into: &result)
    return result
  }

  func checkpoint() -> SpillFile.Checkpoint {
    let marks = partitions.map { numbers in
      SpillFile.PartitionMark(
        blocks: numbers.count, bytes: numbers.last.map { blocks[$0].count } ?? 0)
    }
    return SpillFile.Checkpoint(
      blocks: blocks.count, end: end, totalBytes: totalBytes, partitions: marks)
  }

  mutating func rollback(to checkpoint: SpillFile.Checkpoint) {
    precondition(
      checkpoint.partitions.count == partitions.count && checkpoint.totalBytes <= totalBytes)
    blocks.removeLast(blocks.count - checkpoint.blocks)
    end = checkpoint.end
    totalBytes = checkpoint.totalBytes
    var isFull = Array(repeating: true, count: blocks.count)
    for (partition, mark) in checkpoint.partitions.enumerated() {
      partitions[partition].removeLast(partitions[partition].count - mark.blocks)
      self.last[partition] = partitions[partition].last ?? -1
      guard let last = partitions[partition].last else { continue }
      let surplus = blocks[last].count - mark.bytes
      blocks[last].count -= surplus
      blocks[last].bytes?.removeLast(surplus)
      isFull[last] = false
    }
    full = blocks.indices.filter { isFull[$0] && blocks[$0].bytes != nil }
    oldest = 0
    fullBytes = full.reduce(0) { $0 + blocks[$1].capacity }
  }

  /// The block that takes `count` more bytes; a new one where the last is full or written.
  private mutating func room(_ partition: Int, for count: Int) throws(FileError) -> Int {
    let last = last[partition]
    if last >= 0, blocks[last].bytes != nil {
      if blocks[last].capacity - blocks[last].count >= count { return last }
      try keepWithinBudget(adding: last)
    }
    let capacity = max(blockBytes, count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(capacity)
    blocks.append(Block(offset: end, capacity: capacity, bytes: bytes))
    end += UInt64(capacity)
    partitions[partition].append(blocks.count - 1)
    self.last[partition] = blocks.count - 1
    return blocks.count - 1
  }

  /// Writes the oldest full blocks until one more fits the budget.
  private mutating func keepWithinBudget(adding number: Int) throws(FileError) {
    full.append(number)
    fullBytes += blocks[number].capacity
    while fullBytes > budgetBytes, oldest < full.count {
      let number = full[oldest]
      if let bytes = blocks[number].bytes { try writeFile(bytes, at: blocks[number].offset) }
      blocks[number].bytes = nil
      fullBytes -= blocks[number].capacity
      oldest += 1
    }
    // What is written is forgotten now and then, so that this takes no memory of its own.
    if oldest > full.count / 2 {
      full.removeFirst(oldest)
      oldest = 0
    }
  }

  private func blockNumber(at location: UInt64) -> Int {
    precondition(location < end, "no record is there")
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
    bytes += [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let read = unsafe bytes.withUnsafeMutableBytes { raw in
        unsafe pread(
          file.descriptor, raw.baseAddress?.advanced(by: start + done), count - done,
          off_t(offset) + off_t(done))
      }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw .last("read", file.path) }
      guard read > 0 else { throw FileError(path: file.path, operation: "read", errno: EIO) }
      done += read
    }
  }
}
