/// Expands what a compressed file holds, within a limit.
///
/// Whether a file is within the limit does not depend on how much is asked for at a time: more
/// compressed bytes are read only when all that came of the earlier ones has been handed out.
protocol Expander: AnyObject {
  /// Fills `buffer` from `start` on with up to `count` bytes; fewer only at the end.
  ///
  /// - Throws: ``ByteSourceFault``; there is no going on after one.
  func read(
    from file: borrowing OpenFile, into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int
}

/// The compressed bytes of a file, as many at a time as are looked at next.
struct CompressedInput {
  static let bytesAtOnce = 1 << 17

  var bytes = [UInt8](repeating: 0, count: CompressedInput.bytesAtOnce)
  /// Those of `bytes` that were not used yet.
  var unused = 0..<0
  /// Read so far, of the file.
  private(set) var total = 0
  /// That may still be read, of the file.
  private var remaining: Int

  /// - Parameter count: More bytes than this are not read.
  init(count: Int = .max) {
    remaining = count
  }

  /// Reads on once all bytes were used; none come only at the end.
  ///
  /// - Throws: ``ByteSourceFault/io(_:)``.
  mutating func refill(_ file: borrowing OpenFile) throws(ByteSourceFault) {
    do throws(FileError) {
      let read = try file.read(into: &bytes, at: 0, count: min(bytes.count, remaining))
      unused = 0..<read
    } catch {
      throw .io(error)
    }
    total += unused.count
    remaining -= unused.count
  }
}
