import ByteStreams
import Glibc
import Testing

@Suite("Files written beside their place and read in any order")
struct ReplacingFileTests {
  struct Failure: Error {}

  @Test("it appears whole, for its owner only, with the digest told", arguments: [true, false])
  func appears(synced: Bool) throws {
    let directory = try TestDirectory()
    let output = try ReplacingFile.write(directory.path("a"), synced: synced) { file in
      try file.write(words: [1, 2])
      #expect(try directory.names == ["a.tmp"])
      // More than is buffered.
      try file.write(words: Array(repeating: 3, count: 100_000))
    }
    #expect(try directory.names == ["a"])
    #expect(permissions(directory.path("a")) == 0o600)
    let (digest, bytes) = try SHA256Digest.ofFile(directory.path("a"))
    #expect(output.path == directory.path("a"))
    #expect(output.digest == digest)
    #expect(output.bytes == bytes && bytes == 800_016)
  }

  @Test("if it fails, all is as before")
  func fails() throws {
    let directory = try TestDirectory()
    let path = try directory.write("a", [65])
    #expect(throws: Failure.self) {
      try ReplacingFile.write(path, synced: true) { file in
        try file.write(words: [1])
        throw Failure()
      }
    }
    #expect(try directory.names == ["a"])
    #expect(try text(path) == "A")
  }

  @Test("a link that was left beside it is not followed")
  func link() throws {
    let directory = try TestDirectory()
    let victim = try directory.write("victim", [65])
    #expect(unsafe symlink(victim, directory.path("a.tmp")) == 0)
    _ = try ReplacingFile.write(directory.path("a"), synced: false) { try $0.write(words: [1]) }
    #expect(try text(victim) == "A")
    #expect(try directory.names == ["a", "victim"])
  }

  @Test("a directory in its place stays")
  func directoryInPlace() throws {
    let directory = try TestDirectory()
    try FileSystem.createDirectory(directory.path("a"))
    #expect(throws: FileError.self) {
      try ReplacingFile.write(directory.path("a"), synced: false) { try $0.write(words: [1]) }
    }
    #expect(try directory.names == ["a"])
  }

  @Test("words are read from any place, and never beyond the end")
  func readAnywhere() throws {
    let directory = try TestDirectory()
    let path = directory.path("a")
    _ = try ReplacingFile.write(path, synced: false) { try $0.write(words: Array(0..<1000)) }
    let file = try RandomAccessFile(path)
    #expect(file.size == 8000)
    var words = [UInt64](repeating: 7, count: 10)
    try file.read(into: &words, count: 9, offset: 990 * 8)
    #expect(words == Array(990..<999) + [7])
    try file.read(into: &words, count: 0, offset: 9000)
    #expect(words[9] == 7)
    do {
      try file.read(into: &words, count: 10, offset: 991 * 8)
      Issue.record("words behind the end were read")
    } catch {
      #expect(error == FileError(path: path, operation: "read", errno: EIO))
    }
  }

  @Test("only a regular file is opened")
  func noRegularFile() throws {
    let directory = try TestDirectory()
    for path in [directory.path, directory.path("none"), "/dev/null"] {
      #expect(throws: FileError.self) { _ = try RandomAccessFile(path) }
    }
  }
}
