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
    let end = Int(starts[entry + 1])
    guard end - start == name.count else { return false }
    let own = bytes.span.extracting(start..<end)
    var position = 0
    while position + 8 <= name.count {
      if NameIndex.word(own, position) != NameIndex.word(name, position) { return false }
      position += 8
    }
    while position < name.count {
      if own[position] != name[position] { return false }
      position &+= 1
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

  /// Eight bytes are taken in at a time: multiplied to 128 bits, whose halves are mixed.
  private static func hash(_ name: Span<UInt8>) -> Int {
    var state = UInt64(truncatingIfNeeded: name.count)
    var position = 0
    while position + 8 < name.count {
      state = mix(state ^ word(name, position))
      position += 8
    }
    // The last eight bytes may overlap those before them.
    if name.count >= 8 { return Int(truncatingIfNeeded: mix(state ^ word(name, name.count - 8))) }
    var rest: UInt64 = 1
    for position in name.indices { rest = rest &<< 8 | UInt64(name[position]) }
    return Int(truncatingIfNeeded: mix(state ^ rest))
  }

  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    let product = (word ^ 0x2d35_8dcc_aa6c_78a5).multipliedFullWidth(by: 0x8bb8_4b93_962e_acc9)
    return product.high ^ product.low
  }

  /// Eight bytes; the check at the beginning lets the compiler load them at once.
  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
    precondition(at >= 0 && bytes.count >= 8 && at <= bytes.count &- 8)
    let low =
      UInt64(bytes[at]) | UInt64(bytes[at + 1]) &<< 8 | UInt64(bytes[at + 2]) &<< 16
      | UInt64(bytes[at + 3]) &<< 24
    let high =
      UInt64(bytes[at + 4]) | UInt64(bytes[at + 5]) &<< 8 | UInt64(bytes[at + 6]) &<< 16
      | UInt64(bytes[at + 7]) &<< 24
    return low | high &<< 32
  }
}

/// Orders texts by their UTF-8 bytes, the order of everything this program writes.
package func precedesInBytes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
