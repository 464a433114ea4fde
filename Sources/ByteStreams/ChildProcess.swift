import CLinux
import Glibc

/// Another program that works for this one: it gets messages and answers them over one socket, which
/// is its standard input and output.
///
/// It is started without a shell, has no other open files and no environment but what is given. It is
/// ended at the latest with this object.
package final class ChildProcess {
  package let executable: String
  private let stream: FrameStream
  /// Nil once it was waited for.
  private var process: pid_t?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - executable: Its path.
  ///   - environment: As `NAME=value`.
  /// - Throws: ``FileError``.
  package init(
    executable: String, arguments: [String] = [], environment: [String] = []
  ) throws(FileError) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw .last("make a socket for", executable)
    }
    self.executable = executable
    stream = FrameStream(adopting: ends[0])
    let theirs = OpenFile(adopting: ends[1], path: "socket")
    process = try ChildProcess.spawn(
      [executable] + arguments, environment, input: theirs.descriptor)
  }

  deinit {
    end()
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String], input: Int32
  ) throws(FileError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, input, 1)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var arguments = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var environment = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      let texts = unsafe arguments + environment
      for position in unsafe texts.indices { unsafe free(texts[position]) }
    }
    var process = pid_t()
    let path = unsafe arguments[0].map { unsafe String(cString: $0) } ?? ""
    let error = unsafe posix_spawn(&process, path, &actions, nil, &arguments, &environment)
    guard error == 0 else { throw FileError(path: path, operation: "start", errno: error) }
    return process
  }

  /// Those of these variables that this process has, as `NAME=value`.
  package static func environment(of names: [String]) -> [String] {
    names.compactMap { name in
      unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" }
    }
  }

  /// Sends a message.
  ///
  /// - Throws: ``FrameFault``.
  package func send(_ message: [UInt8], within seconds: Int) throws(FrameFault) {
    try stream.send(message, within: seconds)
  }

  /// Receives the answer to a message.
  ///
  /// - Throws: ``FrameFault``.
  package func receive(within seconds: Int) throws(FrameFault) -> [UInt8] {
    guard let answer = try stream.receive(within: seconds) else { throw .ended }
    return answer
  }

  /// Ends the program, whatever it does, and waits for that.
  ///
  /// - Returns: How it had ended before if it had, as a signal or an exit code; nil if it had not.
  @discardableResult
  package func end() -> String? {
    guard let process else { return nil }
    self.process = nil
    var status: Int32 = 0
    // A program that has closed its socket is about to end by itself: how, is worth a moment.
    for _ in 0..<50 {
      if unsafe waitpid(process, &status, WNOHANG) == process {
        return ChildProcess.text(status)
      }
      guard stream.isClosedByOther else { break }
      usleep(10_000)
    }
    kill(process, SIGKILL)
    while unsafe waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return nil
  }

  private static func text(_ status: Int32) -> String {
    let signal = status & 0x7F
    return signal == 0 ? "exit code \(status >> 8 & 0xFF)" : "signal \(signal)"
  }
}
