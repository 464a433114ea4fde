import ByteStreams
import Glibc
import Testing

@Suite("Lock")
struct FileLockTests {
  @Test("is busy while it is held, and free afterwards")
  func busy() throws {
    let directory = try TestDirectory()
    let path = directory.path("lock")
    do {
      let lock = try FileLock(path)
      #expect(permissions(path) == 0o600)
      let busy = #expect(throws: FileLock.Busy.self) { _ = try FileLock(path) }
      #expect(busy?.path == path)
      _ = consume lock
    }
    #expect(throws: Never.self) { try lockSoon(path) }
  }

  /// Takes a free lock. A program that another test starts just now has all descriptors of this
  /// process until its own code is loaded, so that the lock may be held for some moments more.
  private func lockSoon(_ path: String) throws {
    for _ in 0..<500 {
      do {
        _ = try FileLock(path)
        return
      } catch is FileLock.Busy {
        usleep(10_000)
      }
    }
    _ = try FileLock(path)
  }

  @Test("is busy for another process")
  func otherProcess() async throws {
    let directory = try TestDirectory()
    let path = directory.path("lock")
    let lock = try FileLock(path)
    await #expect(processExitsWith: .exitCode(75)) { [path = path as String] in
      do {
        let lock = try FileLock(path)
        _ = consume lock
      } catch is FileLock.Busy {
        exit(75)
      }
    }
    _ = consume lock
  }

  @Test("dies with the process that held it")
  func death() async throws {
    let directory = try TestDirectory()
    let path = directory.path("lock")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try FileLock(path)
      kill(getpid(), SIGKILL)
      _ = consume lock
    }
    #expect(FileSystem.exists(path))
    #expect(throws: Never.self) { _ = try FileLock(path) }
  }

  @Test("cannot be where no file can be")
  func noPlace() throws {
    let directory = try TestDirectory()
    let error = #expect(throws: FileError.self) { _ = try FileLock(directory.path("none/lock")) }
    #expect(error?.operation == "create")
    #expect(error?.errno == ENOENT)
  }
}
