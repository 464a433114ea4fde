import ByteStreams
import Glibc
import Testing

@Suite("Second names of files")
struct FileLinkTests {
  @Test("a file gets a second name, which is never taken from another one")
  func linked() throws {
    let directory = try TestDirectory()
    let file = try directory.write("file", [1, 2, 3])
    let (link, copy) = (directory.path("link"), try directory.write("copy", [1, 2, 3]))
    try FileSystem.linkOrCopyFile(file, to: link)
    #expect(FileSystem.isSameFile(file, link))
    #expect(!FileSystem.isSameFile(file, copy))
    #expect(!FileSystem.isSameFile(file, directory.path("none")))
    #expect(FileSystem.entryStatus(link)?.names == 2)
    #expect(throws: FileError.self) { try FileSystem.linkOrCopyFile(file, to: copy) }
  }

  @Test("across file systems it is copied, with its permissions; a link is not followed")
  func copied() throws {
    let directory = try TestDirectory()
    let file = try directory.write("file", [1, 2, 3])
    #expect(unsafe chmod(file, 0o640) == 0)
    let elsewhere = "/dev/shm/payout-link-\(getpid())"
    let symbolic = directory.path("symbolic")
    #expect(unsafe symlink(file, symbolic) == 0)
    let isOther = unsafe access("/dev/shm", W_OK) == 0 && FileSystem.kind("/dev/shm") == .directory
    guard isOther else { return }
    defer { _ = unsafe unlink(elsewhere) }
    try FileSystem.linkOrCopyFile(file, to: elsewhere)
    #expect(try FileSystem.readFile(elsewhere) == [1, 2, 3])
    #expect(!FileSystem.isSameFile(file, elsewhere))
    var status = stat()
    #expect(unsafe stat(elsewhere, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
    _ = unsafe unlink(elsewhere)
    #expect(throws: FileError.self) { try FileSystem.linkOrCopyFile(symbolic, to: elsewhere) }
    #expect(FileSystem.entryKind(elsewhere) == .missing)
  }

  @Test("links are told from what they lead to")
  func entries() throws {
    let directory = try TestDirectory()
    let file = try directory.write("file", [1])
    for (name, target) in [("link", file), ("nowhere", directory.path("none"))] {
      #expect(unsafe symlink(target, directory.path(name)) == 0)
      #expect(FileSystem.entryKind(directory.path(name)) == .other)
      #expect(FileSystem.entryExists(directory.path(name)))
    }
    #expect(FileSystem.entryKind(file) == .file)
    #expect(FileSystem.entryKind(directory.path("none")) == .missing)
  }

  @Test("bytes that change are noticed, names that change are not")
  func bytes() throws {
    let directory = try TestDirectory()
    let file = try directory.write("file", [1, 2, 3])
    let before = try FileSystem.status(file)
    try FileSystem.linkOrCopyFile(file, to: directory.path("link"))
    #expect(try FileSystem.status(file).hasBytes(of: before))
    try FileSystem.removeFile(file)
    _ = try directory.write("file", [1, 2, 3])
    #expect(try !FileSystem.status(file).hasBytes(of: before))
  }

  @Test("files are compared byte by byte")
  func compared() throws {
    let directory = try TestDirectory()
    // More than one piece of what is read at a time.
    let bytes = (0..<(3 << 18)).map { UInt8(truncatingIfNeeded: $0 / 251) }
    let file = try directory.write("file", bytes)
    let link = directory.path("link")
    try FileSystem.linkOrCopyFile(file, to: link)
    #expect(try FileSystem.haveSameBytes(file, link))
    #expect(try FileSystem.haveSameBytes(file, directory.write("copy", bytes)))
    for position in [0, 1 << 18, bytes.count - 1] {
      var other = bytes
      other[position] ^= 1
      #expect(try !FileSystem.haveSameBytes(file, directory.write("other", other)))
    }
    #expect(try !FileSystem.haveSameBytes(file, directory.write("longer", bytes + [0])))
    let empty = try directory.write("empty", [])
    #expect(try FileSystem.haveSameBytes(empty, directory.write("empty too", [])))
    #expect(try !FileSystem.haveSameBytes(file, empty))
    #expect(throws: FileError.self) {
      try FileSystem.haveSameBytes(file, directory.path("none"))
    }
  }
}
