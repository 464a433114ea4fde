package import ByteStreams

/// A segment file that was written: what the database records of it.
package struct KeySegmentSummary: Hashable, Sendable {
  package let name: String
  /// How many keys it holds.
  package let count: Int
  package let bytes: Int
  /// Of the whole file.
  package let digest: SHA256Digest
}
