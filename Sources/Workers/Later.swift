/// A value that is made beside other work, and asked for after it.
package struct Later<Value: Sendable>: ~Copyable {
  private var worker: Worker<Value>?
  private let make: @Sendable () -> Value

  /// Begins to make the value, if there is a thread for it besides the caller's.
  ///
  /// - Parameter threads: 1 = it is made when it is asked for.
  package init(threads: Int, _ make: @escaping @Sendable () -> Value) {
    self.make = make
    worker = threads > 1 ? Worker.start(make) : nil
  }

  /// The value, once it is made; asked for once, in every case.
  package consuming func value() -> Value {
    // What is started throws nothing.
    guard let made = try? worker?.join() else { return make() }
    return made
  }
}
