import Domain

/// Findings as bytes, as the ledger keeps those of a feed (docs/ledger.md, "Segments").
///
/// A text is its length in four bytes and its UTF-8; a number is its decimal text, empty where
/// there is none. Findings of one feed stand behind each other, nothing between them.
enum FindingCoding {
  static func encode(_ findings: [Finding]) -> [UInt8] {
    var bytes: [UInt8] = []
    for finding in findings {
      for text in texts(of: finding) {
        let utf8 = Array(text.utf8)
        for shift in [0, 8, 16, 24] {
          bytes.append(UInt8(truncatingIfNeeded: utf8.count >> shift))
        }
        bytes += utf8
      }
    }
    return bytes
  }

  private static func texts(of finding: Finding) -> [String] {
    [
      finding.code.rawValue, finding.feed, finding.line.map(String.init) ?? "",
      finding.column.map(String.init) ?? "", finding.byteOffset.map(String.init) ?? "",
      finding.earningId, finding.participantId, finding.field, finding.value, finding.message,
      finding.remedy,
    ]
  }

  /// The findings; nil if these are no such bytes.
  static func decode(_ bytes: [UInt8]) -> [Finding]? {
    var findings: [Finding] = []
    var position = 0
    while position < bytes.count {
      var texts: [String] = []
      for _ in 0..<11 {
        guard position + 4 <= bytes.count else { return nil }
        let count = (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
        position += 4
        guard count <= bytes.count - position else { return nil }
        texts.append(String(decoding: bytes[position..<(position + count)], as: UTF8.self))
        position += count
      }
      guard let code = FindingCode(rawValue: texts[0]) else { return nil }
      var finding = Finding(
        code, feed: texts[1], line: Int(texts[2]), column: Int(texts[3]),
        byteOffset: Int(texts[4]), field: texts[7], value: texts[8], message: texts[9],
        remedy: texts[10])
      finding.earningId = texts[5]
      finding.participantId = texts[6]
      findings.append(finding)
    }
    return findings
  }
}
