import CZlib
import Glibc

/// Inflates gzip data of one or several members, within a limit.
///
/// Whether a file is within the limit does not depend on how much is asked for at a time: more
/// compressed bytes are read only when all that came of the earlier ones has been handed out.
@safe final class Inflater {
  private static let inputBytes = 1 << 17
  /// A gzip header and trailer (16) around the largest window (15).
  private static let gzipWindow: Int32 = 16 + 15

  private let limit: ExpansionLimit
  private let path: String
  /// At an address of its own: zlib refuses a stream that has moved.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input = [UInt8](repeating: 0, count: Inflater.inputBytes)
  private var inputStart = 0
  private var inputEnd = 0
  private var compressed = 0
  private var expanded = 0
  private var finishedMembers = 0
  private var isInMember = true
  private var mayHoldMore = false

  /// - Throws: ``ByteSourceFault/io(_:)`` where there is no memory for it.
  init(limit: ExpansionLimit, path: String) throws(ByteSourceFault) {
    self.limit = limit
    self.path = path
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let result = unsafe inflateInit2_(
      stream, Inflater.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else { throw outOfMemory }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Fills `buffer` from `start` on with up to `count` bytes; fewer only at the end.
  ///
  /// - Throws: ``ByteSourceFault``.
  func read(
    from file: borrowing OpenFile, into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    var done = 0
    while done < count {
      if inputStart == inputEnd && !mayHoldMore {
        try refill(file)
        if inputEnd == 0 {
          guard !isInMember else { throw .damaged("it ends too early") }
          break
        }
      }
      if !isInMember { try beginMember() }
      done += try inflate(into: &buffer, at: start + done, count: count - done)
      guard limit.allows(expanded, of: compressed) else { throw .expansionLimit(path) }
    }
    return done
  }

  private var outOfMemory: ByteSourceFault {
    .io(FileError(path: path, operation: "inflate", errno: ENOMEM))
  }

  private func refill(_ file: borrowing OpenFile) throws(ByteSourceFault) {
    inputStart = 0
    inputEnd = 0
    do throws(FileError) {
      inputEnd = try file.read(into: &input, at: 0, count: input.count)
    } catch {
      throw .io(error)
    }
    compressed += inputEnd
  }

  private func beginMember() throws(ByteSourceFault) {
    guard unsafe inflateReset(stream) == Z_OK else { throw outOfMemory }
    isInMember = true
  }

  private func inflate(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    let room = min(count, Int(Int32.max))
    let result = unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe buffer.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_in = input.baseAddress?.advanced(by: inputStart)
        unsafe stream.pointee.avail_in = UInt32(inputEnd - inputStart)
        unsafe stream.pointee.next_out = output.baseAddress?.advanced(by: start)
        unsafe stream.pointee.avail_out = UInt32(room)
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    let made = unsafe room - Int(stream.pointee.avail_out)
    unsafe inputStart = inputEnd - Int(stream.pointee.avail_in)
    expanded += made
    mayHoldMore = made == room && result == Z_OK
    try judge(result)
    return made
  }

  private func judge(_ result: Int32) throws(ByteSourceFault) {
    switch result {
    // Z_BUF_ERROR: nothing was held back after all.
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      isInMember = false
      finishedMembers += 1
    case Z_MEM_ERROR: throw outOfMemory
    default:
      // zlib's own words change with its version, and what is said here ends up in output files.
      let isHeader = unsafe stream.pointee.total_out == 0 && finishedMembers > 0
      throw .damaged(
        isHeader ? "other bytes follow its end" : "its bytes are not valid gzip data")
    }
  }
}
