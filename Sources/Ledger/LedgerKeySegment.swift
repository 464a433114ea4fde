package import ByteStreams

/// A file of the digests of known earnings.
package struct LedgerKeySegment: Hashable, Sendable {
  /// A plain file name; no two segments share one.
  package var name: String
  package var entries: Int
  package var digest: SHA256Digest
  /// The segments that were merged into this one and count no more.
  package var replaces: [String]

  package init(name: String, entries: Int, digest: SHA256Digest, replaces: [String] = []) {
    self.name = name
    self.entries = entries
    self.digest = digest
    self.replaces = replaces
  }
}
