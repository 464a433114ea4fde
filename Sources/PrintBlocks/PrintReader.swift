/// Reads what ``PrintWriter`` wrote; nothing is believed that the bytes do not hold.
struct PrintReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func byte() throws(PrintFault) -> UInt8 {
    guard place < bytes.count else { throw .garbled }
    place += 1
    return bytes[place - 1]
  }

  mutating func number() throws(PrintFault) -> UInt16 {
    let low = UInt16(try byte())
    return low | UInt16(try byte()) << 8
  }

  /// How many bytes or elements follow: no more than there are bytes, as each takes at least one.
  mutating func count() throws(PrintFault) -> Int {
    var number = 0
    for shift in [0, 8, 16, 24] { number |= Int(try byte()) << shift }
    guard number <= bytes.count - place else { throw .garbled }
    return number
  }

  mutating func text() throws(PrintFault) -> String {
    let count = try count()
    defer { place += count }
    guard let text = String(validating: bytes[place..<place + count], as: UTF8.self) else {
      throw .garbled
    }
    return text
  }

  mutating func data() throws(PrintFault) -> [UInt8] {
    let count = try count()
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  mutating func list<Element>(
    _ read: (inout PrintReader) throws(PrintFault) -> Element
  ) throws(PrintFault) -> [Element] {
    let count = try count()
    var list: [Element] = []
    list.reserveCapacity(min(count, 4096))
    for _ in 0..<count { list.append(try read(&self)) }
    return list
  }

  /// A case of an enumeration by its number.
  mutating func value<Value: RawRepresentable<UInt8>>(
    _ type: Value.Type
  ) throws(PrintFault) -> Value {
    guard let value = Value(rawValue: try byte()) else { throw .garbled }
    return value
  }
}
