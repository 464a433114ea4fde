/// Bytes that are put together piece by piece, row after row in the same memory.
///
/// An array does the same at several times the price: every append asks it anew whether somebody
/// else holds it. The pieces lie as ``Packing`` lays them.
@usableFromInline
@safe package struct PackingBuffer: ~Copyable {
  @usableFromInline var memory: UnsafeMutableRawPointer
  @usableFromInline var capacity: Int
  /// Bytes put together so far.
  @usableFromInline package private(set) var count = 0

  package init(capacity: Int = 4096) {
    precondition(capacity > 0)
    self.capacity = capacity
    unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
  }

  deinit {
    unsafe memory.deallocate()
  }

  /// Forgets the bytes, keeps the memory.
  @inlinable
  package mutating func removeAll() {
    count = 0
  }

  /// Appends the bytes of a value.
  @inlinable
  package mutating func append<Value: BitwiseCopyable>(_ value: Value) {
    let size = MemoryLayout<Value>.size
    if capacity - count < size { grow(by: size) }
    unsafe memory.storeBytes(of: value, toByteOffset: count, as: Value.self)
    count += size
  }

  /// Appends bytes that lie elsewhere.
  @inlinable
  package mutating func append(_ source: Span<UInt8>) {
    let size = source.count
    if capacity - count < size { grow(by: size) }
    unsafe source.withUnsafeBytes { raw in
      guard let first = raw.baseAddress else { return }
      unsafe memory.advanced(by: count).copyMemory(from: first, byteCount: size)
    }
    count += size
  }

  /// Lends the bytes.
  @inlinable
  package func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = unsafe UnsafeRawBufferPointer(start: memory, count: count)
    return try unsafe body(bytes.assumingMemoryBound(to: UInt8.self).span)
  }

  @usableFromInline
  mutating func grow(by size: Int) {
    let larger = max(capacity * 2, count + size)
    let new = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    unsafe new.copyMemory(from: memory, byteCount: count)
    unsafe memory.deallocate()
    unsafe memory = new
    capacity = larger
  }
}
