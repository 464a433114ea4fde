import CLinux
import Glibc

/// A directory that is built beside its final place and becomes visible as a whole.
///
/// It is named after the process that builds it. Where the file system cannot exchange two
/// directories in one step, the one that is replaced has the same name with `-old` behind it.
package final class StagedDirectory {
  /// A file that was written.
  package struct Output: Hashable, Sendable {
    /// Relative to the directory.
    package var path: String
    package var digest: SHA256Digest
    package var bytes: Int

    package init(path: String, digest: SHA256Digest, bytes: Int) {
      self.path = path
      self.digest = digest
      self.bytes = bytes
    }
  }

  private let final: String
  /// Where it is until it becomes visible.
  package let staging: String
  /// Open all the while, so that the last sync also reports what went wrong before it.
  private let directory: OpenFile
  private var created: Set<String> = []
  private var files: [Output] = []
  /// Files that stand elsewhere.
  private var noted: Set<String> = []
  private var unfinished = 0

  /// Begins to build; what dead processes left of earlier attempts is removed first.
  ///
  /// - Precondition: The caller holds the lock of the workspace.
  /// - Throws: ``FileError``.
  package init(final: String) throws(FileError) {
    let parent = FileSystem.parent(of: final)
    let name = FileSystem.name(of: final)
    try FileSystem.createDirectory(parent)
    try StagedDirectory.cleanUp(parent, only: name)
    let staging = "\(parent)/.\(name)\(StagedDirectory.mark)\(getpid())"
    guard unsafe mkdir(staging, 0o700) == 0 else { throw .last("create", staging) }
    self.final = final
    self.staging = staging
    directory = try OpenFile(staging, O_RDONLY | O_DIRECTORY)
  }

  /// Between the name of the final directory and the number of the process.
  private static let mark = ".staged-"

  /// Removes what dead processes left in a directory, but first puts back what one of them had
  /// moved away.
  ///
  /// - Parameter only: The name of the one final directory that is looked at; nil for all.
  /// - Precondition: The caller holds the lock of the workspace.
  /// - Throws: ``FileError``.
  package static func cleanUp(_ parent: String, only: String? = nil) throws(FileError) {
    for name in try FileSystem.listDirectory(parent) {
      guard let (finalName, isOld) = leftover(name), only == nil || only == finalName else {
        continue
      }
      let path = parent + "/" + name
      let final = parent + "/" + finalName
      if isOld, FileSystem.kind(final) == .missing {
        guard unsafe rename(path, final) == 0 else { throw .last("rename", path) }
        try FileSystem.syncDirectory(parent)
      } else {
        try FileSystem.removeDirectory(path)
      }
    }
  }

  /// What a dead process was building under a name, and whether that has what stood there before.
  private static func leftover(_ name: String) -> (final: String, isOld: Bool)? {
    guard name.hasPrefix("."), let place = name.ranges(of: mark).last else { return nil }
    var number = name[place.upperBound...]
    let isOld = number.hasSuffix("-old")
    if isOld { number.removeLast(4) }
    guard let process = pid_t(number), process > 0, !isAlive(process) else { return nil }
    return (String(name[..<place.lowerBound].dropFirst()), isOld)
  }

  /// Whether another process has this number; in containers an earlier one had our own.
  private static func isAlive(_ process: pid_t) -> Bool {
    process != getpid() && (kill(process, 0) == 0 || errno != ESRCH)
  }

  /// Everything written so far, by the bytes of the paths.
  package var outputs: [Output] {
    files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Writes a file.
  ///
  /// - Precondition: As for ``stream(_:)``.
  /// - Throws: ``FileError``.
  package func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    var file = try stream(path)
    try file.put(bytes)
    try finish(file)
  }

  /// Counts a file among the outputs that is not written again, since it stands elsewhere.
  package func note(_ output: Output) {
    files.append(output)
    noted.insert(output.path)
  }

  /// Whether a file was only noted.
  package func isNoted(_ path: String) -> Bool { noted.contains(path) }

  /// Copies a file into the directory.
  ///
  /// - Precondition: As for ``stream(_:)``.
  /// - Throws: ``FileError``.
  package func copy(_ source: String, to path: String) throws(FileError) {
    let input = try FileSystem.openRegularFile(source)
    var file = try stream(path)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try input.read(into: &buffer, at: 0, count: buffer.count)
      if count == 0 { break }
      try file.write(Array(buffer[..<count]))
    }
    try finish(file)
  }

  /// Takes a file that something else has written into ``staging``.
  ///
  /// - Throws: ``FileError``.
  package func adopt(_ path: String) throws(FileError) {
    guard unsafe fchmodat(directory.descriptor, path, 0o600, 0) == 0 else {
      throw .last("protect", staging + "/" + path)
    }
    let (digest, bytes) = try SHA256Digest.ofFile(staging + "/" + path)
    files.append(Output(path: path, digest: digest, bytes: bytes))
  }

  /// Opens a file to be written piece by piece; ``finish(_:)`` ends it.
  ///
  /// - Precondition: The path is relative and has no empty component, no `.` and no `..`.
  /// - Throws: ``FileError``, also if there is such a file.
  package func stream(_ path: String) throws(FileError) -> StagedFile {
    precondition(
      StagedDirectory.liesInside(path), "a path of a staged directory must lie inside it")
    if path.utf8.contains(UInt8(ascii: "/")) { try createDirectory(FileSystem.parent(of: path)) }
    let file = try open(path)
    unfinished += 1
    return StagedFile(path: path, file: file)
  }

  /// Whether each component of a path is the name of something; byte by byte, as there are hundreds of
  /// thousands of paths.
  private static func liesInside(_ path: String) -> Bool {
    // How long the component is, and how many dots it has if it has nothing else.
    var (length, dots) = (0, 0)
    for byte in path.utf8 {
      switch byte {
      case 0: return false
      case UInt8(ascii: "/"):
        if length == dots, length <= 2 { return false }
        (length, dots) = (0, 0)
      default:
        length += 1
        if byte == UInt8(ascii: ".") { dots += 1 }
      }
    }
    return length != dots || length > 2
  }

  private func open(_ path: String) throws(FileError) -> OpenFile {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = unsafe openat(directory.descriptor, path, flags, 0o600)
    guard descriptor >= 0 else { throw .last("create", staging + "/" + path) }
    return OpenFile(adopting: descriptor, path: staging + "/" + path)
  }

  private func createDirectory(_ path: String) throws(FileError) {
    guard created.insert(path).inserted else { return }
    let above = FileSystem.parent(of: path)
    if above != "." { try createDirectory(above) }
    guard unsafe mkdirat(directory.descriptor, path, 0o700) == 0 else {
      throw .last("create", staging + "/" + path)
    }
  }

  /// Ends a file and remembers its digest.
  ///
  /// - Throws: ``FileError``.
  package func finish(_ file: consuming StagedFile) throws(FileError) {
    files.append(try file.close())
    unfinished -= 1
  }

  /// Makes the directory visible in its final place, in one step.
  ///
  /// What stood there before is removed last. If that fails it is no error, as all is published;
  /// the next attempt removes it.
  ///
  /// - Precondition: Every stream is finished, and no file only noted.
  /// - Throws: ``FileError``; unless it is in its place by then, what was built is removed.
  package func publish() throws(FileError) {
    precondition(
      unfinished == 0 && noted.isEmpty, "a file of a staged directory is not finished")
    // One sync for all files: tens of thousands of single ones would take minutes.
    let replaced: String?
    do throws(FileError) {
      guard syncfs(directory.descriptor) == 0 else { throw .last("sync", staging) }
      replaced = try moveIntoPlace()
    } catch {
      discard()
      throw error
    }
    try FileSystem.syncDirectory(FileSystem.parent(of: final))
    if let replaced { try? FileSystem.removeDirectory(replaced) }
  }

  /// - Returns: Where the directory is now that stood in the final place.
  private func moveIntoPlace() throws(FileError) -> String? {
    switch FileSystem.kind(final) {
    case .missing:
      guard unsafe rename(staging, final) == 0 else { throw .last("rename", staging) }
      return nil
    case .directory:
      if try FileSystem.exchange(staging, final) { return staging }
      let old = staging + "-old"
      try FileSystem.replaceInSteps(final, by: staging, movingOldTo: old)
      return old
    case .file, .other:
      throw FileError(path: final, operation: "create", errno: EEXIST)
    }
  }

  /// Removes what was built; if that fails, the next attempt removes it.
  package func discard() {
    try? FileSystem.removeDirectory(staging)
  }
}
