/// Pieces of work that several threads do, and whose results come in the order of the pieces.
///
/// Whoever asks for a result that nobody has begun with does that piece itself, so that it never
/// waits for as long as there is anything to do, and no thread at all is needed besides its own.
package final class OrderedWork<Input: Sendable, Output: Sendable> {
  private enum Piece {
    case waiting(Input)
    case begun
    case done(Output)
  }

  private struct State {
    /// The pieces whose results were not asked for yet, oldest first.
    var pieces: [Piece] = []
    /// How many came before those.
    var before = 0
    var isClosed = false

    /// The oldest piece that nobody has begun with, and its number.
    mutating func begin() -> (number: Int, input: Input)? {
      for place in pieces.indices {
        if case .waiting(let input) = pieces[place] {
          pieces[place] = .begun
          return (before + place, input)
        }
      }
      return nil
    }

    mutating func takeOldest() -> Output? {
      guard case .done(let output) = pieces.first else { return nil }
      pieces.removeFirst()
      before += 1
      return output
    }
  }

  private let state = Monitor(State())
  private let work: @Sendable (Input) -> Output
  private var workers: [Worker<Void>] = []

  /// - Parameters:
  ///   - threads: How many do the work, the caller's own among them.
  ///   - work: Does a piece.
  package init(threads: Int, _ work: @escaping @Sendable (Input) -> Output) {
    self.work = work
    for _ in 1..<max(threads, 1) {
      guard let worker = OrderedWork.start(state, work) else { break }
      workers.append(worker)
    }
  }

  deinit {
    precondition(workers.isEmpty, "work is finished")
  }

  private static func start(
    _ state: Monitor<State>, _ work: @escaping @Sendable (Input) -> Output
  ) -> Worker<Void>? {
    Worker.start {
      while let (number, input) = OrderedWork.next(state) {
        let output = work(input)
        state.withState { $0.pieces[number - $0.before] = .done(output) }
        state.wake()
      }
    }
  }

  /// The next piece for a worker; nil once there are no more.
  private static func next(_ state: Monitor<State>) -> (number: Int, input: Input)? {
    state.wait { state -> (number: Int, input: Input)?? in
      if let piece = state.begin() { return piece }
      return state.isClosed ? .some(nil) : nil
    }
  }

  /// How many threads do the work, the caller's own among them.
  package var threads: Int { workers.count + 1 }

  /// How many results were not asked for yet.
  package var pending: Int { state.withState { $0.pieces.count } }

  /// Adds a piece.
  package func add(_ input: consuming Input) {
    let input = consume input
    state.withState { $0.pieces.append(.waiting(input)) }
    if !workers.isEmpty { state.wake() }
  }

  /// The result of the oldest piece that was not asked for yet.
  ///
  /// - Precondition: There is one.
  package func next() -> Output {
    while true {
      if let output = state.withState({ $0.takeOldest() }) { return output }
      guard let (number, input) = state.withState({ $0.begin() }) else {
        return state.wait { $0.takeOldest() }
      }
      let output = work(input)
      state.withState { $0.pieces[number - $0.before] = .done(output) }
    }
  }

  /// Forgets what nobody has begun with, and waits for the rest; always called, also after a failure.
  package func finish() {
    state.withState {
      $0.isClosed = true
      // Their numbers stay, as others are done by theirs.
      for place in $0.pieces.indices {
        if case .waiting = $0.pieces[place] { $0.pieces[place] = .begun }
      }
    }
    state.wake()
    for worker in workers { try? worker.join() }
    workers = []
  }
}
