import Glibc

extension FileSystem {
  /// Where temporary files may stand: what TMPDIR names, else `preferred` where one may write
  /// there, else the directory of the system.
  package static func temporaryDirectory(preferred: String?) -> String {
    if let named = unsafe getenv("TMPDIR"), unsafe named.pointee != 0 {
      return unsafe String(cString: named)
    }
    if let preferred, unsafe access(preferred, W_OK | X_OK) == 0 { return preferred }
    return P_tmpdir
  }

  /// Makes a new directory for its owner only, with a name that nobody can know beforehand.
  ///
  /// - Parameter prefix: What its name begins with.
  /// - Throws: ``FileError``.
  package static func makeTemporaryDirectory(
    in directory: String, prefix: String
  ) throws(FileError) -> String {
    var template = (directory + "/" + prefix + "XXXXXX").utf8CString.map { $0 }
    guard unsafe mkdtemp(&template) != nil else { throw .last("create a directory in", directory) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
