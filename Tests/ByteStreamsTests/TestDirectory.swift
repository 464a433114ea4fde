import ByteStreams
import Glibc
import TestSupport
import Testing

/// A directory for one test, removed with everything in it.
final class TestDirectory {
  let path: String

  init() throws {
    let number = UInt64.random(in: .min ... .max)
    path = "\(P_tmpdir)/payout-bytestreams-\(getpid())-\(number)"
    try FileSystem.createDirectory(path)
  }

  deinit {
    _ = unsafe chmod(path, 0o700)
    try? FileSystem.removeDirectory(path)
  }

  func path(_ name: String) -> String {
    path + "/" + name
  }

  /// Writes a file, without the syncing that would take most of the time of the tests, and returns
  /// its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let descriptor = unsafe open(path(name), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    let written = unsafe Glibc.write(descriptor, bytes, bytes.count)
    try #require(written == bytes.count)
    return path(name)
  }

  var names: [String] {
    get throws { try FileSystem.listDirectory(path) }
  }
}

/// The permission bits of a path, links not followed; nil if there is nothing.
func permissions(_ path: String) -> UInt32? {
  var status = stat()
  guard unsafe lstat(path, &status) == 0 else { return nil }
  return status.st_mode & 0o7777
}

/// The text of a file.
func text(_ path: String) throws -> String {
  String(decoding: try FileSystem.readFile(path), as: UTF8.self)
}

/// Bytes that a seed repeats.
func randomBytes(_ count: Int, using generator: inout SeededGenerator) -> [UInt8] {
  (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
}
