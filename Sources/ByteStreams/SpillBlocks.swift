/// The blocks of a ``SpillFile``, whose functions these are.
///
/// All that changes with every record is in this one value: in a class of several variables each
/// of them is checked for overlapping access by itself, which costs more than the copying does.
struct SpillBlocks: ~Copyable {
  private let file: SpillStorage
  private let blockBytes: Int
  private let budgetBytes: Int
  private var blocks: [Block] = []
  /// By partition.
  private var open: [OpenBlock]
  /// The blocks of each partition, in their order.
  private var partitions: [[UInt32]]
  /// Where the next block begins, counted in ``blockBytes``.
  private var end: UInt32 = 0
  /// The blocks in memory that take no more, and the sum of their capacities.
  private var full: [Int] = []
  private var fullBytes = 0
  private var isBeyondBudget = false
  /// Where those are.
  private var memories: [Int: Memory] = [:]
  /// Bytes of all records, in memory or in the file.
  private(set) var totalBytes = 0

  init(
    directory: String, partitions: Int, blockBytes: Int, budgetBytes: Int
  ) throws(FileError) {
    precondition(partitions > 0 && blockBytes > 0 && budgetBytes >= 0)
    file = try SpillStorage(directory: directory)
    self.blockBytes = blockBytes
    self.budgetBytes = budgetBytes
    self.partitions = Array(repeating: [], count: partitions)
    open = Array(repeating: OpenBlock(), count: partitions)
  }

  deinit {
    for block in open { block.memory?.free() }
    for memory in memories.values { memory.free() }
  }

  mutating func append(
    _ partition: Int, _ record: UnsafeRawBufferPointer
  ) throws(FileError) -> UInt64 {
    if open[partition].number < 0
      || open[partition].capacity - open[partition].count < record.count
    {
      try openBlock(partition, for: record.count)
    }
    let location = open[partition].offset + UInt64(open[partition].count)
    unsafe open[partition].append(record)
    totalBytes += record.count
    return location
  }

  /// Appends records that lie one behind the other.
  ///
  /// - Parameters:
  ///   - records: Their partitions, and where each ends.
  ///   - locations: Theirs are added to it.
  mutating func append(
    _ records: [(partition: Int, end: Int)], _ bytes: UnsafeRawBufferPointer,
    _ locations: inout [UInt64]
  ) throws(FileError) {
    var start = 0
    for (partition, end) in records {
      let record = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      locations.append(try unsafe append(partition, record))
      start = end
    }
  }

