import CZlib
import Glibc

/// How far compressed bytes may expand.
package struct ExpansionLimit: Hashable, Sendable {
  package var ratio: Int
  package var bytes: Int

  package init(ratio: Int, bytes: Int) {
    self.ratio = ratio
    self.bytes = bytes
  }
}

/// Why no more bytes come.
package enum ByteSourceFault: Error, Hashable, Sendable {
  case io(FileError)
  /// The compressed data is not what it should be.
  case damaged(String)
  case expansionLimit(String)
  case notARegularFile(String)
}

/// Reads a file from its beginning to its end; one whose name ends in `.gz` is inflated.
package struct ByteSource: ~Copyable {
  private let file: OpenFile
  private let inflater: Inflater?
  /// Bytes handed out, of the decompressed content.
  package private(set) var position = 0

  /// Opens a regular file; of anything else not a byte is read.
  ///
  /// - Throws: ``ByteSourceFault``.
  package init(path: String, limit: ExpansionLimit) throws(ByteSourceFault) {
    let opened = try ByteSource.open(path)
    guard FileSystem.kind(path) == .file else { throw .notARegularFile(path) }
    let inflater = path.hasSuffix(".gz") ? try Inflater(limit: limit, path: path) : nil
    file = opened
    self.inflater = inflater
  }

  private static func open(_ path: String) throws(ByteSourceFault) -> OpenFile {
    do throws(FileError) {
      // Without waiting: a pipe nobody writes to would hold the run for ever.
      return try OpenFile(path, O_RDONLY | O_NONBLOCK)
    } catch {
      throw .io(error)
    }
  }

  /// Fills `buffer` from `start` on with up to `count` bytes; fewer only at the end.
  ///
  /// - Throws: ``ByteSourceFault``.
  package mutating func read(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    precondition(start >= 0 && count >= 0 && start + count <= buffer.count)
    var read = 0
    if inflater != nil {
      read = try inflater?.read(from: file, into: &buffer, at: start, count: count) ?? 0
    } else {
      do throws(FileError) {
        read = try file.read(into: &buffer, at: start, count: count)
      } catch {
        throw .io(error)
      }
    }
    position += read
    return read
  }

  /// Goes on to a later position.
  ///
  /// - Precondition: `offset` is not before ``position``.
  /// - Throws: ``ByteSourceFault``.
  package mutating func skip(to offset: Int) throws(ByteSourceFault) {
    precondition(offset >= position)
    guard inflater != nil else {
      guard lseek(file.descriptor, off_t(offset), SEEK_SET) >= 0 else {
        throw .io(.last("seek", file.path))
      }
      position = offset
      return
    }
    var waste = [UInt8](repeating: 0, count: 1 << 18)
    while position < offset {
      let read = try read(into: &waste, at: 0, count: min(waste.count, offset - position))
      if read == 0 { return }
    }
  }
}

/// Inflates gzip data of one or several members, within a limit.
@safe private final class Inflater {
  /// Below this size no ratio is looked at: small files may compress extremely well.
  private static let freeBytes = 1 << 20

  private let limit: ExpansionLimit
  private let path: String
  private var stream = unsafe z_stream()
  private var input = [UInt8](repeating: 0, count: 1 << 17)
  private var inputStart = 0
  private var inputEnd = 0
  private var compressed = 0
  private var expanded = 0
  private var inMember = true
  private var atEnd = false

  init(limit: ExpansionLimit, path: String) throws(ByteSourceFault) {
    self.limit = limit
    self.path = path
    // 16 + 15: a gzip header, the largest window.
    let result = unsafe inflateInit2_(
      &stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else { throw .damaged("no memory to inflate") }
  }

  deinit {
    unsafe inflateEnd(&stream)
  }

  func read(
    from file: borrowing OpenFile, into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    var done = 0
    while done < count, !atEnd {
      if inputStart == inputEnd { try refill(file) }
      if inputStart == inputEnd {
        guard !inMember, compressed > 0 else { throw .damaged("it ends in the middle") }
        atEnd = true
        break
      }
      if !inMember { try beginMember() }
      done += try inflate(into: &buffer, at: start + done, count: count - done)
      try checkLimit()
    }
    return done
  }

  private func refill(_ file: borrowing OpenFile) throws(ByteSourceFault) {
    do throws(FileError) {
      inputStart = 0
      inputEnd = try file.read(into: &input, at: 0, count: input.count)
      compressed += inputEnd
    } catch {
      throw .io(error)
    }
  }

  private func beginMember() throws(ByteSourceFault) {
    guard unsafe inflateReset(&stream) == Z_OK else { throw .damaged("it cannot be reset") }
    inMember = true
  }

  private func inflate(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    let room = min(count, Int(Int32.max))
    let result = unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe buffer.withUnsafeMutableBufferPointer { output in
        unsafe stream.next_in = input.baseAddress?.advanced(by: inputStart)
        unsafe stream.avail_in = UInt32(inputEnd - inputStart)
        unsafe stream.next_out = output.baseAddress?.advanced(by: start)
        unsafe stream.avail_out = UInt32(room)
        return unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
      }
    }
    let made = unsafe room - Int(stream.avail_out)
    unsafe inputStart = inputEnd - Int(stream.avail_in)
    expanded += made
    switch result {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: inMember = false
    default: throw .damaged("its bytes are not gzip data")
    }
    return made
  }

  private func checkLimit() throws(ByteSourceFault) {
    let consumed = compressed - (inputEnd - inputStart)
    let ratioExceeded =
      expanded > Inflater.freeBytes && expanded / max(limit.ratio, 1) > max(consumed, 1)
    guard expanded <= limit.bytes, !ratioExceeded else { throw .expansionLimit(path) }
  }
}
