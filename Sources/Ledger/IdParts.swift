import ByteStreams

/// The parts of a partition of ``KnownKey/partition(of:)`` that are gone through one by one: by the bits
/// behind the partition's own, so that parts come in the order of the ids.
struct IdParts {
  /// How many bits tell the part.
  let bits: Int

  /// - Parameters:
  ///   - count: How many elements the partition has.
  ///   - most: How many a part may have; some have a few more, as ids are spread by chance.
  init(count: Int, most: Int) {
    var bits = 0
    while bits < 16, count >> bits > most { bits += 1 }
    self.bits = bits
  }

  var count: Int { 1 << bits }

  func part(of id: Hash128) -> Int {
    // The eight bits before are the partition's.
    Int(truncatingIfNeeded: (id.high << 8) >> UInt64(64 - bits))
  }
}
