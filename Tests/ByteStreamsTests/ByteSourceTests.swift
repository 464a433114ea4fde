import ByteStreams
import Glibc
import TestSupport
import Testing

/// Reads a file to its end, `chunk` bytes at a time.
func contents(
  _ path: String, chunk: Int = 1 << 16, limit: ExpansionLimit = ExpansionLimit()
) throws(ByteSourceFault) -> [UInt8] {
  var source = try ByteSource(path: path, compression: Compression(name: path), limit: limit)
  var all: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: chunk + 2)
  while true {
    let read = try source.read(into: &buffer, at: 1, count: chunk)
    all += buffer[1..<(1 + read)]
    // Only the end gives fewer, and the end stays the end.
    if read < chunk {
      #expect(try source.read(into: &buffer, at: 0, count: chunk) == 0)
      #expect(source.position == all.count)
      return all
    }
  }
}

@Suite("Byte source")
struct ByteSourceTests {
  private static let sample = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }

  @Test("gives a file's bytes, whatever the chunk", arguments: [1, 2, 7, 999, 1000, 1001, 65536])
  func plain(chunk: Int) throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.csv", ByteSourceTests.sample)
    #expect(try contents(path, chunk: chunk) == ByteSourceTests.sample)
  }

  @Test("writes only where it was asked to")
  func surroundings() throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.csv", [1, 2, 3, 4])
    var source = try ByteSource(path: path)
    var buffer = [UInt8](repeating: 9, count: 6)
    #expect(try source.read(into: &buffer, at: 2, count: 3) == 3)
    #expect(buffer == [9, 9, 1, 2, 3, 9])
    #expect(try source.read(into: &buffer, at: 0, count: 0) == 0)
    #expect(source.position == 3)
    #expect(try source.read(into: &buffer, at: 5, count: 1) == 1)
    #expect(buffer == [9, 9, 1, 2, 3, 4])
  }

  @Test("gives nothing of an empty file")
  func empty() throws {
    let directory = try TestDirectory()
    #expect(try contents(directory.write("x.csv", [])) == [])
  }

  @Test(
    "a name says how a file is compressed",
    arguments: [
      ("x.csv.gz", .gzip), ("x.zst", .zstd), ("X.ZIP", .zip), ("x.gz.csv", nil), ("gz", nil),
      (".zip", .zip), ("x.zip~12345678", nil),
    ] as [(String, Compression?)])
  func names(name: String, compression: Compression?) {
    #expect(Compression(name: name) == compression)
  }

  @Test(
    "skips to a position, and no further than the end",
    arguments: ["x.csv", "x.csv.gz", "x.zst", "x.zip"])
  func skip(name: String) throws {
    let directory = try TestDirectory()
    let sample = ByteSourceTests.sample
    let bytes =
      switch Compression(name: name) {
      case nil: sample
      case .gzip: Gzip.stored(sample)
      case .zstd: Zstd.stored(sample)
      case .zip: Zip.archive([Zip.File("x", sample)])
      }
    let path = try directory.write(name, bytes)
    var source = try ByteSource(path: path, compression: Compression(name: name))
    var buffer = [UInt8](repeating: 0, count: 10)
    for offset in [0, 0, 17, 500, 990] {
      try source.skip(to: offset)
      #expect(source.position == offset)
      if offset > 0 {
        #expect(try source.read(into: &buffer, at: 0, count: 5) == 5)
        #expect(Array(buffer[..<5]) == Array(sample[offset..<(offset + 5)]))
      }
    }
    try source.skip(to: 5000)
    #expect(source.position == 1000)
    #expect(try source.read(into: &buffer, at: 0, count: 5) == 0)
  }

  @Test("reads nothing but regular files, and waits for none", arguments: ["x.csv", "x.csv.zip"])
  func kinds(name: String) throws {
    let directory = try TestDirectory()
    let pipe = directory.path(name)
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    for path in [pipe, directory.path, "/dev/zero"] {
      #expect(throws: ByteSourceFault.notARegularFile(path)) {
        _ = try ByteSource(path: path, compression: Compression(name: name))
      }
    }
  }

  @Test("says why a file cannot be opened")
  func missing() throws {
    let directory = try TestDirectory()
    let path = directory.path("none.csv")
    let error = FileError(path: path, operation: "open", errno: ENOENT)
    #expect(throws: ByteSourceFault.io(error)) { _ = try ByteSource(path: path) }
  }
}
