/// A temporary file of records, partitioned: what does not fit in memory is written once and read
/// back partition by partition.
///
/// The file has no name and dies with the process. Each partition fills a block at a time; full
/// blocks stay in memory up to a budget, and all go to the file past it, so small spills never touch
/// the disk. A location is the place of the block in the file plus the record's place
/// in it. A record lies in one block, so that reading it is one call.
@usableFromInline
package final class SpillFile {
  var blocks: SpillBlocks

  /// Makes the nameless file.
  ///
  /// - Parameters:
  ///   - directory: Where it is made.
  ///   - blockBytes: How much is written at a time; a longer record has a block of its own.
  ///   - budgetBytes: How much of it may stay in memory, beside one open block per partition.
  /// - Throws: ``FileError``.
  package init(
    directory: String, partitions: Int, blockBytes: Int = 1 << 14, budgetBytes: Int = 1 << 22
  ) throws(FileError) {
    blocks = try SpillBlocks(
      directory: directory, partitions: partitions, blockBytes: blockBytes,
      budgetBytes: budgetBytes)
  }

  /// Bytes of all records, in memory or in the file.
  package var totalBytes: Int {
    blocks.totalBytes
  }

  /// Appends a record to a partition.
  ///
  /// - Returns: Its location.
  /// - Throws: ``FileError``; the spill is of no use then.
  @discardableResult
  package func append(_ partition: Int, _ record: Span<UInt8>) throws(FileError) -> UInt64 {
    try unsafe record.withUnsafeBytes { (raw) throws(FileError) in
      try unsafe blocks.append(partition, raw)
    }
  }

  @usableFromInline
  func append(_ partition: Int, _ record: UnsafeRawBufferPointer) throws(FileError) -> UInt64 {
    try unsafe blocks.append(partition, record)
  }

  /// Bytes of all records of a partition.
  @usableFromInline
  package func byteCount(_ partition: Int) -> Int {
    blocks.byteCount(partition)
  }

  /// All bytes of a partition, in the order in which they were appended.
  ///
  /// - Throws: ``FileError``.
  package func load(_ partition: Int) throws(FileError) -> [UInt8] {
    try unsafe elements(byteCount(partition)) { (target) throws(FileError) in
      try unsafe load(partition, into: target)
    }
  }

  /// So many elements of a type, whose bytes `load` fills in.
  @inlinable
  @unsafe func elements<Value: BitwiseCopyable>(
    _ count: Int, _ load: (UnsafeMutableRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) -> [Value] {
    var failure: FileError?
    let elements = unsafe [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(FileError) {
        try unsafe load(UnsafeMutableRawBufferPointer(buffer))
        initialized = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return elements
  }

  @usableFromInline
  func load(
    _ partition: Int, into target: UnsafeMutableRawBufferPointer
  ) throws(FileError) {
    try unsafe blocks.load(partition, into: target)
  }

  @usableFromInline
  func byteCount(ofBlock number: Int, of partition: Int) -> Int {
    blocks.byteCount(ofBlock: number, of: partition)
  }

  @usableFromInline
  func load(
    block number: Int, of partition: Int, into target: UnsafeMutableRawBufferPointer
  ) throws(FileError) {
    try unsafe blocks.load(block: number, of: partition, into: target)
  }

  /// Calls `body` with the bytes of a partition, some whole records at a time, in the order in which
  /// they were appended.
  ///
  /// - Throws: ``FileError``; what `body` throws.
  package func forEachBlock(
    _ partition: Int, _ body: (Span<UInt8>) throws -> Void
  ) throws {
    for number in 0..<blocks.blockCount(partition) {
      let block = try blocks.block(number, of: partition)
      try body(block.span)
    }
  }

  /// A record, or a part of one.
  ///
  /// - Precondition: The bytes lie inside one record that was not rolled back.
  /// - Throws: ``FileError``.
  package func read(at location: UInt64, count: Int) throws(FileError) -> [UInt8] {
    try blocks.read(at: location, count: count)
  }

  /// What ``rollback(to:)`` needs to forget all that is appended from here on.
  package func checkpoint() -> SpillCheckpoint {
    blocks.checkpoint()
  }

  /// Forgets what was appended since the checkpoint.
  ///
  /// - Precondition: It is a checkpoint of this file, and nothing before it was rolled back since.
  package func rollback(to checkpoint: SpillCheckpoint) {
    blocks.rollback(to: checkpoint)
  }
}
