import Glibc

/// Reads a file from its beginning to its end; one whose name says so is expanded.
package struct ByteSource: ~Copyable {
  private let file: OpenFile
  private let expander: (any Expander)?
  /// Of the expander, which cannot go on after one.
  private var fault: ByteSourceFault?
  /// Bytes handed out or skipped, of the decompressed content.
  package private(set) var position = 0

  /// Opens a regular file; of anything else not a byte is read.
  ///
  /// - Parameter compression: Nil where the file is read as it is.
  /// - Throws: ``ByteSourceFault``.
  package init(
    path: String, compression: Compression? = nil, limit: ExpansionLimit = ExpansionLimit()
  ) throws(ByteSourceFault) {
    let file = try ByteSource.open(path)
    let expander: (any Expander)? =
      switch compression {
      case nil: nil
      case .gzip: try Inflater(limit: limit, path: path)
      case .zstd: try ZstdExpander(limit: limit, path: path)
      case .zip: try ZipExpander(file, limit: limit)
      }
    self.file = file
    self.expander = expander
  }

  static func open(_ path: String) throws(ByteSourceFault) -> OpenFile {
    do throws(FileError) {
      // Without waiting: a pipe nobody writes to would hold the run for ever.
      let file = try OpenFile(path, O_RDONLY | O_NONBLOCK)
      if try file.status().kind == .file { return file }
    } catch {
      // A socket cannot even be opened.
      guard error.errno == ENXIO else { throw .io(error) }
    }
    throw .notARegularFile(path)
  }

  /// Fills `buffer` from `start` on with up to `count` bytes; fewer only at the end.
  ///
  /// A fault comes as soon as it is met, so the bytes just before it may not be handed out.
  ///
  /// - Throws: ``ByteSourceFault``, again at every further call.
  package mutating func read(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    precondition(start >= 0 && count >= 0 && count <= buffer.count - start)
    let read: Int
    if let expander {
      if let fault { throw fault }
      do throws(ByteSourceFault) {
        read = try expander.read(from: file, into: &buffer, at: start, count: count)
      } catch {
        fault = error
        throw error
      }
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

  /// Goes on to a later position, or to the end where that comes first.
  ///
  /// - Precondition: `offset` is not before ``position``.
  /// - Throws: ``ByteSourceFault``.
  package mutating func skip(to offset: Int) throws(ByteSourceFault) {
    precondition(offset >= position)
    guard expander == nil else { return try expandAndDiscard(to: offset) }
    do throws(FileError) {
      let target = max(position, min(offset, try file.status().size))
      try file.seek(to: target)
      position = target
    } catch {
      throw .io(error)
    }
  }

  private mutating func expandAndDiscard(to offset: Int) throws(ByteSourceFault) {
    var waste = [UInt8](repeating: 0, count: min(1 << 16, offset - position))
    while position < offset {
      let read = try read(into: &waste, at: 0, count: min(waste.count, offset - position))
      if read == 0 { return }
    }
  }
}

extension ByteSource {
  /// The name of the one file in a zip archive: it says what the file is, and never where it goes.
  ///
  /// - Throws: ``ByteSourceFault``.
  package static func nameInZip(_ path: String) throws(ByteSourceFault) -> String {
    String(
      decoding: try ZipExpander.onlyFile(ZipDirectory(open(path))).name, as: UTF8.self)
  }
}
