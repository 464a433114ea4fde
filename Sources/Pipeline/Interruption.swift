import ByteStreams
import Synchronization

/// SIGINT and SIGTERM while a command works on a workspace.
///
/// They are held back from the beginning of the command, and asked about where the work can stop
/// and be forgotten: after each batch of rows, between partitions, and last before the ledger's
/// commit. After that the answer is no, so that the command finishes what it has committed.
package enum Interruption {
  private static let isCommitted = Atomic<Bool>(false)

  /// Holds the signals back.
  ///
  /// - Precondition: No other thread has been started.
  package static func begin() {
    HeldSignals.hold()
  }

  /// Stops the work if a signal has come.
  ///
  /// - Throws: ``RunFailure`` with ``RunFailure/Code/interrupted``.
  static func check() throws(RunFailure) {
    guard !isCommitted.load(ordering: .relaxed), let signal = HeldSignals.pending() else { return }
    throw RunFailure(.interrupted, "stopped by \(signal): nothing was taken in or published")
  }

  /// From here on the command is not stopped any more.
  static func commit() {
    isCommitted.store(true, ordering: .relaxed)
  }

  /// Lets the signal end the process, so that its parent sees what ended it.
  package static func end() {
    HeldSignals.release()
  }
}
