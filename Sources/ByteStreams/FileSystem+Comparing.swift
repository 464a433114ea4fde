import Glibc

extension FileSystem {
  /// Whether two files hold the same bytes; nothing is digested for it.
  ///
  /// - Throws: ``FileError``.
  package static func haveSameBytes(_ one: String, _ other: String) throws(FileError) -> Bool {
    let first = try openRegularFile(one)
    let second = try openRegularFile(other)
    if isSameFile(one, other) { return true }
    guard try first.status().size == second.status().size else { return false }
    var left = [UInt8](repeating: 0, count: 1 << 18)
    var right = left
    while true {
      let count = try first.read(into: &left, at: 0, count: left.count)
      guard try second.read(into: &right, at: 0, count: right.count) == count else { return false }
      guard count > 0 else { return true }
      guard unsafe memcmp(left, right, count) == 0 else { return false }
    }
  }
}
