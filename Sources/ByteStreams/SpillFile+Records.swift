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

  /// Appends a record that was put together, one of several, to a partition.
  ///
  /// - Parameter range: Where its bytes are among those that were put together.
  /// - Returns: Its location.
  /// - Throws: ``FileError``.
  @discardableResult
  package func append(
    _ partition: Int, _ buffer: borrowing PackingBuffer, _ range: Range<Int>
  ) throws(FileError) -> UInt64 {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count)
    return try unsafe append(
      partition,
      UnsafeRawBufferPointer(start: buffer.memory + range.lowerBound, count: range.count))
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
    return try unsafe elements(partition, count: count)
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
  package func block<Value: BitwiseCopyable>(
    _ number: Int, of partition: Int, as type: Value.Type
  ) throws(FileError) -> [Value] {
    let size = MemoryLayout<Value>.size
    let bytes = try blocks.block(number, of: partition)
    precondition(MemoryLayout<Value>.stride == size && bytes.count.isMultiple(of: size))
    return stride(from: 0, to: bytes.count, by: size).map {
      Packing.load(bytes.span, at: $0, as: type)
    }
  }
}
