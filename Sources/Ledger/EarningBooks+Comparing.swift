import ByteStreams

/// What of the books is compared with each other: the new feed's rows and references, and all that is
/// known of their ids.
extension EarningBooks {
  /// In which parts a partition is compared, one run of them after the other, so that memory holds no
  /// more for more rows.
  ///
  /// - Throws: ``FileError``.
  func partsToCompare(_ partition: Int) throws(FileError) -> (IdParts, runs: [IdParts.Run]) {
    let count = known.count(partition, of: KnownEarning.self)
    let parts = IdParts(count: count, most: comparedMax)
    guard parts.count > 1 else { return (parts, [IdParts.Run(parts: 0..<1, count: count)]) }
    var counts = [Int](repeating: 0, count: parts.count)
    for block in 0..<known.blockCount(partition) {
      for entry in try known.block(block, of: partition, as: KnownEarning.self) {
        counts[parts.part(of: entry.id)] += 1
      }
    }
    return (parts, IdParts.runs(of: counts, most: comparedMax))
  }

  /// The new feed's rows and references of some parts of a partition with everything known of their ids,
  /// by id and then as the rows were taken in.
  ///
  /// - Throws: ``FileError``; what the index throws.
  func entriesToCompare(
    _ partition: Int, _ run: IdParts.Run, of parts: IdParts
  ) throws -> [KnownEarning] {
    var (recent, new): ([KnownEarning], [KnownEarning]) = ([], [])
    try forEachRecorded(partition, run, of: parts) { entry, isNew in
      if isNew { new.append(entry) } else { recent.append(entry) }
    }
    guard !new.isEmpty else { return [] }
    let entries = DigestOrder.sorted(
      new, skipping: run.parts.count == 1 ? parts.bits : 0, id: \.id,
      precedes: KnownEarning.precedes)
    var ids: [Hash128] = []
    ids.reserveCapacity(entries.count)
    for entry in entries where ids.last != entry.id { ids.append(entry.id) }
    let found = try knownEntries(partition, ids: ids, recent: recent)
    return found.isEmpty ? entries : inOrder(entries + found)
  }

  /// The same in two steps, for parts with more rows than can be held at once, as some ids come so often:
  /// what is known before the new rows, which ``forEachRecorded(_:_:of:_:)`` gives in their order.
  ///
  /// - Throws: ``FileError``; what the index throws.
  func crowdedIds(
    _ partition: Int, _ run: IdParts.Run, of parts: IdParts
  ) throws -> CrowdedIds {
    var ids = CrowdedIds()
    try forEachRecorded(partition, run, of: parts) { entry, isNew in
      if isNew { ids.add(new: entry) }
    }
    var recent: [KnownEarning] = []
    try forEachRecorded(partition, run, of: parts) { entry, isNew in
      if try !isNew && ids.has(entry.id) && fates.isKnown(entry.row) { recent.append(entry) }
    }
    for entry in try inOrder(knownEntries(partition, ids: ids.sorted, recent: recent)) {
      ids.add(known: entry)
    }
    return ids
  }

  /// Calls `body` with all that was recorded of some parts of a partition, in the order of the rows, and
  /// with whether it is of the feed being recorded.
  ///
  /// - Throws: ``FileError``; what `body` throws.
  func forEachRecorded(
    _ partition: Int, _ run: IdParts.Run, of parts: IdParts,
    _ body: (KnownEarning, _ isNew: Bool) throws -> Void
  ) throws {
    let before = knownBefore[partition]
    var number = 0
    for block in 0..<known.blockCount(partition) {
      for entry in try known.block(block, of: partition, as: KnownEarning.self) {
        if run.parts.contains(parts.part(of: entry.id)) { try body(entry, number >= before) }
        number += 1
      }
    }
  }

  /// By id, then as the rows were taken in.
  func inOrder(_ entries: [KnownEarning]) -> [KnownEarning] {
    entries.sorted { left, right in
      // What is taken again comes after all that is known, whatever its feed.
      guard retaken != nil, left.id == right.id, isNew(left) != isNew(right) else {
        return KnownEarning.precedes(left, right)
      }
      return isNew(right)
    }
  }

  /// Whether a row or reference is one of those that are being recorded.
  func isNew(_ entry: KnownEarning) -> Bool {
    guard entry.key.feed == feed else { return false }
    return retaken?.contains(entry.key.row) ?? true
  }

  /// - Parameters:
  ///   - ids: Ascending.
  ///   - recent: What this run made known before the feed being recorded.
  private func knownEntries(
    _ partition: Int, ids: [Hash128], recent: [KnownEarning]
  ) throws -> [KnownEarning] {
    var found = try index.matches(partition: partition, ids: ids).map { KnownEarning(key: $0) }
    guard !recent.isEmpty else { return found }
    let wanted = Set(ids)
    for entry in recent where wanted.contains(entry.id) {
      if try fates.isKnown(entry.row) { found.append(entry) }
    }
    return found
  }

  /// The references of known rows to any of these ids.
  ///
  /// - Throws: ``FileError``; what the index throws.
  func references(to ids: [Hash128]) throws -> [KnownEarning] {
    let parts = Dictionary(grouping: ids, by: KnownKey.partition)
    var found: [KnownEarning] = []
    for (partition, ids) in parts.sorted(by: { $0.key < $1.key }) {
      let recent = try recentReferences(partition, to: Set(ids))
      found += try knownEntries(partition, ids: ids.sorted(), recent: recent).filter {
        $0.key.kind == .reference
      }
    }
    return found.sorted(by: KnownEarning.precedes)
  }

  /// References of rows that this run recorded before the feed being recorded.
  private func recentReferences(
    _ partition: Int, to ids: Set<Hash128>
  ) throws(FileError) -> [KnownEarning] {
    var (found, number): ([KnownEarning], Int) = ([], 0)
    for block in 0..<known.blockCount(partition) where number < knownBefore[partition] {
      for entry in try known.block(block, of: partition, as: KnownEarning.self) {
        if number < knownBefore[partition] && entry.key.kind == .reference && ids.contains(entry.id)
        {
          found.append(entry)
        }
        number += 1
      }
    }
    return found
  }
}
