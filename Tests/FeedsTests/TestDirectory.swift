import ByteStreams
import CZlib
import Domain
import Feeds
import Glibc
import Testing

/// A directory for one test, removed with everything in it.
final class TestDirectory {
  let path: String

  init() throws {
    path = "\(P_tmpdir)/payout-feeds-\(getpid())-\(UInt64.random(in: .min ... .max))"
    try FileSystem.createDirectory(path)
  }

  deinit {
    try? FileSystem.removeDirectory(path)
  }

  /// Writes a file, compressed if its name ends in `.gz`, and returns its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = path + "/" + name
    // Without compression zlib writes bytes as they are.
    let mode = name.hasSuffix(".gz") ? "wb" : "wbT"
    let opened = unsafe gzopen(path, mode)
    let file = unsafe try #require(opened)
    let written = unsafe gzwrite(file, bytes, UInt32(bytes.count))
    let closed = unsafe gzclose(file)
    try #require(closed == Z_OK && Int(written) == bytes.count)
    return path
  }
}

/// Files that are there.
enum FeedFileOf {
  static func path(_ path: String, name: String) -> FeedFile {
    FeedFile(path: path, name: name, limits: Limits())
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    try FileSystem.readFile(path)
  }

  /// Takes characters off a file's name.
  static func rename(_ path: String, droppingLast count: Int) throws -> String {
    let shorter = String(path.dropLast(count))
    let result = unsafe Glibc.rename(path, shorter)
    try #require(result == 0)
    return shorter
  }
}
