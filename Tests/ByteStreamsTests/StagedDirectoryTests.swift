import ByteStreams
import Glibc
import Testing

@Suite("Staged directory")
struct StagedDirectoryTests {
  /// Writes a directory with one file and publishes it.
  private func publish(_ final: String, _ name: String, _ content: String) throws {
    let staged = try StagedDirectory(final: final)
    try staged.write(name, Array(content.utf8))
    try staged.publish()
  }

  /// A number that no process has: it is larger than any that the system gives.
  private func deadProcess() throws -> pid_t {
    let most = try text("/proc/sys/kernel/pid_max").split(separator: "\n").first ?? "4194304"
    return (pid_t(most) ?? 4_194_304) + 1
  }

  @Test("is seen only once it is published, for its owner only")
  func publication() throws {
    let directory = try TestDirectory()
    let final = directory.path("outbox/2026-10")
    let staged = try StagedDirectory(final: final)
    try staged.write("run.json", Array("{}".utf8))
    try staged.write("statements/a/P-1.csv", Array("x".utf8))
    #expect(FileSystem.kind(final) == .missing)
    #expect(
      try FileSystem.listDirectory(directory.path("outbox")) == [".2026-10.staged-\(getpid())"])
    try staged.publish()
    #expect(try FileSystem.listDirectory(directory.path("outbox")) == ["2026-10"])
    #expect(try text(final + "/run.json") == "{}")
    #expect(try text(final + "/statements/a/P-1.csv") == "x")
    for path in ["", "/statements", "/statements/a"] { #expect(permissions(final + path) == 0o700) }
    #expect(permissions(directory.path("outbox")) == 0o700)
    for path in ["/run.json", "/statements/a/P-1.csv"] {
      #expect(permissions(final + path) == 0o600)
    }
  }

  @Test("remembers its files, by the bytes of their paths")
  func outputs() throws {
    let directory = try TestDirectory()
    let staged = try StagedDirectory(final: directory.path("final"))
    for path in ["b", "a/z", "a-b", "B", "é"] { try staged.write(path, Array(path.utf8)) }
    #expect(staged.outputs.map(\.path) == ["B", "a-b", "a/z", "b", "é"])
    for output in staged.outputs {
      #expect(output.bytes == output.path.utf8.count)
      #expect(output.digest == SHA256Digest.of(Array(output.path.utf8)))
    }
  }

