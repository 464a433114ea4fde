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

  /// Parts that are gone through together.
  struct Run: Equatable {
    var parts: Range<Int>
    /// How many elements they have.
    var count: Int
  }

  /// Which parts are gone through together: as many, one after the other, as have no more than `most`
  /// elements. A part with more stands alone, as ids that come a million times cannot be parted, and
  /// parts without elements are left out.
  static func runs(of counts: [Int], most: Int) -> [Run] {
    var runs: [Run] = []
    for (part, count) in counts.enumerated() where count > 0 {
      if let last = runs.last, last.count + count <= most {
        runs[runs.count - 1] = Run(
          parts: last.parts.lowerBound..<(part + 1), count: last.count + count)
      } else {
        runs.append(Run(parts: part..<(part + 1), count: count))
      }
    }
    return runs
  }

  func part(of id: Hash128) -> Int {
    // The eight bits before are the partition's.
    Int(truncatingIfNeeded: (id.high << 8) >> UInt64(64 - bits))
  }
}
