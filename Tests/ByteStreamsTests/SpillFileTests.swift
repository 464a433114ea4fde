import ByteStreams
import TestSupport
import Testing

@Suite("Spill file")
struct SpillFileTests {
  @Test("gives back what was appended, in its order")
  func small() throws {
    let directory = try TestDirectory()
    let spill = try SpillFile(directory: directory.path, partitions: 3)
    let first = try spill.append(1, bytes: [1, 2])
    let second = try spill.append(2, bytes: [3])
    let third = try spill.append(1, bytes: [4, 5, 6])
    let empty = try spill.append(1, bytes: [])
    #expect(try spill.load(0) == [])
    #expect(try spill.load(1) == [1, 2, 4, 5, 6])
    #expect(try spill.load(2) == [3])
    #expect(try spill.read(at: first, count: 2) == [1, 2])
    #expect(try spill.read(at: second, count: 1) == [3])
    #expect(try spill.read(at: third, count: 3) == [4, 5, 6])
    // Parts of records.
    #expect(try spill.read(at: third + 1, count: 1) == [5])
    #expect(try spill.read(at: empty, count: 0) == [])
    #expect(spill.totalBytes == 6)
  }

  @Test("leaves no name behind")
  func nameless() throws {
    let directory = try TestDirectory()
    let spill = try SpillFile(
      directory: directory.path, partitions: 1, blockBytes: 4, budgetBytes: 0)
    try spill.append(0, bytes: [1, 2, 3, 4])
    try spill.append(0, bytes: [5])
    #expect(try directory.names == [])
    #expect(try spill.load(0) == [1, 2, 3, 4, 5])
  }

  @Test("cannot be where no file can be")
  func noPlace() throws {
    let directory = try TestDirectory()
    #expect(throws: FileError.self) {
      try SpillFile(directory: directory.path("none"), partitions: 1)
    }
  }

  @Test("keeps a record longer than a block in one piece", arguments: [0, 1 << 20])
  func long(budget: Int) throws {
    let directory = try TestDirectory()
    let spill = try SpillFile(
      directory: directory.path, partitions: 1, blockBytes: 16, budgetBytes: budget)
    let long = (0..<1000).map { UInt8($0 % 256) }
    try spill.append(0, bytes: [1])
    let location = try spill.append(0, bytes: long)
    try spill.append(0, bytes: [2])
    #expect(try spill.read(at: location, count: 1000) == long)
    #expect(try spill.load(0) == [1] + long + [2])
  }

  @Test("takes values of fixed width")
  func records() throws {
    struct Pair: BitwiseCopyable, Equatable {
      var number: UInt64
      var place: Int32
      var kind: Int32
    }
    let directory = try TestDirectory()
    // A block takes three.
    let spill = try SpillFile(
      directory: directory.path, partitions: 2, blockBytes: 50, budgetBytes: 100)
    let pairs = (0..<100).map { Pair(number: UInt64($0) << 40, place: -$0, kind: $0 * 3) }
    for pair in pairs { try spill.append(1, record: pair) }
    #expect(try spill.records(1, of: Pair.self) == pairs)
    #expect(try spill.records(0, of: Pair.self) == [])
    #expect(spill.totalBytes == 1600)
  }

  /// Budgets of nothing, of one block, of some, and of all.
  @Test(
    "does what a dictionary does, with checkpoints",
    arguments: 0..<12 as Range<UInt64>, [0, 64, 1000, 1 << 20])
  func oracle(seed: UInt64, budget: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = try TestDirectory()
    let spill = try SpillFile(
      directory: directory.path, partitions: 5, blockBytes: 64, budgetBytes: budget)
    var oracle = SpillOracle(partitions: 5)
    var checkpoints = [(spill.checkpoint(), oracle)]
    for _ in 0..<600 {
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<90:
        // Now and then a record is longer than a block, or empty.
        let count = Int.random(in: 0...(seed % 2 == 0 ? 30 : 90), using: &generator)
        let record = randomBytes(count, using: &generator)
        let partition = Int.random(in: 0..<5, using: &generator)
        oracle.append(partition, record, at: try spill.append(partition, bytes: record))
      case 90..<93: checkpoints.append((spill.checkpoint(), oracle))
      case 93..<95:
        let number = Int.random(in: 0..<checkpoints.count, using: &generator)
        checkpoints.removeLast(checkpoints.count - number - 1)
        spill.rollback(to: checkpoints[number].0)
        oracle = checkpoints[number].1
      default: try oracle.compare(with: spill)
      }
    }
    try oracle.compare(with: spill)
  }

  @Test("traps where no record is")
  func noRecord() async {
    await #expect(processExitsWith: .failure) {
      let directory = try TestDirectory()
      let spill = try SpillFile(directory: directory.path, partitions: 1)
      let start = spill.checkpoint()
      let location = try spill.append(0, bytes: [1, 2, 3])
      spill.rollback(to: start)
      _ = try spill.read(at: location, count: 3)
    }
  }
}

/// What a spill is to hold, kept in the simplest way.
private struct SpillOracle {
  private var partitions: [[UInt8]]
  private var records: [(location: UInt64, bytes: [UInt8])] = []

  init(partitions: Int) {
    self.partitions = Array(repeating: [], count: partitions)
  }

  mutating func append(_ partition: Int, _ bytes: [UInt8], at location: UInt64) {
    partitions[partition] += bytes
    records.append((location, bytes))
  }

  func compare(with spill: SpillFile) throws {
    #expect(spill.totalBytes == partitions.reduce(0) { $0 + $1.count })
    for (number, bytes) in partitions.enumerated() { #expect(try spill.load(number) == bytes) }
    for record in records where !record.bytes.isEmpty {
      let bytes = try spill.read(at: record.location, count: record.bytes.count)
      // One expectation for all would be slow to report, one for each is slow to check.
      if bytes != record.bytes { Issue.record("another record at \(record.location)") }
    }
  }
}
