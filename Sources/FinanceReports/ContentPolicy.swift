import ByteStreams

/// What a page may do: its own style and its own script, known by their digests, and nothing else.
enum ContentPolicy {
  static func text(style: [UInt8], script: [UInt8]) -> String {
    "default-src 'none'; script-src 'sha256-\(digest(script))'; style-src"
      + " 'sha256-\(digest(style))'; base-uri 'none'; form-action 'none'"
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    base64(SHA256Digest.of(bytes).bytes)
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let padded = Array(group) + [UInt8](repeating: 0, count: 3 - group.count)
      let bits = padded.reduce(0) { $0 << 8 | Int($1) }
      for place in 0..<4 {
        let isUsed = place <= group.count
        text.append(isUsed ? letters[bits >> (18 - 6 * place) & 63] : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
