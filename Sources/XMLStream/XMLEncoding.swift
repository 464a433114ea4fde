/// The encoding of a document, from its first bytes.
enum XMLEncoding: Equatable {
  /// After a byte order mark of so many bytes.
  case utf8(skip: Int)
  /// One that has to be converted, by its name, after a byte order mark of so many bytes.
  case other(String, skip: Int)
  /// The declaration names an encoding of another width than its own text has.
  case contradiction

  /// No declaration is longer.
  static let declarationBytesMax = 1024

  /// Looks at the beginning of a document.
  ///
  /// - Returns: nil if more bytes are needed to tell.
  static func detect(_ head: [UInt8], isWhole: Bool) -> XMLEncoding? {
    guard head.count >= 4 || isWhole else { return nil }
    for (mark, encoding) in marks where head.starts(with: mark) { return encoding }
    let opening = Array("<?xml".utf8)
    guard head.starts(with: opening.prefix(head.count)) else { return .utf8(skip: 0) }
    let start = head.prefix(declarationBytesMax)
    guard let end = start.firstIndex(of: 0x3E) else {
      return isWhole || head.count >= declarationBytesMax ? .utf8(skip: 0) : nil
    }
    guard let name = declaredName(start[..<end]) else { return .utf8(skip: 0) }
    switch name.uppercased() {
    case "UTF-8", "UTF8": return .utf8(skip: 0)
    case let name where widePrefixes.contains { name.hasPrefix($0) }: return .contradiction
    case let name: return .other(name, skip: 0)
    }
  }

  /// What a document may begin with; longer marks before their own beginnings.
  private static let marks: [([UInt8], XMLEncoding)] = [
    ([0xEF, 0xBB, 0xBF], .utf8(skip: 3)),
    ([0xFF, 0xFE, 0x00, 0x00], .other("UTF-32LE", skip: 4)),
    ([0x00, 0x00, 0xFE, 0xFF], .other("UTF-32BE", skip: 4)),
    ([0xFE, 0xFF], .other("UTF-16BE", skip: 2)),
    ([0xFF, 0xFE], .other("UTF-16LE", skip: 2)),
    ([0x00, 0x3C, 0x00], .other("UTF-16BE", skip: 0)),
    ([0x3C, 0x00, 0x00, 0x00], .other("UTF-32LE", skip: 0)),
    ([0x3C, 0x00], .other("UTF-16LE", skip: 0)),
    ([0x00, 0x00, 0x00, 0x3C], .other("UTF-32BE", skip: 0)),
  ]

  /// These cannot be the encoding of a declaration that was read as ASCII.
  private static let widePrefixes = ["UTF-16", "UTF16", "UTF-32", "UTF32", "UCS-", "ISO-10646-UCS"]

  private static func declaredName(_ declaration: ArraySlice<UInt8>) -> String? {
    let keyword = Array("encoding".utf8)
    var rest = declaration
    while !rest.isEmpty, !rest.starts(with: keyword) { rest = rest.dropFirst() }
    rest = rest.dropFirst(keyword.count).drop(while: isBlank)
    guard rest.first == 0x3D else { return nil }
    rest = rest.dropFirst().drop(while: isBlank)
    guard let quote = rest.first, quote == 0x22 || quote == 0x27 else { return nil }
    let name = rest.dropFirst().prefix { $0 != quote }
    // What does not look like a name is left to the parser, which says so.
    guard let first = name.first, isLetter(first), name.allSatisfy(isNameByte) else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
  }
}
