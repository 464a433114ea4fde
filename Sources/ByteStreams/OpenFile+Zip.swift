extension OpenFile {
  /// Its size now.
  ///
  /// - Throws: ``ByteSourceFault/io(_:)``.
  func zipSize() throws(ByteSourceFault) -> Int {
    do throws(FileError) { return try status().size } catch { throw .io(error) }
  }

  /// Exactly this many bytes of an archive.
  ///
  /// - Throws: ``ByteSourceFault``, also where there are fewer.
  func zipBytes(at offset: Int, count: Int) throws(ByteSourceFault) -> [UInt8] {
    let size = try zipSize()
    guard offset >= 0, count <= size, offset <= size - count else { throw ZipFields.damaged }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try self.bytes(at: offset, count: count)
    } catch {
      throw .io(error)
    }
    guard bytes.count == count else { throw ZipFields.damaged }
    return bytes
  }
}
