package import ByteStreams

/// All known earnings: the segments of a ledger as one.
package struct KeyIndex: Sendable {
  /// In the order in which their feeds were taken in.
  package let segments: [KeySegment]

  package init(_ segments: [KeySegment]) {
    self.segments = segments
  }

  /// How many keys are known.
  package var count: Int {
    segments.reduce(0) { $0 + $1.count }
  }

  /// All keys of some ids: segment by segment, in each in the order of the ids.
  ///
  /// - Parameter ids: Sorted, and of the partition; one that comes twice counts once.
  /// - Throws: ``KeySegmentFault``.
  package func matches(
    partition: Int, ids: [Hash128]
  ) throws(KeySegmentFault) -> [KnownKey] {
    var lookup = KeySegmentLookup()
    let wanted = KeySegmentWanted(ids, partition: partition)
    for segment in segments { try lookup.search(segment, partition: partition, wanted) }
    return lookup.found
  }

  /// All keys of one id, segment by segment.
  ///
  /// - Throws: ``KeySegmentFault``.
  package func entries(of id: Hash128) throws(KeySegmentFault) -> [KnownKey] {
    try matches(partition: KnownKey.partition(of: id), ids: [id])
  }

  /// Writes all keys into one new segment, the same as if they had been written at once.
  ///
  /// Memory holds one partition of the new segment.
  ///
  /// - Parameters:
  ///   - synced: As for ``KeySegmentWriter``.
  ///   - update: What is kept of a key, nil to leave it out; it must not change the id.
  /// - Throws: ``KeySegmentFault``; ``FileError``. No file is left then.
  package func merge(
    directory: String, name: String, synced: Bool, update: (KnownKey) -> KnownKey? = { $0 }
  ) throws -> KeySegmentSummary {
    try KeySegmentWriter.write(directory: directory, name: name, synced: synced) { partition in
      var lookup = KeySegmentLookup()
      for segment in segments { try lookup.load(segment, partition: partition) }
      return lookup.found.compactMap(update)
    }
  }
}
