/// What the blocks of a spill are in memory.
extension SpillBlocks {
  /// A block as long as the spill lives. There is one for each 16 KiB of however many rows, so that
  /// it says no more than it must.
  struct Block {
    /// Where it is, or will be, in the file, counted in ``blockBytes``.
    var start: UInt32
    /// Bytes of its records; of a block that takes more, its partition knows.
    var count: UInt32 = 0
  }

  /// As many bytes as its block's capacity.
  @safe struct Memory {
    let start: UnsafeMutableRawPointer

    init(bytes: Int) {
      unsafe start = .allocate(byteCount: bytes, alignment: 16)
    }

    func free() {
      unsafe start.deallocate()
    }
  }

  /// The block of a partition that takes more records: looked at with every one of them.
  struct OpenBlock {
    /// In ``blocks``; -1 where there is none.
    var number = -1
    var offset: UInt64 = 0
    var capacity = 0
    var count = 0
    var memory: Memory?

    mutating func append(_ record: UnsafeRawBufferPointer) {
      precondition(record.count <= capacity - count)
      if let memory, let first = record.baseAddress {
        unsafe memory.start.advanced(by: count).copyMemory(from: first, byteCount: record.count)
      }
      count += record.count
    }
  }
}
