/// Makes text from outside safe to show: short, and without control characters.
package enum SafeText {
  /// At most this many bytes of a value are shown.
  package static let bytesMax = 80

  /// The value, cut after ``bytesMax`` bytes, control and direction characters escaped.
  package static func shown(_ bytes: Span<UInt8>, bytesMax: Int = SafeText.bytesMax) -> String {
    var end = min(bytes.count, bytesMax)
    // Never cut inside a character.
    while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    var copy: [UInt8] = []
    copy.reserveCapacity(end)
    for position in 0..<end { copy.append(bytes[position]) }
    let text = escaped(String(decoding: copy, as: UTF8.self))
    return end < bytes.count ? text + "…" : text
  }

  /// The value of a text, made safe.
  package static func shown(_ text: String, bytesMax: Int = SafeText.bytesMax) -> String {
    let bytes = Array(text.utf8)
    return shown(bytes.span, bytesMax: bytesMax)
  }

  /// Text of any length with control and direction characters escaped as `\u{1B}`.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar) {
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// C0, DEL, C1, and the characters that change the direction or the lines of what follows.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
