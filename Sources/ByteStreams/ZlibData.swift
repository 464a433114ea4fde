import CZlib

/// Data that zlib has packed, in the memory.
package enum ZlibData {
  /// How much is expanded at a time.
  private static let bytesAtOnce = 1 << 16

  /// Expands data piece by piece; zlib compares their checksum.
  ///
  /// - Parameters:
  ///   - pieces: The packed bytes, in parts as they are found; what follows their end is not looked at.
  ///   - body: Is told each expanded part, not empty; it ends the expanding by throwing.
  /// - Returns: Whether they are whole and what was packed.
  /// - Throws: ``ByteSourceFault/io(_:)`` where there is no memory for it; what `body` throws.
  package static func expand(
    _ pieces: [ArraySlice<UInt8>], _ body: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Bool {
    let stream = try DeflateStream(.zlib, path: "")
    var input = CompressedInput()
    var buffer = [UInt8](repeating: 0, count: bytesAtOnce)
    for piece in pieces {
      input.bytes = Array(piece)
      input.unused = 0..<piece.count
      var mayHoldMore = false
      while !input.unused.isEmpty || mayHoldMore {
        let step = stream.inflate(&input, into: &buffer, at: 0, count: buffer.count)
        mayHoldMore = step.mayHoldMore
        if step.made > 0 { try body(buffer[..<step.made]) }
        switch step.result {
        // Z_BUF_ERROR: nothing was held back after all.
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: return true
        case Z_MEM_ERROR: throw ByteSourceFault.outOfMemory("")
        default: return false
        }
      }
    }
    return false
  }
}
