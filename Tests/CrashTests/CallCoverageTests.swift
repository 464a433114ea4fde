import Foundation
import Testing

@Suite("What is disturbed")
struct CallCoverageTests {
  /// The calls of Linux that change files, and what `disturb.c` calls them.
  private static let calls: [String: String] = [
    "open": "openat", "openat": "openat", "openat2": "openat", "creat": "openat",
    "write": "write", "pwrite64": "pwrite64", "writev": "writev", "pwritev": "pwritev",
    "pwritev2": "pwritev", "rename": "rename", "renameat": "rename", "renameat2": "rename",
    "link": "link", "linkat": "link", "symlink": "symlink", "symlinkat": "symlink",
    "unlink": "unlink", "unlinkat": "unlink", "rmdir": "unlink", "mkdir": "mkdir",
    "mkdirat": "mkdir", "mknod": "mknod", "mknodat": "mknod", "fsync": "fsync",
    "fdatasync": "fdatasync", "syncfs": "syncfs", "sync": "sync", "msync": "msync",
    "sync_file_range": "sync_file_range", "ftruncate": "ftruncate", "truncate": "truncate",
    "fallocate": "fallocate", "chmod": "chmod", "fchmod": "chmod", "fchmodat": "chmod",
    "chown": "chown", "lchown": "chown", "fchown": "chown", "fchownat": "chown",
    "utimensat": "utimensat", "sendfile": "sendfile", "copy_file_range": "copy_file_range",
    "splice": "splice", "setxattr": "setxattr", "fsetxattr": "setxattr",
  ]

  private static let strace = Disturber.find("strace")

  /// Whether processes may be traced here.
  private static let canTrace: Bool = {
    guard let strace else { return false }
    let process = Process()
    process.executableURL = strace
    process.arguments = ["-o", "/dev/null", "true"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(
    "is every call that strace sees",
    .enabled(if: canTrace, "no strace, or it may not trace: the calls are not compared with its"),
    arguments: Stage.Name.allCases)
  func allCalls(name: Stage.Name) throws {
    let stage = try Stage.named(name)
    let workspace = try Scratch.copy(stage.workspace)
    let (log, trace) = (Scratch.file(), Scratch.file())
    defer { [workspace, log, trace].forEach(Scratch.remove) }
    let process = Process()
    process.executableURL = Self.strace
    var environment = try Disturber.environment(log: log)
    environment["DISTURB_NOSYNC"] = nil
    process.arguments =
      ["-f", "-o", trace.path] + environment.flatMap { ["-E", "\($0.key)=\($0.value)"] }
      + [try Payout.executable.get().path] + Payout.arguments(stage.arguments, in: workspace)
      // A trace of several threads has calls in two parts. The stage was run with as many as there
      // are processors: the calls that change files are the same ones.
      + ["--threads", "1"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == stage.status)
    let seen = try traced(trace, log)
    let logged = try Disturber.calls(log, in: workspace).map(\.name)
    #expect(seen == logged)
    #expect(logged == stage.calls.map(\.name))
  }

  /// The calls that change files in a trace, in their order, without those that log.
  private func traced(_ trace: URL, _ log: URL) throws -> [String] {
    let text = try String(contentsOf: trace, encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      // A call that another thread interrupts stands there in two parts.
      #expect(!line.contains("<unfinished"), "\(line)")
      let match = line.prefixMatch(of: #/\d+ +([a-z0-9_]+)\((.*)/#)
      guard let match, let name = Self.calls[String(match.1)] else {
        #expect(!(line.contains("MAP_SHARED") && line.contains("PROT_WRITE")), "\(line)")
        return nil
      }
      let arguments = String(match.2)
      if name == "write", logDescriptors.contains(where: arguments.hasPrefix) { return nil }
      let makes = ["O_CREAT", "O_TRUNC", "O_TMPFILE"].contains(where: arguments.contains)
      if name == "openat", !makes || arguments.contains(log.path) { return nil }
      return name
    }
  }

  /// The log has the first free descriptor from 200 on.
  private let logDescriptors = (200..<210).map { "\($0), " }
}
