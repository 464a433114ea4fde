/// How far a spill had come.
package struct SpillCheckpoint: Sendable {
  struct Partition: Sendable {
    let blocks: Int
    /// In the last of them.
    let bytes: Int
  }

  let blocks: Int
  let end: UInt32
  let totalBytes: Int
  let partitions: [Partition]
}
