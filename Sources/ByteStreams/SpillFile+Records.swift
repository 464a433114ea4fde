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

  /// All values of a partition that holds nothing else, in the order in which they came.
  ///
  /// - Precondition: The type has no padding at its end.
  /// - Throws: ``FileError``.
  @inlinable
  package func records<Value: BitwiseCopyable>(
    _ partition: Int, of type: Value.Type
  ) throws(FileError) -> [Value] {
    let bytes = try load(partition)
    let size = MemoryLayout<Value>.size
    let count = bytes.count / size
    precondition(MemoryLayout<Value>.stride == size && count * size == bytes.count)
    return unsafe [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      initialized = count
    }
  }
}
