import Glibc
import Synchronization

/// On how many threads a command works.
///
/// They share out work whose results are the same however it is shared out: what is written does
/// not depend on their number.
package enum Threads {
  /// More would only wait: reading a feed keeps two of them busy, and the drawing writes on one.
  package static let countMax = 16

  private static let asked = Atomic<Int>(0)

  /// Sets the number for all that is begun from here on.
  ///
  /// - Parameter count: 1 to ``countMax``.
  package static func use(_ count: Int) {
    precondition((1...countMax).contains(count))
    asked.store(count, ordering: .relaxed)
  }

  /// What was asked for; otherwise as many as the machine has processors, 4 at most.
  package static var count: Int {
    let count = asked.load(ordering: .relaxed)
    return count > 0 ? count : min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 4)
  }
}
