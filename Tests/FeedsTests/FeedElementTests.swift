import Feeds
import Foundation
import Testing

@Suite("An element as it was delivered")
struct FeedElementTests {
  static let encodings: [(name: String, encoding: String.Encoding, mark: [UInt8])] = [
    ("UTF-8", .utf8, []), ("windows-1252", .windowsCP1252, []), ("Shift_JIS", .shiftJIS, []),
    ("UTF-16", .utf16LittleEndian, [0xFF, 0xFE]), ("UTF-16", .utf16BigEndian, [0xFE, 0xFF]),
  ]

  @Test("is shown as text, whatever the encoding of its feed", arguments: encodings)
  func shown(name: String, encoding: String.Encoding, mark: [UInt8]) throws {
    let value = name == "Shift_JIS" ? "日本ソ" : name == "windows-1252" ? "Größe €" : "é한"
    // Longer than what is read at once.
    let blanks = String(repeating: " ", count: 5000)
    let element = "<earning>\n<earningId>\(value)</earningId>\(blanks)</earning>"
    let before = "<?xml version='1.0' encoding='\(name)'?>\n<earningsFeed>\n"
    let start = try #require(before.data(using: encoding))
    let text = try #require((before + element + "<earning/></earningsFeed>").data(using: encoding))
    let directory = try TestDirectory()
    let path = try directory.write("f.xml", mark + Array(text))
    let feed = FeedFileOf.path(path, name: "f.xml")
    #expect(try FeedElement.text(of: feed, at: mark.count + start.count) == element)
  }

  @Test("is not shown where there is none")
  func none() throws {
    let directory = try TestDirectory()
    let path = try directory.write("f.xml", Array("<a>text</a>".utf8))
    let feed = FeedFileOf.path(path, name: "f.xml")
    #expect(try FeedElement.text(of: feed, at: 3) == nil)
    #expect(try FeedElement.text(of: feed, at: 0) == "<a>text</a>")
  }
}
