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
}
