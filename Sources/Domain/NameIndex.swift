/// Finds the number of a name by its bytes, without making a string of them.
///
/// Open addressing over one array of bytes; filled once, then only asked.
package struct NameIndex: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [UInt32] = [0]
  private var numbers: [Int32] = []
  /// Entry + 1, or 0 where free; its count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 16)

  package init() {}

  package var count: Int { numbers.count }

  /// Adds a name. A name that is already there keeps its first number.
  ///
  /// - Returns: Whether the name is new.
  @discardableResult
  package mutating func insert(_ name: String, number: Int) -> Bool {
    let name = Array(name.utf8)
    guard find(name.span) == nil else { return false }
    if (numbers.count + 1) * 2 > slots.count { grow() }
    bytes.append(contentsOf: name)
    starts.append(UInt32(bytes.count))
    numbers.append(Int32(number))
    place(entry: numbers.count - 1)
    return true
  }

  /// The number of this name, or nil if it is not known.
  package func find(_ name: Span<UInt8>) -> Int? {
    let mask = slots.count - 1
    var slot = NameIndex.hash(name) & mask
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if matches(entry, name) { return Int(numbers[entry]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The number of this name, or nil if it is not known.
  package func find(_ name: String) -> Int? {
    let name = Array(name.utf8)
    return find(name.span)
  }

  private func matches(_ entry: Int, _ name: Span<UInt8>) -> Bool {
    let start = Int(starts[entry])
    guard Int(starts[entry + 1]) - start == name.count else { return false }
    for position in 0..<name.count where bytes[start + position] != name[position] {
      return false
    }
    return true
  }

  private mutating func place(entry: Int) {
    let mask = slots.count - 1
    let range = Int(starts[entry])..<Int(starts[entry + 1])
    var slot = NameIndex.hash(bytes.span.extracting(range)) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(entry + 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for entry in numbers.indices { place(entry: entry) }
  }

  private static func hash(_ name: Span<UInt8>) -> Int {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for position in 0..<name.count {
      state = (state ^ UInt64(name[position])) &* 0x100_0000_01b3
    }
    return Int(truncatingIfNeeded: state ^ (state >> 29))
  }
}

/// Orders texts by their UTF-8 bytes, the order of everything this program writes.
package func precedesInBytes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
