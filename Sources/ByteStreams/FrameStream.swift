import Glibc

/// Messages to and from another process over a socket: four bytes for the length, the lowest first,
/// then the message.
///
/// A socket and no pipe, since a pipe whose reader has ended kills its writer.
package struct FrameStream: ~Copyable {
  /// More than any message has: a statement of a million lines takes about half of it.
  package static let bytesMax = 256 << 20

  private let socket: OpenFile

  /// Takes over a descriptor.
  ///
  /// - Parameter descriptor: Of a stream socket.
  package init(adopting descriptor: Int32) {
    socket = OpenFile(adopting: descriptor, path: "socket")
  }

  /// Sends a message.
  ///
  /// - Parameter seconds: How long all of it may take; nil = for ever.
  /// - Precondition: It has no more than ``bytesMax`` bytes.
  /// - Throws: ``FrameFault``.
  package func send(_ message: [UInt8], within seconds: Int? = nil) throws(FrameFault) {
    precondition(message.count <= FrameStream.bytesMax)
    let deadline = Deadline(seconds)
    let head = (0..<4).map { UInt8(truncatingIfNeeded: message.count >> ($0 * 8)) }
    try sendAll(head, deadline)
    try sendAll(message, deadline)
  }

  /// Receives a message.
  ///
  /// - Parameter seconds: How long it may take until all of it is there; nil = for ever.
  /// - Returns: Nil where the other side has closed the stream after its last message.
  /// - Throws: ``FrameFault``.
  package func receive(within seconds: Int? = nil) throws(FrameFault) -> [UInt8]? {
    let deadline = Deadline(seconds)
    let head = try receive(4, deadline)
    if head.isEmpty { return nil }
    guard head.count == 4 else { throw .ended }
    let count = (0..<4).reduce(0) { $0 | Int(head[$1]) << ($1 * 8) }
    guard count <= FrameStream.bytesMax else { throw .tooLong(count) }
    let message = try receive(count, deadline)
    guard message.count == count else { throw .ended }
    return message
  }

  /// Whether the other side has closed the stream, and nothing is left to receive.
  var isClosedByOther: Bool {
    var byte: UInt8 = 0
    let count = unsafe recv(
      socket.descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
    return count == 0 || count < 0 && errno == ECONNRESET
  }

  private func sendAll(_ bytes: [UInt8], _ deadline: Deadline) throws(FrameFault) {
    var done = 0
    while done < bytes.count {
      try wait(for: Int16(POLLOUT), deadline)
      let sent = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.send(
          socket.descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done,
          Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      if sent >= 0 {
        done += sent
      } else {
        try FrameStream.checkError()
      }
    }
  }

  /// Fewer bytes only where the other side has ended.
  private func receive(_ count: Int, _ deadline: Deadline) throws(FrameFault) -> [UInt8] {
    // What is announced is not believed before it comes.
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(count, 1 << 18))
    while bytes.count < count {
      try wait(for: Int16(POLLIN), deadline)
      let wanted = min(chunk.count, count - bytes.count)
      let received = unsafe chunk.withUnsafeMutableBytes { chunk in
        unsafe recv(
          socket.descriptor, chunk.baseAddress, wanted, Int32(MSG_DONTWAIT))
      }
      if received == 0 { break }
      if received > 0 {
        bytes.append(contentsOf: chunk[..<received])
      } else if errno == ECONNRESET {
        break
      } else {
        try FrameStream.checkError()
      }
    }
    return bytes
  }

  private func wait(for events: Int16, _ deadline: Deadline) throws(FrameFault) {
    while true {
      var entry = pollfd(fd: socket.descriptor, events: events, revents: 0)
      let ready = unsafe poll(&entry, 1, deadline.millisecondsLeft)
      if ready > 0 { return }
      if ready == 0 { throw .timedOut }
      if errno != EINTR { throw .failed(errno: errno) }
    }
  }

  private static func checkError() throws(FrameFault) {
    switch errno {
    case EINTR, EAGAIN: return
    case EPIPE, ECONNRESET: throw .ended
    default: throw .failed(errno: errno)
    }
  }
}

/// A moment after which nobody waits any more.
private struct Deadline {
  private let end: ContinuousClock.Instant?

  init(_ seconds: Int?) {
    end = seconds.map { ContinuousClock.now + .seconds($0) }
  }

  /// For `poll`: -1 = for ever.
  var millisecondsLeft: Int32 {
    guard let end else { return -1 }
    let left = ContinuousClock.now.duration(to: end)
    let (seconds, attoseconds) = left.components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
  }
}
