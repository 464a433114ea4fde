extension FileSystem {
  private static let pieceBytes = 1 << 16

  /// Reads a file piece by piece.
  ///
  /// - Returns: The digest of all of it.
  /// - Throws: ``FileError``; what `body` throws.
  package static func readFile(
    _ path: String, inPieces body: ([UInt8]) throws -> Void
  ) throws -> SHA256Digest {
    let file = try openRegularFile(path)
    var hasher = SHA256Hasher()
    while true {
      var piece = [UInt8](repeating: 0, count: pieceBytes)
      let read = try file.read(into: &piece, at: 0, count: pieceBytes)
      guard read > 0 else { return hasher.finish() }
      piece.removeLast(pieceBytes - read)
      hasher.update(piece, 0..<read)
      try body(piece)
    }
  }
}
