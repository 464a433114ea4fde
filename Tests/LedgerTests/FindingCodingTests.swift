import Domain
import Testing

@testable import Ledger

@Suite("Findings as bytes")
struct FindingCodingTests {
  private static var findings: [Finding] {
    var full = Finding(
      .R210, feed: "한빛.csv", line: 12, column: 3, byteOffset: 0, field: "earningId",
      value: "E\\u{7}\"1,\n", message: "known", remedy: "")
    full.earningId = "E-1"
    full.participantId = "0048101"
    // What has no place has none afterwards either: 0 is a place.
    let bare = Finding(.F113, feed: "", message: "")
    return [full, bare] + FindingCode.allCases.map { Finding($0, feed: "a", message: "m") }
  }

  @Test("come back as they were")
  func roundTrip() {
    let findings = Self.findings
    #expect(FindingCoding.decode(FindingCoding.encode(findings)) == findings)
    #expect(FindingCoding.decode([]) == [])
    #expect(FindingCoding.encode([]).isEmpty)
  }

  @Test("cut anywhere but between two findings they are refused")
  func cut() {
    let findings = Array(Self.findings.prefix(2))
    let bytes = FindingCoding.encode(findings)
    let between = FindingCoding.encode([findings[0]]).count
    for count in 1..<bytes.count {
      let decoded = FindingCoding.decode(Array(bytes.prefix(count)))
      #expect(decoded == (count == between ? [findings[0]] : nil), "\(count) bytes")
    }
  }

  @Test("a length beyond the end, and an unknown code, are refused; nothing traps")
  func damaged() {
    let bytes = FindingCoding.encode(Array(Self.findings.prefix(2)))
    for position in bytes.indices {
      for value in [0, 0x7F, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[position] = value
        // A text may have been changed into another one; its bytes never into more or fewer.
        if let decoded = FindingCoding.decode(damaged) { #expect(decoded.count <= 2) }
      }
    }
    var wrong = bytes
    wrong[4] = UInt8(ascii: "Z")
    #expect(FindingCoding.decode(wrong) == nil)
    wrong = bytes
    wrong[3] = 0xFF
    #expect(FindingCoding.decode(wrong) == nil)
  }
}