  /// Bytes of the records of a partition.
  func byteCount(_ partition: Int) -> Int {
    partitions[partition].reduce(open[partition].count) { $0 + Int(blocks[Int($1)].count) }
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
      let count = count(Int(number), in: partition)
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: target[filled..<(filled + count)])
      try unsafe copy(Int(number), in: partition, from: 0, into: part)
      filled += count
    }
  }

  func blockCount(_ partition: Int) -> Int {
    partitions[partition].count
  }

  /// Bytes of one of a partition's blocks, which are counted from 0.
  func byteCount(ofBlock position: Int, of partition: Int) -> Int {
    count(Int(partitions[partition][position]), in: partition)
  }

  /// Copies the bytes of one of a partition's blocks.
  ///
  /// - Precondition: There is room for all of them.
  func load(
    block position: Int, of partition: Int, into target: UnsafeMutableRawBufferPointer
  ) throws(FileError) {
    let count = byteCount(ofBlock: position, of: partition)
    precondition(target.count >= count)
    try unsafe copy(
      Int(partitions[partition][position]), in: partition, from: 0,
      into: UnsafeMutableRawBufferPointer(rebasing: target[..<count]))
  }

  /// The bytes of one of a partition's blocks.
  func block(_ position: Int, of partition: Int) throws(FileError) -> [UInt8] {
    let number = Int(partitions[partition][position])
    return try read(number, in: partition, from: 0, count: count(number, in: partition))
  }

  func read(at location: UInt64, count: Int) throws(FileError) -> [UInt8] {
    let number = blockNumber(at: location)
    // Which partition it is of matters only of a block that takes more, where it has no count yet.
    let isOpen = blocks[number].count == 0
    let partition = isOpen ? open.firstIndex { $0.number == number } ?? 0 : 0
    let start = Int(location - offset(number))
    precondition(
      count >= 0 && start <= self.count(number, in: partition) - count, "no record is there")
    return try read(number, in: partition, from: start, count: count)
  }

  private func read(
    _ number: Int, in partition: Int, from start: Int, count: Int
  ) throws(FileError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    var bytes = result.mutableSpan
    try unsafe bytes.withUnsafeMutableBytes { (raw) throws(FileError) in
      try unsafe copy(number, in: partition, from: start, into: raw)
    }
    return result
  }

  /// Copies bytes of a block from memory or the file.
  private func copy(
    _ number: Int, in partition: Int, from start: Int, into target: UnsafeMutableRawBufferPointer
  ) throws(FileError) {
    let isOpen = open[partition].number == number
    if let memory = isOpen ? open[partition].memory : memories[number] {
      unsafe target.copyMemory(
        from: UnsafeRawBufferPointer(start: memory.start + start, count: target.count))
    } else {
      try unsafe file.read(at: offset(number) + UInt64(start), into: target)
    }
  }

  private func offset(_ number: Int) -> UInt64 {
    UInt64(blocks[number].start) * UInt64(blockBytes)
  }

  private func capacity(_ number: Int) -> Int {
    let next = number + 1 < blocks.count ? blocks[number + 1].start : end
    return Int(next - blocks[number].start) * blockBytes
  }

  private func count(_ number: Int, in partition: Int) -> Int {
    open[partition].number == number ? open[partition].count : Int(blocks[number].count)
  }

  func checkpoint() -> SpillCheckpoint {
    let marks = partitions.indices.map { partition in
      let numbers = partitions[partition]
      return SpillCheckpoint.Partition(
        blocks: numbers.count, bytes: numbers.last.map { count(Int($0), in: partition) } ?? 0)
    }
    return SpillCheckpoint(
      blocks: blocks.count, end: end, totalBytes: totalBytes, partitions: marks)
  }

  mutating func rollback(to checkpoint: SpillCheckpoint) {
    precondition(
      checkpoint.partitions.count == partitions.count && checkpoint.totalBytes <= totalBytes)
    closeAll()
    for number in checkpoint.blocks..<blocks.count {
      memories.removeValue(forKey: number)?.free()
    }
    blocks.removeLast(blocks.count - checkpoint.blocks)
    end = checkpoint.end
    totalBytes = checkpoint.totalBytes
    for (partition, mark) in checkpoint.partitions.enumerated() {
      partitions[partition].removeLast(partitions[partition].count - mark.blocks)
      guard let last = partitions[partition].last else { continue }
      blocks[Int(last)].count = UInt32(mark.bytes)
      reopen(Int(last), partition)
    }
    full = memories.keys.sorted()
    fullBytes = full.reduce(0) { $0 + capacity($1) }
  }

  /// Counts the blocks that take more among the full ones, but for the budget.
  private mutating func closeAll() {
    for partition in open.indices where open[partition].number >= 0 {
      let block = open[partition]
      blocks[block.number].count = UInt32(block.count)
      memories[block.number] = block.memory
      open[partition] = OpenBlock()
    }
  }

  /// Lets a block take more, if it is still in memory.
  private mutating func reopen(_ number: Int, _ partition: Int) {
    guard let memory = memories.removeValue(forKey: number) else { return }
    let count = Int(blocks[number].count)
    blocks[number].count = 0
    open[partition] = OpenBlock(
      number: number, offset: offset(number), capacity: capacity(number), count: count,
      memory: memory)
  }

  /// Opens a block that takes `count` bytes and more; the one before is full.
  private mutating func openBlock(_ partition: Int, for count: Int) throws(FileError) {
    let before = open[partition]
    if before.number >= 0 {
      blocks[before.number].count = UInt32(before.count)
      memories[before.number] = before.memory
      open[partition] = OpenBlock()
      try keepWithinBudget(adding: before.number)
    }
    let units = max(1, (count + blockBytes - 1) / blockBytes)
    let number = blocks.count
    blocks.append(Block(start: end))
    end += UInt32(units)
    partitions[partition].append(UInt32(number))
    open[partition] = OpenBlock(
      number: number, offset: offset(number), capacity: units * blockBytes,
      memory: Memory(bytes: units * blockBytes))
  }

  /// Writes the full blocks once they are more than the budget, and from then on each one at once: so
  /// the same memory is filled again and again and stays in the processor's cache.
  private mutating func keepWithinBudget(adding number: Int) throws(FileError) {
    full.append(number)
    fullBytes += capacity(number)
    guard isBeyondBudget || fullBytes > budgetBytes else { return }
    isBeyondBudget = true
    for number in full {
      guard let memory = memories.removeValue(forKey: number) else { continue }
      defer { memory.free() }
      try unsafe file.write(memory.start, count: Int(blocks[number].count), at: offset(number))
    }
    full.removeAll(keepingCapacity: true)
    fullBytes = 0
  }

  private func blockNumber(at location: UInt64) -> Int {
    precondition(location < UInt64(end) * UInt64(blockBytes), "no record is there")
    var low = 0
    var high = blocks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if offset(middle) <= location { low = middle } else { high = middle }
    }
    return low
  }
}
