import Glibc

/// Where temporary files may stand.
package enum TemporaryDirectory {
  /// What TMPDIR names, else `/tmp`.
  package static var path: String {
    guard let value = unsafe getenv("TMPDIR") else { return "/tmp" }
    let path = unsafe String(cString: value)
    return path.isEmpty ? "/tmp" : path
  }
}
