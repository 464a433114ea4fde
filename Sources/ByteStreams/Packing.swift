/// Writes and reads fixed-width values as the bytes they are in memory.
///
/// For temporary data of this process only: the layout is the machine's own.
@usableFromInline
package enum Packing {
  // Both are inlined in other rooms, since the generic form of them is several times as slow.

  /// Appends the bytes of a value.
  @inlinable
  package static func append<Value: BitwiseCopyable>(_ value: Value, to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: value) { raw in
      unsafe bytes.append(contentsOf: raw)
    }
  }

  /// Appends bytes that lie elsewhere.
  package static func append(_ source: Span<UInt8>, to bytes: inout [UInt8]) {
    unsafe source.withUnsafeBytes { raw in
      unsafe bytes.append(contentsOf: raw)
    }
  }

  /// Reads a value.
  ///
  /// - Precondition: The value lies inside `bytes` and was written by ``append(_:to:)``.
  @inlinable
  package static func load<Value: BitwiseCopyable>(
    _ bytes: Span<UInt8>, at offset: Int, as type: Value.Type
  ) -> Value {
    let size = MemoryLayout<Value>.size
    precondition(offset >= 0 && size <= bytes.count - offset)
    return unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }
}
