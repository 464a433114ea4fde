import Glibc

/// The blocks of a ``SpillFile``, whose functions these are.
///
/// All that changes with every record is in this one value: in a class of several variables each
/// of them is checked for overlapping access by itself, which costs more than the copying does.
struct SpillBlocks: ~Copyable {
  @safe private struct Block {
    /// Where it is, or will be, in the file.
    var offset: UInt64
    var capacity: Int
    var count = 0
    /// As many bytes as its capacity; nil once it is in the file.
    var memory: UnsafeMutableRawPointer?

    init(offset: UInt64, capacity: Int) {
      self.offset = offset
      self.capacity = capacity
      unsafe memory = .allocate(byteCount: capacity, alignment: 16)
    }

    var isInMemory: Bool { unsafe memory != nil }

    mutating func append(_ record: UnsafeRawBufferPointer) {
      precondition(record.count <= capacity - count)
      if let memory = unsafe memory, let first = record.baseAddress {
        unsafe memory.advanced(by: count).copyMemory(from: first, byteCount: record.count)
      }
      count += record.count
    }

    mutating func free() {
      unsafe memory?.deallocate()
      unsafe memory = nil
    }
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

  deinit {
    for number in blocks.indices { unsafe blocks[number].memory?.deallocate() }
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
    unsafe blocks[number].append(record)
    totalBytes += record.count
    return location
  }

  /// Bytes of the records of a partition.
  func byteCount(_ partition: Int) -> Int {
    partitions[partition].reduce(0) { $0 + blocks[$1].count }
  }

  /// Copies a partition's bytes.
  ///
  /// - Precondition: There is room for all of them.
  func load(
    _ partition: Int, into target: UnsafeMutableRawBufferPointer
  ) throws(FileError) {
    precondition(target.count >= byteCount(partition))
    var filled = 0
    for number in partitions[partition] {
      let block = blocks[number]
      let part = unsafe UnsafeMutableRawBufferPointer(
        rebasing: target[filled..<(filled + block.count)])
      try unsafe copy(block, from: 0, into: part)
      filled += block.count
    }
  }

  func blockCount(_ partition: Int) -> Int {
    partitions[partition].count
  }

  /// The bytes of one of a partition's blocks, which are counted from 0.
  func block(_ number: Int, of partition: Int) throws(FileError) -> [UInt8] {
    let block = blocks[partitions[partition][number]]
    return try read(at: block.offset, count: block.count)
  }

  func read(at location: UInt64, count: Int) throws(FileError) -> [UInt8] {
    let block = blocks[blockNumber(at: location)]
    let start = Int(location - block.offset)
    precondition(count >= 0 && start <= block.count - count, "no record is there")
    var result = [UInt8](repeating: 0, count: count)
    var bytes = result.mutableSpan
    try unsafe bytes.withUnsafeMutableBytes { (raw) throws(FileError) in
      try unsafe copy(block, from: start, into: raw)
    }
    return result
  }

  /// Copies bytes of a block from memory or the file.
  private func copy(
    _ block: Block, from start: Int, into target: UnsafeMutableRawBufferPointer
  ) throws(FileError) {
    if let memory = unsafe block.memory {
      unsafe target.copyMemory(
        from: UnsafeRawBufferPointer(start: memory + start, count: target.count))
    } else {
      try unsafe readFile(block.offset + UInt64(start), into: target)
    }
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
    for number in checkpoint.blocks..<blocks.count { blocks[number].free() }
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
      isFull[last] = false
    }
    full = blocks.indices.filter { isFull[$0] && blocks[$0].isInMemory }
    oldest = 0
    fullBytes = full.reduce(0) { $0 + blocks[$1].capacity }
  }

  /// The block that takes `count` more bytes; a new one where the last is full or written.
  private mutating func room(_ partition: Int, for count: Int) throws(FileError) -> Int {
    let last = last[partition]
    if last >= 0, blocks[last].isInMemory {
      if blocks[last].capacity - blocks[last].count >= count { return last }
      try keepWithinBudget(adding: last)
    }
    let capacity = max(blockBytes, count)
    blocks.append(Block(offset: end, capacity: capacity))
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
      try write(blocks[number])
      blocks[number].free()
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

  private func write(_ block: Block) throws(FileError) {
    guard let memory = unsafe block.memory else { return }
    var done = 0
    while done < block.count {
      let written = unsafe pwrite(
        file.descriptor, memory + done, block.count - done, off_t(block.offset) + off_t(done))
      if written < 0 {
        if errno == EINTR { continue }
        throw .last("write", file.path)
      }
      done += written
    }
  }

  private func readFile(
    _ offset: UInt64, into target: UnsafeMutableRawBufferPointer
  ) throws(FileError) {
    var done = 0
    while done < target.count {
      let read = unsafe pread(
        file.descriptor, target.baseAddress?.advanced(by: done), target.count - done,
        off_t(offset) + off_t(done))
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw .last("read", file.path) }
      guard read > 0 else { throw FileError(path: file.path, operation: "read", errno: EIO) }
      done += read
    }
  }
}
