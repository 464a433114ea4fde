/// Reads the JSON of a control file, and nothing that could be read in two ways: no key twice, no
/// `null`, nothing after a comma that ends something.
///
/// Only what a control file is made of is known: objects, texts and whole numbers.
struct SidecarJSON {
  indirect enum Value {
    case object([(key: String, value: Value)])
    case text(String)
    case number(Int)
  }

  /// What is wrong, as the rest of a sentence about the file.
  struct Fault: Error {
    var what: String
  }

  private let bytes: [UInt8]
  private var position = 0

  /// Reads a whole document.
  ///
  /// - Throws: ``Fault``.
  static func read(_ bytes: [UInt8]) throws(Fault) -> Value {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Fault(what: "is not UTF-8") }
    var json = SidecarJSON(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { json.position = 3 }
    let value = try json.value(depth: 0)
    json.skipBlanks()
    guard json.position == bytes.count else { throw json.fault }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var fault: Fault { Fault(what: "is not JSON at byte \(position)") }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  /// Goes past a character, if it is the next one after blanks.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(Fault) -> Value {
    // A control file has texts in an object in an object.
    guard depth <= 2 else { throw fault }
    if take("{") { return .object(try members(depth: depth)) }
    if next == UInt8(ascii: "\"") { return .text(try text()) }
    return .number(try number())
  }

  private mutating func members(depth: Int) throws(Fault) -> [(key: String, value: Value)] {
    var members: [(key: String, value: Value)] = []
    if take("}") { return members }
    repeat {
      skipBlanks()
      let key = try text()
      guard !members.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) else {
        throw Fault(what: "has a key twice, and nobody can tell which of the two counts")
      }
      guard take(":") else { throw fault }
      members.append((key, try value(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw fault }
    return members
  }

  private mutating func number() throws(Fault) -> Int {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let digits = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    let count = position - digits
    let isPadded = count > 1 && bytes[digits] == 0x30
    guard count > 0, !isPadded, ![0x2E, 0x45, 0x65].contains(next ?? 0),
      let number = Int(String(decoding: bytes[start..<position], as: UTF8.self))
    else {
      position = start
      throw Fault(what: fault.what + ", where a text, a whole number or an object should be")
    }
    return number
  }

  private mutating func text() throws(Fault) -> String {
    guard take("\"") else { throw fault }
    var text: [UInt8] = []
    while let byte = next, byte >= 0x20 {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escaped()
      default: text.append(byte)
      }
    }
    throw fault
  }

  private mutating func escaped() throws(Fault) -> [UInt8] {
    guard let byte = next else { throw fault }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(try unicode()).utf8)
    default: throw fault
    }
  }

  /// The character of `\u` and four digits, or of two of them that belong together.
  private mutating func unicode() throws(Fault) -> Unicode.Scalar {
    let first = try fourDigits()
    guard (0xD800..<0xDC00).contains(first) else {
      guard let scalar = Unicode.Scalar(first) else { throw fault }
      return scalar
    }
    guard bytes[position...].starts(with: Array("\\u".utf8)) else { throw fault }
    position += 2
    let second = try fourDigits()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault }
    return scalar
  }

  private mutating func fourDigits() throws(Fault) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4,
      digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault }
    position += 4
    return number
  }
}
