import ByteStreams

/// Writes segment files.
package enum KeySegmentWriter {
  /// Writes a segment; the same keys make the same bytes, in whatever order they come.
  ///
  /// The file becomes visible as a whole and replaces one of the same name, which an ended process
  /// may have left. Memory holds one partition.
  ///
  /// - Parameters:
  ///   - synced: Whether the file and its name survive a power cut; else the caller sees to it
  ///     before the database names the file.
  ///   - partition: The keys of a partition; asked for each of them once, in order.
  /// - Precondition: Each key is in its partition.
  /// - Throws: ``FileError``; what `partition` throws. No file is left then.
  package static func write(
    directory: String, name: String, synced: Bool, partition: (Int) throws -> [KnownKey]
  ) throws -> KeySegmentSummary {
    var counts: [Int] = []
    let output = try ReplacingFile.write(directory + "/" + name, synced: synced) { file in
      try file.write(words: [KeySegmentFormat.magic, KeySegmentFormat.version])
      for number in 0..<KnownKey.partitions {
        let unsorted = try partition(number)
        precondition(
          unsorted.allSatisfy { $0.partition == number }, "a known earning is not in its partition")
        let keys = DigestOrder.sorted(unsorted, id: \.id, precedes: KnownKey.precedes)
        try write(keys, to: &file)
        counts.append(keys.count)
      }
      try file.write(words: KeySegmentFormat.tail(counts))
    }
    return KeySegmentSummary(
      name: name, count: counts.reduce(0, +), bytes: output.bytes, digest: output.digest)
  }

  private static func write(_ keys: [KnownKey], to file: inout ReplacingFile) throws(FileError) {
    try write(keys, to: &file) { key, words in
      words.append(key.id.high)
      words.append(key.id.low)
    }
    let fences = stride(from: 0, to: keys.count, by: KeySegmentFormat.blockKeys)
    try file.write(words: fences.map { keys[$0].id.high })
    try write(keys, to: &file, KeySegmentFormat.appendDetails)
  }

  /// Writes the words of keys, some thousand keys at a time.
  private static func write(
    _ keys: [KnownKey], to file: inout ReplacingFile,
    _ append: (KnownKey, inout [UInt64]) -> Void
  ) throws(FileError) {
    var rest = keys[...]
    var words: [UInt64] = []
    while !rest.isEmpty {
      words.removeAll(keepingCapacity: true)
      for key in rest.prefix(4096) { append(key, &words) }
      try file.write(words: words)
      rest = rest.dropFirst(4096)
    }
  }
}
