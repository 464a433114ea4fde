import Glibc

extension FileSystem {
  /// The names in a directory, by their bytes; empty where there is no directory.
  ///
  /// - Throws: ``FileError``.
  package static func listDirectory(_ path: String) throws(FileError) -> [String] {
    let names: [[CChar]]
    do throws(FileError) {
      names = try entries(of: OpenFile(path, O_RDONLY | O_DIRECTORY))
    } catch {
      guard error.errno == ENOENT || error.errno == ENOTDIR else { throw error }
      return []
    }
    return names.map { name in
      String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a directory for its owner only, and those above it; they survive a power cut.
  ///
  /// - Throws: ``FileError``.
  package static func createDirectory(_ path: String) throws(FileError) {
    if kind(path) == .directory { return }
    let above = parent(of: path)
    if above != path { try createDirectory(above) }
    guard unsafe mkdir(path, 0o700) == 0 else {
      let error = FileError.last("create", path)
      // Another process may have been faster.
      guard error.errno == EEXIST, kind(path) == .directory else { throw error }
      return
    }
    try syncDirectory(above)
  }

  /// Removes a directory and everything in it, or a link itself; nothing happens where there is
  /// none.
  ///
  /// - Throws: ``FileError``.
  package static func removeDirectory(_ path: String) throws(FileError) {
    if unsafe unlink(path) == 0 || errno == ENOENT { return }
    guard errno == EISDIR else { throw .last("remove", path) }
    try removeEntries(of: OpenFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
    guard unsafe rmdir(path) == 0 else { throw .last("remove", path) }
  }

  /// Removes what is in a directory; a link is removed, never followed.
  private static func removeEntries(of directory: borrowing OpenFile) throws(FileError) {
    let path = directory.path
    for name in try entries(of: directory) {
      if unsafe unlinkat(directory.descriptor, name, 0) == 0 || errno == ENOENT { continue }
      guard errno == EISDIR else { throw .last("remove a file of", path) }
      let child = unsafe openat(
        directory.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard child >= 0 else { throw .last("open a directory of", path) }
      try removeEntries(of: OpenFile(adopting: child, path: path))
      guard unsafe unlinkat(directory.descriptor, name, AT_REMOVEDIR) == 0 else {
        throw .last("remove a directory of", path)
      }
    }
  }

  /// The names in a directory as the operating system has them, each with a zero at its end.
  private static func entries(of directory: borrowing OpenFile) throws(FileError) -> [[CChar]] {
    let path = directory.path
    // The stream takes its descriptor with it when it is closed.
    let descriptor = fcntl(directory.descriptor, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { throw .last("read", path) }
    guard let stream = unsafe fdopendir(descriptor) else {
      let error = FileError.last("read", path)
      close(descriptor)
      throw error
    }
    defer { unsafe closedir(stream) }
    var names: [[CChar]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw .last("read", path) }
        return names
      }
      let name = unsafe name(of: entry)
      if name != [0x2E, 0] && name != [0x2E, 0x2E, 0] { names.append(name) }
    }
  }

  @unsafe private static func name(of entry: UnsafeMutablePointer<dirent>) -> [CChar] {
    unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
      unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { start in
        unsafe Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
      }
    }
  }

  /// Makes the names in a directory survive a power cut.
  ///
  /// - Throws: ``FileError``.
  package static func syncDirectory(_ path: String) throws(FileError) {
    let directory = try OpenFile(path, O_RDONLY | O_DIRECTORY)
    try directory.sync()
  }
}
