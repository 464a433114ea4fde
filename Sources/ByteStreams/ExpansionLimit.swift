/// How far compressed bytes may expand.
package struct ExpansionLimit: Hashable, Sendable {
  /// Expanded bytes for each compressed byte read so far; not looked at below 1 MiB.
  package var ratio: Int
  /// Expanded bytes of one file.
  package var bytes: Int

  package init(ratio: Int = 100, bytes: Int = 64 << 30) {
    self.ratio = ratio
    self.bytes = bytes
  }

  /// Below this size no ratio is looked at: small files may compress extremely well.
  private static let freeBytes = 1 << 20

  func allows(_ expanded: Int, of compressed: Int) -> Bool {
    guard expanded <= bytes else { return false }
    let (most, overflow) = compressed.multipliedReportingOverflow(by: ratio)
    return expanded <= ExpansionLimit.freeBytes || overflow || expanded <= most
  }
}
