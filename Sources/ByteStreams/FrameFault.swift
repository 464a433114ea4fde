/// Why a message could not be sent or received.
package enum FrameFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The other side has ended or closed the stream.
  case ended
  case timedOut
  /// The length that the other side says is more than is allowed.
  case tooLong(Int)
  case failed(errno: Int32)

  package var description: String {
    switch self {
    case .ended: "it ended"
    case .timedOut: "it did not answer in time"
    case .tooLong(let count): "it announced a message of \(count) bytes"
    case .failed(let errno):
      FileError(path: "its pipe", operation: "use", errno: errno).description
    }
  }
}
