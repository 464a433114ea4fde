import Domain
import Feeds
import Foundation
import Testing

@Suite("Encodings that an XML feed declares")
struct DeclaredEncodingTests {
  /// Written by Foundation, whose converters are not those of the C library that reads them.
  static let encodings: [(name: String, encoding: String.Encoding, text: String)] = [
    ("UTF-8", .utf8, "Größe €한😀"), ("UTF-16", .utf16, "Größe €한😀"),
    ("ISO-8859-1", .isoLatin1, "Größe é¤"), ("windows-1252", .windowsCP1252, "Größe € “x”"),
    ("windows-1250", .windowsCP1250, "Łódź €"), ("Shift_JIS", .shiftJIS, "日本語 ソ表"),
    ("US-ASCII", .ascii, "plain"),
  ]

  private static func feed(_ name: String, _ value: String) -> String {
    "<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<earningsFeed xmlns=\"urn:payout:earnings:1\">\n"
      + "<earning>\(plainChildren)<customerName>\(value)</customerName></earning>\n"
      + "<earning>\(plainChildren)<lever>\(value)</lever></earning>\n</earningsFeed>"
  }

  @Test("are obeyed, for values and findings", arguments: encodings)
  func read(name: String, encoding: String.Encoding, text: String) throws {
    let bytes = try #require(Self.feed(name, text).data(using: encoding))
    let reading = try FeedsTests.read(Array(bytes), as: "f.xml")
    #expect(reading.refusal == nil)
    #expect(reading.rows.map { $0[.customerName] } == [text, ""])
    let finding = try #require(reading.findings.first { $0.code == .R207 })
    #expect(finding.value == text)
    #expect(finding.line == 4)
  }

  @Test("are refused where nothing is known of them, or the bytes are others")
  func wrong() throws {
    let feed = Array(Self.feed("x-unknown", "x").utf8)
    #expect(try FeedsTests.read(feed, as: "f.xml").codes == ["F105"])
    let wide = Array(Self.feed("UTF-16", "x").utf8)
    #expect(try FeedsTests.read(wide, as: "f.xml").codes == ["F102"])
    let ascii = Array(Self.feed("US-ASCII", "ä").utf8)
    #expect(try FeedsTests.read(ascii, as: "f.xml").codes == ["F102"])
  }
}
