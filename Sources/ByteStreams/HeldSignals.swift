import Glibc

/// The signals that ask a process to end, held back until it is a good time for that.
package enum HeldSignals {
  private static let names = [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM")]

  /// Holds SIGINT and SIGTERM back, but for those that the process ignores, as under `nohup`.
  ///
  /// - Precondition: No other thread has been started.
  package static func hold() {
    var held = sigset_t()
    unsafe sigemptyset(&held)
    for (signal, _) in names where !isIgnored(signal) { unsafe sigaddset(&held, signal) }
    unsafe sigprocmask(SIG_BLOCK, &held, nil)
  }

  /// The name of a signal that has come, nil if none has.
  package static func pending() -> String? {
    var pending = sigset_t()
    guard unsafe sigpending(&pending) == 0 else { return nil }
    return names.first { unsafe sigismember(&pending, $0.0) == 1 }?.1
  }

  /// Holds them back no longer: one that has come ends the process, if nothing else was arranged.
  package static func release() {
    var held = sigset_t()
    unsafe sigemptyset(&held)
    for (signal, _) in names { unsafe sigaddset(&held, signal) }
    unsafe sigprocmask(SIG_UNBLOCK, &held, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == ignored
  }
}
