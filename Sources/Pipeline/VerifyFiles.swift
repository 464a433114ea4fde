import ByteStreams

/// Compares files with what was written down of them.
enum VerifyFiles {
  /// All files below a directory, by their paths there; none where there is no directory.
  ///
  /// - Throws: ``FileError``.
  static func list(_ directory: String) throws(FileError) -> [String] {
    var files: [String] = []
    for name in try FileSystem.listDirectory(directory) {
      let path = directory + "/" + name
      guard FileSystem.isDirectory(path) else {
        files.append(name)
        continue
      }
      files += try list(path).map { name + "/" + $0 }
    }
    return files
  }

  /// What is wrong with a file, as a sentence without its full stop; nil if nothing is.
  static func fault(_ path: String, sha256: String, bytes: Int) -> String? {
    if FileSystem.kind(path) == .missing { return "the file is missing" }
    do throws(FileError) {
      let found = try SHA256Digest.ofFile(path)
      if found.bytes != bytes {
        return "it has \(found.bytes) bytes, and \(bytes) were written"
      }
      return found.0.hex == sha256
        ? nil : "its digest is \(found.0.hex), and \(sha256) was written"
    } catch {
      return error.description
    }
  }

  /// Where two files begin to differ, in words.
  ///
  /// - Throws: ``FileError``.
  static func firstDifference(_ left: String, _ right: String) throws(FileError) -> String {
    let a = try FileSystem.readFile(left, limit: Int.max - 1)
    let b = try FileSystem.readFile(right, limit: Int.max - 1)
    var position = 0
    var line = 1
    while position < a.count, position < b.count, a[position] == b[position] {
      if a[position] == 0x0A { line += 1 }
      position += 1
    }
    return "from line \(line), byte \(position) on"
  }
}
