package import ByteStreams

/// Why a segment of known earnings cannot be used.
package enum KeySegmentFault: Error, Hashable, Sendable, CustomStringConvertible {
  case io(FileError)
  /// The file at a path is something else.
  case foreign(String)
  /// The file at a path was written by a newer version of the program.
  case newer(String, version: UInt64)
  /// The file at a path is not as it was written: how, as the rest of a sentence.
  case damaged(String, String)

  /// A sentence such as `ledger/keys/7 is no file of known earnings`.
  package var description: String {
    switch self {
    case .io(let error): error.description
    case .foreign(let path): "\(path) is no file of known earnings"
    case .newer(let path, let version):
      "\(path) was written by a newer version of payout (file version \(version))"
    case .damaged(let path, let how): "\(path) is damaged: \(how)"
    }
  }
}
