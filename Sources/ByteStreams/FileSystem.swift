import Glibc

/// The few things that are done with whole files and directories.
package enum FileSystem {
  /// What a path names.
  package enum Kind: Sendable {
    case missing, file, directory, other
  }

  package static func kind(_ path: String) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .missing }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  package static func exists(_ path: String) -> Bool {
    kind(path) != .missing
  }

  /// The bytes of a whole file.
  ///
  /// - Parameter limit: More bytes than this are an error.
  /// - Throws: ``FileError``.
  package static func readFile(_ path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
    let file = try OpenFile(path, O_RDONLY | O_NONBLOCK)
    guard kind(path) == .file else {
      throw FileError(path: path, operation: "read, as it is no regular file,", errno: 0)
    }
    var bytes: [UInt8] = []
    let chunk = 1 << 18
    while true {
      let start = bytes.count
      bytes += [UInt8](repeating: 0, count: chunk)
      let read = try file.read(into: &bytes, at: start, count: chunk)
      bytes.removeLast(chunk - read)
      guard bytes.count <= limit else {
        throw FileError(path: path, operation: "read", errno: EFBIG)
      }
      if read < chunk { return bytes }
    }
  }

  /// Replaces a file: readers see the old bytes or the new ones, also after a power cut.
  ///
  /// - Throws: ``FileError``.
  package static func writeFileAtomically(
    _ path: String, _ bytes: [UInt8]
  ) throws(FileError) {
    let temporary = path + ".tmp"
    do {
      let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_TRUNC, operation: "create")
      try file.write(bytes, 0..<bytes.count)
      try file.sync()
    }
    guard unsafe rename(temporary, path) == 0 else { throw .last("rename", temporary) }
    try syncDirectory(parent(of: path))
  }

  /// The names in a directory, by their bytes; empty where there is none.
  ///
  /// - Throws: ``FileError``.
  package static func listDirectory(_ path: String) throws(FileError) -> [String] {
    guard kind(path) == .directory else { return [] }
    guard let stream = unsafe opendir(path) else { throw .last("open", path) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a directory for its owner only, and those above it.
  ///
  /// - Throws: ``FileError``.
  package static func createDirectory(_ path: String) throws(FileError) {
    if kind(path) == .directory { return }
    let above = parent(of: path)
    if above != path { try createDirectory(above) }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last("create", path) }
  }

  /// Moves a file and makes the move survive a power cut; never over another file.
  ///
  /// - Throws: ``FileError``.
  package static func moveFile(_ from: String, to: String) throws(FileError) {
    guard !exists(to) else { throw FileError(path: to, operation: "create", errno: EEXIST) }
    guard unsafe rename(from, to) == 0 else { throw .last("rename", from) }
    try syncDirectory(parent(of: to))
    try syncDirectory(parent(of: from))
  }

  /// - Throws: ``FileError``.
  package static func removeFile(_ path: String) throws(FileError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw .last("remove", path) }
  }

  /// Removes a directory and everything in it; nothing happens where there is none.
  ///
  /// - Throws: ``FileError``.
  package static func removeDirectory(_ path: String) throws(FileError) {
    guard kind(path) == .directory else { return }
    for name in try listDirectory(path) {
      let child = path + "/" + name
      var status = stat()
      // A link is removed, never followed.
      guard unsafe lstat(child, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        try removeDirectory(child)
      } else {
        try removeFile(child)
      }
    }
    guard unsafe rmdir(path) == 0 else { throw .last("remove", path) }
  }

  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// The absolute path, links resolved; nil if there is nothing.
  package static func resolve(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// - Throws: ``FileError``.
  static func syncDirectory(_ path: String) throws(FileError) {
    let directory = try OpenFile(path, O_RDONLY | O_DIRECTORY)
    try directory.sync()
  }
}
