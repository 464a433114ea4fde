import Synchronization

/// Shows on a terminal how far a command has come, once it takes longer than a second.
///
/// The thread that began the command shows it; whoever says something else clears it first.
package final class ProgressBar: Sendable {
  /// How long nothing is shown, and how long a line stands at least.
  private static let delay = Duration.seconds(1)
  private static let interval = Duration.milliseconds(200)
  /// Back to the beginning of the line, and empty it.
  private static let clearing = "\r\u{1B}[K"

  private struct State {
    var line: ProgressLine
    var next: ContinuousClock.Instant
    var isShown = false
  }

  private let state: Mutex<State>
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - columns: Of the terminal.
  ///   - begin: When the command began.
  ///   - write: Writes to the terminal.
  package init(
    columns: Int, begin: ContinuousClock.Instant = .now,
    write: @escaping @Sendable (String) -> Void
  ) {
    state = Mutex(State(line: ProgressLine(columns: columns), next: begin + ProgressBar.delay))
    self.write = write
  }

  /// What a command tells how far it has come.
  package var sink: ProgressSink {
    { progress in self.show(progress) }
  }

  /// Shows where the work is, unless something was shown just now.
  package func show(_ progress: Progress, at now: ContinuousClock.Instant = .now) {
    let text = state.withLock { state -> String? in
      guard now >= state.next else { return nil }
      state.next = now + ProgressBar.interval
      state.isShown = true
      return state.line.text(progress, at: now)
    }
    if let text { write(ProgressBar.clearing + text) }
  }

  /// Empties the line, for what is said next.
  package func clear() {
    let isShown = state.withLock { state in
      defer { state.isShown = false }
      return state.isShown
    }
    if isShown { write(ProgressBar.clearing) }
  }
}
