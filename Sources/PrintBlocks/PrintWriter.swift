/// Writes what a document is made of as bytes: numbers in little-endian order, texts and lists with
/// their length in front.
struct PrintWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ byte: UInt8) { bytes.append(byte) }

  mutating func write(_ number: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: number))
    bytes.append(UInt8(truncatingIfNeeded: number >> 8))
  }

  /// - Precondition: `count` fits in 32 bits.
  mutating func write(count: Int) {
    let number = UInt32(count)
    for shift in [UInt32(0), 8, 16, 24] {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func write(_ text: String) {
    write(count: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func write(_ data: [UInt8]) {
    write(count: data.count)
    bytes.append(contentsOf: data)
  }

  mutating func write<Element>(
    _ list: [Element], _ writeElement: (Element, inout PrintWriter) -> Void
  ) {
    write(count: list.count)
    for element in list { writeElement(element, &self) }
  }
}
