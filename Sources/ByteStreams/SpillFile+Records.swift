extension SpillFile {
  /// Appends a value of fixed width to a partition.
  ///
  /// - Returns: Its location.
  /// - Throws: ``FileError``.
  @discardableResult
  @inlinable
  package func append<Value: BitwiseCopyable>(
    _ partition: Int, record: Value
  ) throws(FileError) -> UInt64 {
    try unsafe withUnsafeBytes(of: record) { (raw) throws(FileError) in
      try unsafe append(partition, raw)
    }
  }

  /// Appends the bytes of a record to a partition.
  ///
  /// - Returns: Its location.
  /// - Throws: ``FileError``.
  @discardableResult
  package func append(_ partition: Int, bytes: [UInt8]) throws(FileError) -> UInt64 {
    try append(partition, bytes.span)
  }

  /// Appends records that were put together, each to its partition.
  ///
  /// All at once: every look at what a class holds is checked for overlapping access.
  ///
  /// - Parameters:
  ///   - records: Their partitions, and where each ends among the bytes; the next one begins there.
  ///   - locations: Theirs are added to it.
  /// - Throws: ``FileError``.
  package func append(
    _ records: [(partition: Int, end: Int)], of buffer: borrowing PackingBuffer,
    locations: inout [UInt64]
  ) throws(FileError) {
    try unsafe blocks.append(
      records, UnsafeRawBufferPointer(start: buffer.memory, count: buffer.count), &locations)
  }

  /// All values of a partition that holds nothing else, in the order in which they came.
  ///
  /// - Precondition: The type has no padding at its end.
  /// - Throws: ``FileError``.
  @inlinable
  package func records<Value: BitwiseCopyable>(
    _ partition: Int, of type: Value.Type
  ) throws(FileError) -> [Value] {
    let bytes = byteCount(partition)
    let size = MemoryLayout<Value>.size
    let count = bytes / size
    precondition(MemoryLayout<Value>.stride == size && count * size == bytes)
    return try unsafe elements(count) { (target) throws(FileError) in
      try unsafe load(partition, into: target)
    }
  }

  /// How many values of a type a partition has that holds nothing else.
  package func count<Value: BitwiseCopyable>(_ partition: Int, of type: Value.Type) -> Int {
    blocks.byteCount(partition) / MemoryLayout<Value>.size
  }

  /// How many blocks the records of a partition are in.
  package func blockCount(_ partition: Int) -> Int {
    blocks.blockCount(partition)
  }

  /// The values of one of the blocks of a partition that holds nothing else, counted from 0.
  ///
  /// - Precondition: The type has no padding at its end.
  /// - Throws: ``FileError``.
  @inlinable
  package func block<Value: BitwiseCopyable>(
    _ number: Int, of partition: Int, as type: Value.Type
  ) throws(FileError) -> [Value] {
    let size = MemoryLayout<Value>.size
    let bytes = byteCount(ofBlock: number, of: partition)
    let count = bytes / size
    precondition(MemoryLayout<Value>.stride == size && count * size == bytes)
    return try unsafe elements(count) { (target) throws(FileError) in
      try unsafe load(block: number, of: partition, into: target)
    }
  }
}
