/// Why no more bytes come.
package enum ByteSourceFault: Error, Hashable, Sendable {
  case io(FileError)
  /// The compressed data is not what it should be: how, as the rest of a sentence.
  case damaged(String)
  /// The compressed data expands too far: the path.
  case expansionLimit(String)
  /// A directory, a pipe, a device: the path.
  case notARegularFile(String)
}
