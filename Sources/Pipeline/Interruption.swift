import Glibc
import Synchronization

/// SIGINT and SIGTERM while a command works on a workspace.
///
/// They are held back from the beginning of the command, and asked about where the work can stop
/// and be forgotten: after each batch of rows, between partitions, and last before the ledger's
/// commit. After that the answer is no, so that the command finishes what it has committed.
package enum Interruption {
  private static let signals = [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM")]
  private static let isCommitted = Atomic<Bool>(false)

  /// Holds the signals back, but for those that the process ignores, as under `nohup`.
  ///
  /// - Precondition: No other thread has been started.
  package static func begin() {
    var held = sigset_t()
    unsafe sigemptyset(&held)
    for (signal, _) in signals where !isIgnored(signal) { unsafe sigaddset(&held, signal) }
    unsafe sigprocmask(SIG_BLOCK, &held, nil)
  }

  /// Stops the work if a signal has come.
  ///
  /// - Throws: ``RunFailure`` with ``RunFailure/Code/interrupted``.
  static func check() throws(RunFailure) {
    var pending = sigset_t()
    guard !isCommitted.load(ordering: .relaxed), unsafe sigpending(&pending) == 0 else { return }
    for (signal, name) in signals where unsafe sigismember(&pending, signal) == 1 {
      throw RunFailure(.interrupted, "stopped by \(name): nothing was taken in or published")
    }
  }

  /// From here on the command is not stopped any more.
  static func commit() {
    isCommitted.store(true, ordering: .relaxed)
  }

  /// Lets the signal end the process, so that its parent sees what ended it.
  package static func end() {
    var held = sigset_t()
    unsafe sigemptyset(&held)
    for (signal, _) in signals { unsafe sigaddset(&held, signal) }
    unsafe sigprocmask(SIG_UNBLOCK, &held, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == ignored
  }
}
