/// Hands values from one thread to another in their order, a bounded number of them at a time.
///
/// Whoever waits is not woken by each value but when half of the places are taken or free: with
/// one value at a time both threads would do little else than fall asleep and wake.
package final class Pipe<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    /// What has been used and can be filled anew.
    var used: [Element] = []
    /// No more come.
    var isClosed = false
    /// Nobody takes any more.
    var isAbandoned = false
    var isReceiverWaiting = false
    var isSenderWaiting = false
  }

  private let capacity: Int
  private let state = Monitor(State())

  package init(capacity: Int) {
    precondition(capacity > 1)
    self.capacity = capacity
  }

  // MARK: The sender

  /// Something that the receiver has given back, to be filled anew.
  package func takeUsed() -> Element? {
    state.withState { $0.used.popLast() }
  }

  /// Sends a value; waits while there is no place for it.
  ///
  /// - Returns: Whether anybody takes it.
  package func send(_ element: consuming Element) -> Bool {
    var element: Element? = consume element
    let (isTaken, wakes) = state.wait { [capacity] state -> (Bool, Bool)? in
      if state.isAbandoned { return (false, false) }
      guard state.elements.count < capacity else {
        state.isSenderWaiting = true
        return nil
      }
      state.isSenderWaiting = false
      if let element = element.take() { state.elements.append(element) }
      return (true, state.isReceiverWaiting && state.elements.count >= capacity / 2)
    }
    if wakes { state.wake() }
    return isTaken
  }

  /// Says that no more come.
  package func close() {
    state.withState { $0.isClosed = true }
    state.wake()
  }

  // MARK: The receiver

  /// The next value; nil once all have been received and no more come.
  package func receive() -> Element? {
    let (element, wakes) = state.wait { [capacity] state -> (Element?, Bool)? in
      guard !state.elements.isEmpty else {
        if state.isClosed { return (nil, false) }
        state.isReceiverWaiting = true
        return nil
      }
      state.isReceiverWaiting = false
      let element = state.elements.removeFirst()
      return (element, state.isSenderWaiting && state.elements.count <= capacity / 2)
    }
    if wakes { state.wake() }
    return element
  }

  /// Gives a value back, to be filled anew.
  package func giveBack(_ element: consuming Element) {
    let element = consume element
    state.withState { $0.used.append(element) }
  }

  /// Says that no more are taken; the sender is told with what it sends next.
  package func abandon() {
    state.withState {
      $0.isAbandoned = true
      $0.elements.removeAll()
    }
    state.wake()
  }
}