  @Test(
    "takes a file in pieces of any size",
    arguments: [1000, 1 << 18, (1 << 18) - 1, (1 << 18) + 1, 700_000])
  func pieces(size: Int) throws {
    let directory = try TestDirectory()
    let final = directory.path("final")
    let staged = try StagedDirectory(final: final)
    let bytes = (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0 / 5) }
    var file = try staged.stream("big")
    for start in stride(from: 0, to: bytes.count, by: size) {
      try file.write(Array(bytes[start..<min(start + size, bytes.count)]))
      try file.write([])
    }
    try staged.finish(file)
    try staged.publish()
    #expect(try FileSystem.readFile(final + "/big") == bytes)
    #expect(staged.outputs.map(\.bytes) == [bytes.count])
    #expect(staged.outputs.map(\.digest) == [SHA256Digest.of(bytes)])
  }

  @Test("writes two files at a time")
  func interleaved() throws {
    let directory = try TestDirectory()
    let staged = try StagedDirectory(final: directory.path("final"))
    var one = try staged.stream("one")
    var two = try staged.stream("two")
    try one.write([1])
    try two.write([2])
    try one.write([3])
    try staged.finish(two)
    try staged.finish(one)
    try staged.publish()
    #expect(try FileSystem.readFile(directory.path("final/one")) == [1, 3])
    #expect(try FileSystem.readFile(directory.path("final/two")) == [2])
  }

  @Test("takes the place of a directory as a whole")
  func replacement() throws {
    let directory = try TestDirectory()
    let final = directory.path("final")
    try publish(final, "old/a", "1")
    try publish(final, "new", "2")
    #expect(try FileSystem.listDirectory(final) == ["new"])
    #expect(try directory.names == ["final"])
  }

  @Test("does not write a file twice")
  func twice() throws {
    let directory = try TestDirectory()
    let staged = try StagedDirectory(final: directory.path("final"))
    try staged.write("a", [1])
    let error = #expect(throws: FileError.self) { try staged.write("a", [2]) }
    #expect(error?.operation == "create")
    #expect(error?.errno == EEXIST)
    #expect(staged.outputs.count == 1)
  }

  @Test("does not take the place of a file")
  func overFile() throws {
    let directory = try TestDirectory()
    let final = try directory.write("final", [1])
    let staged = try StagedDirectory(final: final)
    try staged.write("a", [2])
    #expect(throws: FileError.self) { try staged.publish() }
    staged.discard()
    #expect(try FileSystem.readFile(final) == [1])
    #expect(try directory.names == ["final"])
  }

  @Test("leaves nothing when it is discarded")
  func discard() throws {
    let directory = try TestDirectory()
    let final = directory.path("final")
    try publish(final, "a", "1")
    let staged = try StagedDirectory(final: final)
    try staged.write("b/c", [1])
    let unfinished = try staged.stream("d")
    _ = consume unfinished
    staged.discard()
    #expect(try directory.names == ["final"])
    #expect(try text(final + "/a") == "1")
  }

  @Test("removes what dead processes left, and nothing else")
  func stale() throws {
    let directory = try TestDirectory()
    let dead = try deadProcess()
    // The first process of the system is always alive.
    let kept = [
      ".final.staged-1", ".final.staged-x", ".final2.staged-\(dead)", ".final.staged",
      "final.staged-\(dead)",
    ]
    // In containers the number of a dead process may be our own.
    for name in kept + [".final.staged-\(dead)", ".final.staged-\(getpid())"] {
      try FileSystem.createDirectory(directory.path(name + "/sub"))
    }
    try publish(directory.path("final"), "a", "1")
    #expect(Set(try directory.names) == Set(kept + ["final"]))
  }

  @Test("puts back a directory that a dead process had only moved away")
  func recovery() throws {
    let directory = try TestDirectory()
    let final = directory.path("final")
    try publish(final, "a", "old")
    let stale = ".final.staged-\(try deadProcess())"
    #expect(unsafe rename(final, directory.path(stale + "-old")) == 0)
    try FileSystem.createDirectory(directory.path(stale))
    let staged = try StagedDirectory(final: final)
    #expect(try text(final + "/a") == "old")
    staged.discard()
    #expect(try directory.names == ["final"])
  }

  @Test("removes a replaced directory that a dead process left")
  func replacedLeft() throws {
    let directory = try TestDirectory()
    let final = directory.path("final")
    try publish(final, "a", "new")
    let stale = ".final.staged-\(try deadProcess())-old"
    try FileSystem.createDirectory(directory.path(stale))
    try StagedDirectory(final: final).discard()
    #expect(try directory.names == ["final"])
    #expect(try text(final + "/a") == "new")
  }

  @Test("can be replaced in steps where the file system cannot exchange")
  func steps() throws {
    let directory = try TestDirectory()
    for name in ["place", "new"] {
      try FileSystem.createDirectory(directory.path(name))
      _ = try directory.write(name + "/a", Array(name.utf8))
    }
    try FileSystem.replaceInSteps(
      directory.path("place"), by: directory.path("new"), movingOldTo: directory.path("old"))
    #expect(try text(directory.path("place/a")) == "new")
    #expect(try text(directory.path("old/a")) == "place")
    // Nothing to put there: the old one comes back.
    #expect(throws: FileError.self) {
      try FileSystem.replaceInSteps(
        directory.path("place"), by: directory.path("none"), movingOldTo: directory.path("away"))
    }
    #expect(try directory.names == ["old", "place"])
  }

  @Test(
    "traps on paths that lead outside",
    arguments: ["/etc/x", "../x", "a/../x", "a//b", "a/", "", "./a"])
  func outside(path: String) async throws {
    await #expect(processExitsWith: .failure) { [path] in
      let directory = try TestDirectory()
      let staged = try StagedDirectory(final: directory.path("final"))
      // An error is no failure here: only the trap is.
      try? staged.write(path, [])
      exit(EXIT_SUCCESS)
    }
  }

  @Test("traps on a file that was not finished")
  func unfinished() async {
    await #expect(processExitsWith: .failure) {
      let directory = try TestDirectory()
      let staged = try StagedDirectory(final: directory.path("final"))
      let file = try staged.stream("a")
      _ = consume file
      try? staged.publish()
      exit(EXIT_SUCCESS)
    }
  }
}
