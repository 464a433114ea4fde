/// Writes and reads fixed-width values as the bytes they are in memory.
///
/// For temporary data of this process only: the layout is the machine's own.
package enum Packing {
  /// Appends the bytes of a value.
  package static func append<Value: BitwiseCopyable>(_ value: Value, to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: value) { raw in
      unsafe bytes.append(contentsOf: raw)
    }
  }

  /// Reads a value.
  ///
  /// - Precondition: The value lies inside `bytes` and was written by ``append(_:to:)``.
  package static func load<Value: BitwiseCopyable>(
    _ bytes: Span<UInt8>, at offset: Int, as type: Value.Type
  ) -> Value {
    let size = MemoryLayout<Value>.size
    precondition(offset >= 0 && size <= bytes.count - offset)
    return unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }
}
