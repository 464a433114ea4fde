import Glibc

/// Why bytes could not be converted.
package struct TranscodingFault: Error, Hashable {
  /// Of the first byte that does not belong to a character, from the beginning of all bytes given.
  package var offset: Int
  package var byte: UInt8
  /// Whether the text ends within the character.
  package var isCut: Bool

  package init(offset: Int, byte: UInt8, isCut: Bool) {
    self.offset = offset
    self.byte = byte
    self.isCut = isCut
  }
}

/// Converts a text to UTF-8, piece by piece.
package struct Transcoder: ~Copyable {
  private let converter: Iconv
  /// Bytes of a character whose end is still to come.
  private var pending: [UInt8] = []
  /// Bytes converted so far.
  private var offset = 0

  /// - Parameter encoding: With its byte order, see ``TextEncoding/settled(by:)``.
  /// - Returns: Nil where the C library's tables for it are not installed.
  package init?(_ encoding: TextEncoding) {
    guard let converter = Iconv(to: "UTF-8", from: encoding.name) else { return nil }
    self.converter = converter
  }

  /// Converts the next bytes.
  ///
  /// - Parameters:
  ///   - isLast: Nothing follows.
  ///   - output: Gets the text appended.
  /// - Throws: ``TranscodingFault``; what came before the fault is in `output` then.
  package mutating func convert(
    _ bytes: some Collection<UInt8>, isLast: Bool, into output: inout [UInt8]
  ) throws(TranscodingFault) {
    let input = pending + bytes
    pending = []
    // No character of these encodings takes more than three times its bytes in UTF-8.
    var text = [UInt8](repeating: 0, count: max(input.count * 3, 16))
    let result = converter.convert(input, into: &text)
    output += text.prefix(result.written)
    let start = offset
    offset += result.done
    if result.error == 0 { return }
    if result.error == EINVAL, !isLast {
      pending = Array(input[result.done...])
      return
    }
    guard let last = input.indices.last else { return }
    // Of one code of CP949 that it does not know, the C library says so only after it.
    let place = min(result.done, last)
    throw TranscodingFault(
      offset: start + place, byte: input[place], isCut: result.error == EINVAL)
  }
}

/// How many bytes the characters of a text took in the encoding that it was converted from.
package struct EncodedWidths: ~Copyable {
  private let isUTF16: Bool
  private let converter: Iconv?
  /// By code point; 0 where it was not asked for yet.
  private var widths = [UInt8](repeating: 0, count: 0x10000)

  package init(_ encoding: TextEncoding) {
    isUTF16 = encoding.name.hasPrefix("UTF-16")
    converter = Iconv(to: encoding.name, from: "UTF-8")
  }

  /// The bytes that some whole characters of UTF-8 took.
  package mutating func width(of text: Span<UInt8>) -> Int {
    var position = 0
    var total = 0
    while position < text.count {
      let first = text[position]
      let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      let end = min(position + count, text.count)
      if isUTF16 {
        total += count == 4 ? 4 : 2
      } else {
        total += width(ofCharacter: text.extracting(position..<end))
      }
      position = end
    }
    return total
  }

  private mutating func width(ofCharacter bytes: Span<UInt8>) -> Int {
    guard bytes.count < 4 else { return encodedCount(bytes) }
    var code = Int(bytes[0])
    if bytes.count > 1 { code &= bytes.count == 2 ? 0x1F : 0x0F }
    for index in 1..<max(bytes.count, 1) { code = code << 6 | Int(bytes[index] & 0x3F) }
    if widths[code] == 0 { widths[code] = UInt8(encodedCount(bytes)) }
    return Int(widths[code])
  }

  private func encodedCount(_ character: Span<UInt8>) -> Int {
    var output = [UInt8](repeating: 0, count: 8)
    let input = character.indices.map { character[$0] }
    return max(1, converter?.convert(input, into: &output).written ?? 1)
  }
}

extension TextEncoding {
  /// A text in this encoding; `?` stands for what it has no character for.
  ///
  /// - Parameter text: UTF-8.
  package func encode(_ text: [UInt8]) -> [UInt8] {
    guard !isUTF8, let converter = Iconv(to: name, from: "UTF-8") else { return text }
    var output: [UInt8] = []
    var rest = text[...]
    while !rest.isEmpty {
      var piece = [UInt8](repeating: 0, count: rest.count * 4 + 8)
      let result = converter.convert(Array(rest), into: &piece)
      output += piece.prefix(result.written)
      rest = rest.dropFirst(result.done)
      guard !rest.isEmpty else { break }
      // The first byte of the character, and those that continue it.
      rest = rest.dropFirst().drop { $0 & 0xC0 == 0x80 }
      var mark = [UInt8](repeating: 0, count: 4)
      let count = converter.convert([0x3F], into: &mark).written
      output += mark.prefix(count)
    }
    return output
  }
}
