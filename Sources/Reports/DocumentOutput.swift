/// A document while it is written: only a piece of it is in memory.
final class DocumentOutput {
  private static let pieceBytes = 1 << 16

  private let sink: ([UInt8]) throws -> Void
  var bytes: [UInt8] = []

  init(_ sink: @escaping ([UInt8]) throws -> Void) {
    self.sink = sink
  }

  func text(_ text: String) {
    bytes += text.utf8
  }

  /// Passes on what has been written, if it is worth it.
  ///
  /// - Throws: What the sink throws.
  func drain() throws {
    if bytes.count >= DocumentOutput.pieceBytes { try finish() }
  }

  /// Passes on the rest.
  ///
  /// - Throws: What the sink throws.
  func finish() throws {
    try sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
