import Glibc

/// A value that threads look at one at a time, and wait for.
///
/// The wall around what the language cannot prove: `state` is touched only under the lock.
@safe final class Monitor<State>: @unchecked Sendable {
  // At a fixed address, as the system asks of both.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  init(_ state: sending State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    unsafe Monitor.require(pthread_mutex_init(mutex, nil))
    unsafe Monitor.require(pthread_cond_init(condition, nil))
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Looks at the value, or changes it.
  func withState<Result>(_ body: (inout State) -> Result) -> Result {
    unsafe Monitor.require(pthread_mutex_lock(mutex))
    defer { unsafe Monitor.require(pthread_mutex_unlock(mutex)) }
    return body(&state)
  }

  /// Waits until `body` has an answer; it is asked anew after each ``wake()``.
  func wait<Result>(_ body: (inout State) -> Result?) -> Result {
    unsafe Monitor.require(pthread_mutex_lock(mutex))
    defer { unsafe Monitor.require(pthread_mutex_unlock(mutex)) }
    while true {
      if let result = body(&state) { return result }
      unsafe Monitor.require(pthread_cond_wait(condition, mutex))
    }
  }

  /// Lets all who wait ask again.
  func wake() {
    unsafe Monitor.require(pthread_cond_broadcast(condition))
  }

  /// None of these calls fails but by a fault of the program.
  private static func require(_ status: Int32) {
    precondition(status == 0, "a lock failed")
  }
}
