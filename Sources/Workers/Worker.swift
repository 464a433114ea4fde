import Glibc

/// A thread that does one piece of work and hands back what it made, or what it threw.
///
/// A plain thread and no task: the work reads files and reckons for seconds, and would keep from
/// everybody else a thread of the pool that tasks share.
package final class Worker<Value: Sendable>: Sendable {
  private struct State {
    var thread: pthread_t?
    var result: Result<Value, any Error>?
  }

  private let state: Monitor<State>

  /// Starts the work.
  ///
  /// - Returns: Nil if the system gives no thread; the caller does the work itself then.
  package static func start(_ work: @escaping @Sendable () throws -> Value) -> Worker? {
    let worker = Worker()
    let body = ThreadBody { [state = worker.state] in
      let result = Result { try work() }
      state.withState { $0.result = result }
    }
    guard let thread = body.start() else { return nil }
    worker.state.withState { $0.thread = thread }
    return worker
  }

  private init() {
    state = Monitor(State())
  }

  /// Waits for the end of the work; called once.
  ///
  /// - Throws: What the work threw.
  package func join() throws -> Value {
    guard let thread = state.withState({ $0.thread.take() }) else {
      preconditionFailure("a worker is waited for once")
    }
    precondition(pthread_join(thread, nil) == 0, "a thread cannot be waited for")
    guard let result = state.withState({ $0.result.take() }) else {
      preconditionFailure("a worker ended without a result")
    }
    return try result.get()
  }

  deinit {
    precondition(state.withState { $0.thread == nil }, "a worker is waited for")
  }
}

/// What a thread runs; a C function cannot hold anything itself.
private final class ThreadBody: Sendable {
  private let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }

  func start() -> pthread_t? {
    let body = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { raw in
        guard let raw = unsafe raw else { return nil }
        unsafe Unmanaged<ThreadBody>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      unsafe body.release()
      return nil
    }
    return thread
  }
}
