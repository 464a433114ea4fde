extension SpillFile {
  /// Appends a value of fixed width to a partition.
  @discardableResult
  package func append<Value: BitwiseCopyable>(
    _ partition: Int, record: Value
  ) throws(FileError) -> UInt64 {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(MemoryLayout<Value>.size)
    Packing.append(record, to: &bytes)
    return try append(partition, bytes: bytes)
  }

  /// Appends the bytes of a record to a partition.
  @discardableResult
  package func append(_ partition: Int, bytes: [UInt8]) throws(FileError) -> UInt64 {
    try append(partition, bytes.span)
  }

  /// All values of a partition that holds nothing else, in the order in which they came.
  package func records<Value: BitwiseCopyable>(
    _ partition: Int, of type: Value.Type
  ) throws(FileError) -> [Value] {
    let bytes = try load(partition)
    let size = MemoryLayout<Value>.size
    return (0..<(bytes.count / size)).map { Packing.load(bytes.span, at: $0 * size, as: type) }
  }
}
