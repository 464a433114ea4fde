import Foundation
import TestSupport
import Testing
import XMLStream

@Suite("Places in documents that are not UTF-8")
struct XMLConvertedPlaceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let encoding: String.Encoding
    /// Characters that it has.
    let letters: String
    var mark: [UInt8] = []
    var testDescription: String { name }
  }

  /// Foundation, which encodes, does not convert with the C library, which decodes.
  static let cases: [Case] = [
    Case(name: "ISO-8859-1", encoding: .isoLatin1, letters: "aé¤ß"),
    Case(name: "windows-1252", encoding: .windowsCP1252, letters: "a€é“"),
    Case(name: "windows-1250", encoding: .windowsCP1250, letters: "aŁ€ź"),
    Case(name: "US-ASCII", encoding: .ascii, letters: "abc"),
    Case(name: "Shift_JIS", encoding: .shiftJIS, letters: "aｱ日ソ表"),
    Case(name: "EUC-KR", encoding: foundation(0x0940), letters: "a한글"),
    Case(name: "CP949", encoding: foundation(0x0422), letters: "a한뷁"),
    Case(name: "GB18030", encoding: foundation(0x0632), letters: "a中é😀"),
    Case(name: "Big5", encoding: foundation(0x0A03), letters: "a中文"),
    Case(name: "UTF-16LE", encoding: .utf16LittleEndian, letters: "aé한😀", mark: [0xFF, 0xFE]),
    Case(name: "UTF-16BE", encoding: .utf16BigEndian, letters: "aé한😀", mark: [0xFE, 0xFF]),
    Case(name: "UTF-16LE without mark", encoding: .utf16LittleEndian, letters: "aé한😀"),
    Case(
      name: "UTF-32LE", encoding: .utf32LittleEndian, letters: "aé한😀", mark: [0xFF, 0xFE, 0, 0]),
  ]

  /// An encoding by the number that Core Foundation gives it.
  private static func foundation(_ number: UInt) -> String.Encoding {
    String.Encoding(rawValue: 0x8000_0000 | number)
  }

  /// The declaration has the same length in every encoding but for the name in it.
  private func declaration(_ example: Case) -> String {
    let isWide = example.name.hasPrefix("UTF-")
    return isWide ? "<?xml version='1.0'?>" : "<?xml version='1.0' encoding='\(example.name)'?>"
  }

  private func document(_ letters: [Character], _ generator: inout SeededGenerator) -> String {
    func text(_ generator: inout SeededGenerator) -> String {
      String(
        (0..<Int.random(in: 0...5, using: &generator)).compactMap { _ in
          letters.randomElement(using: &generator)
        })
    }
    var body = ""
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let value = text(&generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: body += "\n"
      case 1: body += "\r\n\t"
      case 2: body += "<!-- \(value)\n -->"
      case 3: body += "<id><![CDATA[\(value)]]>&amp;\(text(&generator))</id>"
      case 4: body += "<id rows='\(value)'/>"
      case 5: body += "<earning><id>\(value)</id>\(text(&generator))</earning>"
      default: body += "<id\n>\(value)</id>"
      }
    }
    return "<feed xmlns='urn:x'>\(body)</feed>"
  }

  /// The events of the same text in UTF-8, at the places of what stands before them when it is encoded.
  private func expected(_ text: String, _ example: Case) throws -> [String] {
    let bytes = Array(text.utf8)
    // The declaration says something else than UTF-8: blanks in its place.
    let declaration = declaration(example)
    let plain = String(repeating: " ", count: declaration.count) + text.dropFirst(declaration.count)
    return try read([Array(plain.utf8)], detail: .places).events.map { event in
      let match = try #require(event.firstMatch(of: /(?s)(.*) (\d+):\d+@(\d+)$/))
      let offset = try #require(Int(match.3))
      let before = try encode(bytes[..<offset], example)
      let line = bytes[..<offset].split(separator: 0x0A, omittingEmptySubsequences: false).last
      let column = try encode(line ?? [], example)
      return "\(match.1) \(match.2):\(column + 1)@\(example.mark.count + before)"
    }
  }

  private func encode(_ bytes: ArraySlice<UInt8>, _ example: Case) throws -> Int {
    try #require(String(decoding: bytes, as: UTF8.self).data(using: example.encoding)).count
  }

  @Test("are those of its own bytes", arguments: cases)
  func oracle(_ example: Case) throws {
    for seed in 0..<40 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = declaration(example) + document(Array(example.letters), &generator)
      let encoded = try #require(text.data(using: example.encoding))
      let bytes = example.mark + Array(encoded)
      let expected = try expected(text, example)
      for chunks in [[bytes], bytes.map { [$0] } + [[]]] {
        let reading = read(chunks, detail: .places)
        #expect(reading == Reading(events: expected, fault: nil), "\(text)")
      }
    }
  }

  /// Worked out by hand: windows-1252 has one byte for each character, EUC-KR two for 한, UTF-16 two
  /// for each.
  @Test("are right where they were worked out by hand")
  func byHand() {
    let latin =
      Array("<feed xmlns='urn:x'>\r\n".utf8) + [0x80, 0x80] + Array("<id>x</id></feed>".utf8)
    let declared = Array("<?xml version='1.0' encoding='windows-1252'?>\n".utf8)
    #expect(
      read([declared + latin], detail: .places).events
        == ["<feed> 2:1@46", "\"\r\n€€\" 2:21@66", "id=x 3:7@74", "</feed> 3:13@80"]
        .map { $0.replacing("\r\n", with: "\n") })
    let wide = utf16("<feed xmlns='urn:x'>\n<id>한</id></feed>", bigEndian: true)
    // A mark of 2 bytes; 20 characters, a line feed, then `<id>` from 44 to 51.
    #expect(
      read([wide], detail: .places).events
        == ["<feed> 1:1@2", "id=한 2:9@52", "</feed> 2:21@64"])
  }

  /// In EUC-JP a character has one, two or three bytes.
  @Test("are right where characters have up to three bytes")
  func threeBytes() {
    let declared = Array("<?xml version='1.0' encoding='EUC-JP'?>\n".utf8)
    let text: [UInt8] = [0x8E, 0xB1, 0x8F, 0xB0, 0xA1, 0xC6, 0xFC]
    let document =
      declared + Array("<feed xmlns='urn:x'><id>".utf8) + text + Array("</id>x</feed>".utf8)
    for chunks in splits(document) {
      #expect(
        read(chunks, detail: .places).events
          == ["<feed> 2:1@40", "id=ｱ丂日 2:25@64", "\"x\" 2:37@76", "</feed> 2:38@77"])
    }
  }

  /// A change of the character set belongs to the character behind it, here to the 日 and to the `<`.
  @Test("are right in an encoding whose bytes depend on what came before")
  func stateful() {
    let declared = Array("<?xml version='1.0' encoding='ISO-2022-JP'?>\n".utf8)
    let kanji: [UInt8] = [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x4B, 0x5C, 0x1B, 0x28, 0x42]
    let document =
      declared + Array("<feed xmlns='urn:x'>\n<id>".utf8) + kanji + Array("</id>x</feed>".utf8)
    for chunks in splits(document) {
      #expect(
        read(chunks, detail: .places).events
          == ["<feed> 2:1@45", "id=日本 3:5@70", "\"x\" 3:20@85", "</feed> 3:21@86"])
    }
  }

  @Test(
    "of bytes that mean nothing, too",
    arguments: [
      ("windows-1252", [0x41, 0x81], 1), ("EUC-KR", [0xC7, 0xD1, 0xFF, 0xFF], 2),
      ("Shift_JIS", [0xB1, 0x93, 0xFA, 0x80], 3), ("CP949", [0xC7, 0xD1, 0xC9, 0x20], 2),
    ] as [(String, [UInt8], Int)])
  func invalid(name: String, text: [UInt8], valid: Int) {
    let head = Array("<?xml version='1.0' encoding='\(name)'?>\n<feed>".utf8)
    let document = head + text + Array("</feed>".utf8)
    for chunks in splits(document) {
      let fault = read(chunks).fault
      #expect(fault?.kind == .invalidEncoding)
      #expect(fault?.line == 2)
      #expect(fault?.column == 7 + valid)
      #expect(fault?.byteOffset == head.count + valid)
    }
  }

  @Test("stay right over a long document of one line")
  func longLine() {
    let row = Array("<id>".utf8) + [0xC7, 0xD1] + Array("</id>".utf8)
    let declared = Array("<?xml version='1.0' encoding='EUC-KR'?>".utf8)
    let head = declared + Array("<feed xmlns='urn:x'>".utf8)
    let rows = 50_000
    let document =
      head + [[UInt8]](repeating: row, count: rows).flatMap(\.self) + Array("</feed>".utf8)
    let events = read([document], detail: .places).events
    #expect(events.count == rows + 2)
    for number in [0, 1, 20_000, rows - 1] {
      let offset = head.count + number * row.count + 4
      #expect(events[number + 1] == "id=한 1:\(offset + 1)@\(offset)")
    }
  }
}
