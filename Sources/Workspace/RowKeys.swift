import Domain

/// The keys of a table's rows, to find those that stand twice.
///
/// Open addressing, as in ``NameIndex``: a registry has many rows, and nothing is done with their
/// keys but this.
struct RowKeys {
  private struct Key: Equatable {
    var partner: Int32
    var program: Int32
    var day: Int32
    var name: Int32

    var hash: UInt64 {
      let high = UInt64(UInt32(bitPattern: partner)) << 32 | UInt64(UInt32(bitPattern: program))
      let low = UInt64(UInt32(bitPattern: day)) << 32 | UInt64(UInt32(bitPattern: name))
      let mixed = (high ^ 0x2d35_8dcc_aa6c_78a5).multipliedFullWidth(by: 0x8bb8_4b93_962e_acc9)
      let both = (mixed.high ^ mixed.low ^ low).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
      return both.high ^ both.low
    }
  }

  private var keys: [Key] = []
  /// By key.
  private var lines: [Int32] = []
  /// Number of a key + 1, or 0 where free; its count is a power of two, and more than half are free.
  private var slots: [UInt32]
  private var names = NameIndex()

  /// - Parameter rowCount: How many rows are added at most.
  init(rowCount: Int) {
    keys.reserveCapacity(rowCount)
    lines.reserveCapacity(rowCount)
    var slotCount = 16
    while slotCount <= 2 * rowCount { slotCount *= 2 }
    slots = [UInt32](repeating: 0, count: slotCount)
  }

  /// Notes a row's key, and reports a row that has the same.
  ///
  /// - Parameters:
  ///   - program: Nil = all programs.
  ///   - column: Where the finding stands.
  ///   - columns: What the key is, in words.
  mutating func add(
    _ table: inout TableReader, _ column: Int, _ columns: String, partner: Int = 0,
    program: Int? = nil, day: Day? = nil, name: String? = nil
  ) {
    let key = Key(
      partner: Int32(partner), program: Int32(program ?? -1), day: day?.number ?? Int32.min,
      name: name.map { number(of: $0) } ?? -1)
    guard let first = insert(key, line: Int32(clamping: table.line)) else { return }
    table.report(
      .X906, column, "line \(first) has the same \(columns)",
      remedy: "Remove one of the two rows, or correct what should differ.")
  }

  /// - Returns: The line of the row that has the key already.
  private mutating func insert(_ key: Key, line: Int32) -> Int32? {
    precondition(2 * keys.count < slots.count, "more rows than were announced")
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key.hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if keys[number] == key { return lines[number] }
      slot = (slot + 1) & mask
    }
    keys.append(key)
    lines.append(line)
    slots[slot] = UInt32(keys.count)
    return nil
  }

  private mutating func number(of name: String) -> Int32 {
    if let number = names.find(name) { return Int32(number) }
    let number = names.count
    names.insert(name, number: number)
    return Int32(number)
  }
}
