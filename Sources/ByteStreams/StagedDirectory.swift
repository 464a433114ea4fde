import CLinux
import Glibc

/// A directory that is built beside its final place and becomes visible as a whole.
package final class StagedDirectory {
  /// A file that was written.
  package struct Output: Hashable, Sendable {
    package var path: String
    package var digest: SHA256Digest
    package var bytes: Int
  }

  private let final: String
  private let staging: String
  private var created: Set<String> = []
  private var files: [Output] = []

  /// Begins to build; what dead processes left of earlier attempts is removed first.
  ///
  /// - Precondition: The caller holds the lock of the workspace.
  /// - Throws: ``FileError``.
  package init(final: String) throws(FileError) {
    self.final = final
    let parent = FileSystem.parent(of: final)
    let prefix = ".\(FileSystem.name(of: final)).staged"
    try FileSystem.createDirectory(parent)
    for name in try FileSystem.listDirectory(parent) where name.hasPrefix(prefix) {
      try FileSystem.removeDirectory(parent + "/" + name)
    }
    staging = parent + "/" + prefix
    guard unsafe mkdir(staging, 0o700) == 0 else { throw .last("create", staging) }
  }

  /// Everything written so far, by the bytes of the paths.
  package var outputs: [Output] {
    files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Writes a file.
  ///
  /// - Throws: ``FileError``.
  package func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    var file = try stream(path)
    try file.write(bytes)
    try finish(file)
  }

  /// Opens a file to be written piece by piece; ``finish(_:)`` ends it.
  ///
  /// - Throws: ``FileError``.
  package func stream(_ path: String) throws(FileError) -> StagedFile {
    precondition(!path.hasPrefix("/") && !path.split(separator: "/").contains(".."))
    let parent = FileSystem.parent(of: path)
    if parent != ".", created.insert(parent).inserted {
      try FileSystem.createDirectory(staging + "/" + parent)
    }
    return StagedFile(
      path: path,
      file: try OpenFile(
        staging + "/" + path, O_WRONLY | O_CREAT | O_EXCL, operation: "create"))
  }

  /// Ends a file and remembers its digest.
  package func finish(_ file: consuming StagedFile) throws(FileError) {
    files.append(file.close())
  }

  /// Makes the directory visible in its final place, in one step.
  ///
  /// - Throws: ``FileError``.
  package func publish() throws(FileError) {
    try syncFileSystem()
    if FileSystem.exists(final) {
      try exchange()
      try FileSystem.removeDirectory(staging)
    } else if unsafe rename(staging, final) != 0 {
      throw .last("rename", staging)
    }
    try FileSystem.syncDirectory(FileSystem.parent(of: final))
  }

  /// Removes what was built.
  ///
  /// - Throws: ``FileError``.
  package func discard() throws(FileError) {
    try FileSystem.removeDirectory(staging)
  }

  /// One sync for all files: tens of thousands of single ones would take minutes.
  private func syncFileSystem() throws(FileError) {
    let directory = try OpenFile(staging, O_RDONLY | O_DIRECTORY)
    guard syncfs(directory.descriptor) == 0 else { throw .last("sync", staging) }
  }

  /// Swaps the two directories; where the file system cannot, moves the old one away first.
  private func exchange() throws(FileError) {
    let renameExchange: UInt32 = 2
    if unsafe renameat2(AT_FDCWD, staging, AT_FDCWD, final, renameExchange) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS else { throw .last("rename", staging) }
    let old = staging + "-old"
    guard unsafe rename(final, old) == 0 else { throw .last("rename", final) }
    guard unsafe rename(staging, final) == 0 else { throw .last("rename", staging) }
    guard unsafe rename(old, staging) == 0 else { throw .last("rename", old) }
  }
}

/// A file of a staged directory while it is written.
package struct StagedFile: ~Copyable {
  private static let bufferBytes = 1 << 18

  private let path: String
  private let file: OpenFile
  private var hasher = SHA256Hasher()
  private var written = 0

  init(path: String, file: consuming OpenFile) {
    self.path = path
    self.file = file
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError``.
  package mutating func write(_ bytes: [UInt8]) throws(FileError) {
    try file.write(bytes, 0..<bytes.count)
    hasher.update(bytes, 0..<bytes.count)
    written += bytes.count
  }

  consuming func close() -> StagedDirectory.Output {
    let path = path
    let written = written
    return StagedDirectory.Output(path: path, digest: hasher.finish(), bytes: written)
  }
}
