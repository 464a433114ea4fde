import CZlib
import Glibc

/// zlib's side of expanding deflated data.
@safe final class DeflateStream {
  enum Format: Int32 {
    /// A gzip header and trailer (16) around the largest window (15).
    case gzip = 31
    /// A zlib header and trailer around the largest window.
    case zlib = 15
    /// Nothing around it: the largest window, negative.
    case raw = -15
  }

  /// What one call brought.
  struct Step {
    /// zlib's own code.
    let result: Int32
    /// Expanded bytes.
    let made: Int
    /// Whether more may come without another compressed byte.
    let mayHoldMore: Bool
  }

  /// At an address of its own: zlib refuses a stream that has moved.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Throws: ``ByteSourceFault/io(_:)`` where there is no memory for it.
  init(_ format: Format, path: String) throws(ByteSourceFault) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let result = unsafe inflateInit2_(
      stream, format.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else { throw .outOfMemory(path) }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Expanded bytes since the beginning, or since ``reset()``.
  var total: Int { unsafe Int(stream.pointee.total_out) }

  /// Begins anew; false where there is no memory for it.
  func reset() -> Bool {
    unsafe inflateReset(stream) == Z_OK
  }

  /// Expands as much as there is, or as there is room for.
  func inflate(
    _ input: inout CompressedInput, into buffer: inout [UInt8], at start: Int, count: Int
  ) -> Step {
    let room = min(count, Int(Int32.max))
    let unused = input.unused
    let result = unsafe input.bytes.withUnsafeMutableBufferPointer { input in
      unsafe buffer.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_in = input.baseAddress?.advanced(by: unused.lowerBound)
        unsafe stream.pointee.avail_in = UInt32(unused.count)
        unsafe stream.pointee.next_out = output.baseAddress?.advanced(by: start)
        unsafe stream.pointee.avail_out = UInt32(room)
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    let made = unsafe room - Int(stream.pointee.avail_out)
    input.unused = unsafe (unused.upperBound - Int(stream.pointee.avail_in))..<unused.upperBound
    return Step(result: result, made: made, mayHoldMore: made == room && result == Z_OK)
  }
}
