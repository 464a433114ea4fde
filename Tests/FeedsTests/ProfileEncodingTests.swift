import ByteStreams
import Domain
import Feeds
import Testing

@Suite("Feeds in other encodings")
struct ProfileEncodingTests {
  /// An encoding, and a name that it can write.
  static let encodings: [(String, String)] = [
    ("windows-1252", "Café „Süd“ €"), ("ISO-8859-1", "Café Süd"), ("ISO-8859-15", "Café €"),
    ("windows-1251", "Привет"), ("CP949", "한빛나루 뷁"), ("EUC-KR", "한빛"), ("Shift_JIS", "東京ソ表ｱ"),
    ("CP932", "東京①"), ("EUC-JP", "東京ｱ"), ("GBK", "北京"), ("GB18030", "北京😀"), ("Big5", "台北功"),
    ("UTF-16LE", "Café 한빛 😀"), ("UTF-16BE", "Café 한빛 😀"), ("UTF-8", "Café 한빛 😀"),
  ]

  private func encode(_ text: String, _ name: String) throws -> [UInt8] {
    try #require(TextEncoding(name)).encode(Array(text.utf8))
  }

  @Test("are read, and places count their bytes", arguments: encodings)
  func read(name: String, text: String) throws {
    let feed =
      "id,name,date,amount\nE-1,\(text),2026-10-05,1\nE-2,\"\(text)\n\(text)\",2026-10-05,x\n"
    let bytes = try encode(feed, name)
    let reading = try FeedsTests.read(bytes, by: plainProfile + "encoding: \(name)\n")
    #expect(reading.rows.map { $0[.customerName] } == [text, "\(text)\n\(text)"])
    let before = try encode(String(feed.dropLast(2)), name).count
    let line = try encode("\(text)\",2026-10-05,", name).count
    #expect(reading.shown == ["R203 4:\(line + 1)@\(before) transactionAmount=x"])
  }

  @Test("rejected rows come back in the same encoding and are read again", arguments: encodings)
  func rejected(name: String, text: String) throws {
    let bytes = try encode("id,name,date,amount\nE-2,\(text),2026-10-05,x\n", name)
    let yaml = plainProfile + "encoding: \(name)\n"
    let written = try rejects(bytes, by: yaml)
    let expected =
      "_line,_codes,_message,id,name,date,amount\n"
      + "2,R203,transactionAmount: not a decimal,E-2,\(text),2026-10-05,x\n"
    #expect(try written == encode(expected, name))
    let again = try FeedsTests.read(written, by: yaml)
    #expect(again.rows.map { $0[.customerName] } == [text])
    #expect(again.codes == ["R203"])
  }

  @Test("UTF-16 with a byte order mark, or without one by its first character")
  func byteOrder() throws {
    let yaml = plainProfile + "encoding: UTF-16\n"
    for (name, mark) in [("UTF-16LE", [0xFF, 0xFE]), ("UTF-16BE", [0xFE, 0xFF])]
      as [(String, [UInt8])]
    {
      let bytes = try encode("id,date,amount\nE-é,2026-10-05,x\n", name)
      let plain = try FeedsTests.read(bytes, by: yaml)
      #expect(plain.shown == ["R203 2:31@60 transactionAmount=x"])
      let marked = try FeedsTests.read(mark + bytes, by: yaml)
      #expect(marked.shown == ["R203 2:31@62 transactionAmount=x"])
    }
    #expect(try FeedsTests.read([0xD5, 0xD6, 0, 0], by: yaml).codes == ["F102"])
  }

  @Test("columns that the profile does not read are looked at in them, too")
  func strays() throws {
    let feed = "id,name,date,amount,claim\nE-1,한,2026-10-05,1,빛나\"루\nE-2,한,2026-10-05,1,나루\n"
    let bytes = try encode(feed, "CP949")
    let reading = try FeedsTests.read(bytes, by: plainProfile + "encoding: CP949\n")
    #expect(
      reading.shown.filter { !$0.hasPrefix("F116") } == ["R218 2:21@46 claim=빛나\"루"])
    #expect(reading.rejections.count == 1)
  }

  @Test("bytes that are none of it refuse the feed, with their place")
  func invalid() throws {
    let start = try encode("id,name,date,amount\nE-1,한,2026-10-05,1\nE-2,한", "CP949")
    let yaml = plainProfile + "encoding: CP949\n"
    let wrong = try FeedsTests.read(start + [0xFF, 0x2C] + Array("2026-10-05,1\n".utf8), by: yaml)
    #expect(wrong.shown == ["F102 3:7@\(start.count)=\\xFF"])
    let cut = try FeedsTests.read(start + [0xC7], by: yaml)
    #expect(cut.refusal?.message == "the feed ends within a character")
  }

  @Test("characters over the ends of chunks, and many of them")
  func large() throws {
    var text = "id,name,date,amount\n"
    for row in 0..<80_000 { text += "E-\(row),한빛나루\(row),2026-10-05,1\n" }
    text += "E-x,뷁,2026-10-05,x\n"
    let bytes = try encode(text, "CP949")
    #expect(bytes.count > 2 << 20)
    let reading = try FeedsTests.read(bytes, by: plainProfile + "encoding: CP949\n")
    #expect(reading.rows.count == 80_001)
    #expect(reading.rows[79_999][.customerName] == "한빛나루79999")
    #expect(reading.shown == ["R203 80002:19@\(bytes.count - 2) transactionAmount=x"])
  }
}
