import ByteStreams
import Glibc
import Testing

@Suite("File system")
struct FileSystemTests {
  @Test("tells what a path names")
  func kinds() throws {
    let directory = try TestDirectory()
    let file = try directory.write("file", [1, 2, 3])
    #expect(FileSystem.kind(file) == .file)
    #expect(FileSystem.kind(directory.path) == .directory)
    #expect(FileSystem.kind("/dev/null") == .other)
    #expect(FileSystem.kind(directory.path("none")) == .missing)
    // A file is no directory, so there is nothing in it.
    #expect(FileSystem.kind(file + "/x") == .missing)
    #expect(FileSystem.isDirectory(directory.path))
    #expect(!FileSystem.isDirectory(file))
    #expect(try FileSystem.status(file).size == 3)
    #expect(throws: FileError.self) { try FileSystem.status(directory.path("none")) }
  }

  @Test("takes what may not be looked at for something, not for nothing")
  func unknown() throws {
    let directory = try TestDirectory()
    let loop = directory.path("loop")
    #expect(unsafe symlink(loop, loop) == 0)
    #expect(FileSystem.kind(loop) == .other)
    #expect(FileSystem.exists(loop))
  }

  @Test("reads a whole file", arguments: [0, 1, 4095, 4096, 300_000])
  func read(count: Int) throws {
    let directory = try TestDirectory()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) }
    let path = try directory.write("x", bytes)
    #expect(try FileSystem.readFile(path) == bytes)
    #expect(try FileSystem.readFile(path, limit: count) == bytes)
    if count > 0 {
      let error = #expect(throws: FileError.self) {
        try FileSystem.readFile(path, limit: count - 1)
      }
      #expect(error?.errno == EFBIG)
    }
  }

  @Test("reads a file that does not say how large it is")
  func sizeless() throws {
    let bytes = try FileSystem.readFile("/proc/self/limits")
    #expect(bytes.starts(with: Array("Limit".utf8)))
    #expect(throws: FileError.self) { try FileSystem.readFile("/proc/self/limits", limit: 10) }
    // This one gives nothing more to whoever does not take all of it at once.
    #expect(try text("/proc/sys/kernel/ostype") == "Linux\n")
  }

  @Test("reads only regular files, and waits for none")
  func noFile() throws {
    let directory = try TestDirectory()
    let pipe = directory.path("pipe")
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    for path in [pipe, directory.path, directory.path("none")] {
      #expect(throws: FileError.self) { try FileSystem.readFile(path) }
    }
  }

  @Test("replaces a file as a whole, for its owner only")
  func replace() throws {
    let directory = try TestDirectory()
    let path = try directory.write("x", Array("old".utf8))
    #expect(unsafe chmod(path, 0o644) == 0)
    // Left by a process that ended, readable for all and longer than the new text.
    let stale = try directory.write("x.tmp", Array("half-written".utf8))
    #expect(unsafe chmod(stale, 0o666) == 0)
    try FileSystem.writeFileAtomically(path, Array("new".utf8))
    #expect(try text(path) == "new")
    #expect(permissions(path) == 0o600)
    #expect(try directory.names == ["x"])
  }

  @Test("leaves the old file when it cannot be replaced")
  func replaceFails() throws {
    let directory = try TestDirectory()
    try FileSystem.createDirectory(directory.path("d/in"))
    // A directory stands there.
    #expect(throws: FileError.self) {
      try FileSystem.writeFileAtomically(directory.path("d"), [1])
    }
    #expect(try directory.names == ["d"])
    #expect(throws: FileError.self) {
      try FileSystem.writeFileAtomically(directory.path("none/x"), [1])
    }
  }

  @Test("never writes through a link that stands in its way")
  func replaceLink() throws {
    let directory = try TestDirectory()
    let other = try directory.write("other", [1])
    #expect(unsafe symlink(other, directory.path("x.tmp")) == 0)
    try FileSystem.writeFileAtomically(directory.path("x"), [2])
    #expect(try FileSystem.readFile(other) == [1])
    #expect(try FileSystem.readFile(directory.path("x")) == [2])
  }

  @Test("lists names by their bytes")
  func list() throws {
    let directory = try TestDirectory()
    for name in ["b", "a", "B", "é", ".hidden", "a-b", "한"] { _ = try directory.write(name, []) }
    try FileSystem.createDirectory(directory.path("dir"))
    #expect(
      try directory.names == [".hidden", "B", "a", "a-b", "b", "dir", "é", "한"])
    #expect(try FileSystem.listDirectory(directory.path("none")) == [])
    #expect(try FileSystem.listDirectory(directory.path("a")) == [])
    #expect(try FileSystem.listDirectory(directory.path("dir")) == [])
  }

  @Test("makes directories for their owner only, with those above")
  func create() throws {
    let directory = try TestDirectory()
    try FileSystem.createDirectory(directory.path("a/b/c"))
    for path in ["a", "a/b", "a/b/c"] { #expect(permissions(directory.path(path)) == 0o700) }
    #expect(throws: Never.self) { try FileSystem.createDirectory(directory.path("a/b/c")) }
    let file = try directory.write("file", [])
    for path in [file, file + "/x"] {
      let error = #expect(throws: FileError.self) { try FileSystem.createDirectory(path) }
      #expect(error?.operation == "create")
    }
  }

  @Test("moves a file, never over another")
  func move() throws {
    let directory = try TestDirectory()
    let from = try directory.write("from", [1])
    try FileSystem.createDirectory(directory.path("d"))
    try FileSystem.moveFile(from, to: directory.path("d/to"))
    #expect(try directory.names == ["d"])
    #expect(try FileSystem.readFile(directory.path("d/to")) == [1])
    let other = try directory.write("other", [2])
    let error = #expect(throws: FileError.self) {
      try FileSystem.moveFile(other, to: directory.path("d/to"))
    }
    #expect(error == FileError(path: directory.path("d/to"), operation: "create", errno: EEXIST))
    #expect(try FileSystem.readFile(directory.path("d/to")) == [1])
    #expect(try FileSystem.readFile(other) == [2])
    #expect(throws: FileError.self) { try FileSystem.moveFile(from, to: directory.path("x")) }
  }

  @Test("writes a new file in pieces, in place of a link and not through it, or leaves nothing")
  func writeNewFile() throws {
    struct Stop: Error {}
    let directory = try TestDirectory()
    let other = try directory.write("other", [1])
    let path = directory.path("new")
    for synced in [false, true] {
      #expect(unsafe symlink(other, path) == 0)
      try FileSystem.writeNewFile(path, synced: synced) { file in
        try file.write([2])
        try file.write([3, 4])
      }
      #expect(FileSystem.entryKind(path) == .file)
      #expect(try FileSystem.readFile(path) == [2, 3, 4])
      #expect(throws: Stop.self) {
        try FileSystem.writeNewFile(path, synced: synced) { file in
          try file.write([5])
          throw Stop()
        }
      }
      #expect(try directory.names == ["other"])
    }
    #expect(try FileSystem.readFile(other) == [1])
  }

  @Test("removes files and links")
  func remove() throws {
    let directory = try TestDirectory()
    let file = try directory.write("x", [1])
    #expect(unsafe symlink(file, directory.path("link")) == 0)
    try FileSystem.removeFile(directory.path("link"))
    #expect(try directory.names == ["x"])
    try FileSystem.removeFile(file)
    #expect(throws: Never.self) { try FileSystem.removeFile(file) }
    #expect(throws: FileError.self) { try FileSystem.removeFile(directory.path) }
  }

  @Test("removes a directory with everything in it, and nothing that links in it lead to")
  func removeDirectory() throws {
    let directory = try TestDirectory()
    try FileSystem.createDirectory(directory.path("kept"))
    let kept = try directory.write("kept/x", [1])
    try FileSystem.createDirectory(directory.path("d/a/b"))
    _ = try directory.write("d/a/b/x", [])
    _ = try directory.write("d/.hidden", [])
    #expect(unsafe symlink(directory.path("kept"), directory.path("d/link")) == 0)
    // A name that is no UTF-8.
    let odd: [CChar] = Array(directory.path("d/").utf8CString.dropLast()) + [-1, -2, 0]
    #expect(unsafe mkdir(odd, 0o700) == 0)
    try FileSystem.removeDirectory(directory.path("d"))
    #expect(try directory.names == ["kept"])
    #expect(try FileSystem.readFile(kept) == [1])
    #expect(throws: Never.self) { try FileSystem.removeDirectory(directory.path("d")) }
  }

  @Test("removes a link to a directory, not the directory")
  func removeLink() throws {
    let directory = try TestDirectory()
    try FileSystem.createDirectory(directory.path("kept"))
    #expect(unsafe symlink(directory.path("kept"), directory.path("link")) == 0)
    try FileSystem.removeDirectory(directory.path("link"))
    #expect(try directory.names == ["kept"])
  }

  @Test(
    "takes paths apart",
    arguments: [
      ("a/b/c", "a/b", "c"), ("a", ".", "a"), ("/a", "/", "a"), ("/a/b", "/a", "b"),
      ("é/한", "é", "한"),
    ])
  func paths(path: String, parent: String, name: String) {
    #expect(FileSystem.parent(of: path) == parent)
    #expect(FileSystem.name(of: path) == name)
  }

  @Test("follows links to where a path leads")
  func resolve() throws {
    let directory = try TestDirectory()
    let file = try directory.write("x", [])
    #expect(unsafe symlink("x", directory.path("link")) == 0)
    #expect(FileSystem.resolve(directory.path("link")) == FileSystem.resolve(file))
    #expect(FileSystem.resolve(directory.path + "/../none") == nil)
  }
}
