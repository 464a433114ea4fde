import Domain
import Feeds
import Testing

@Suite("CSV feeds that are refused as a whole")
struct RefusalTests {
  private static let header = requiredColumns + ",customerName\n"

  @Test("F101: no file, no regular file, damaged compression", arguments: ["missing", "directory"])
  func unreadable(what: String) throws {
    let path = what == "missing" ? "/nonexistent/feed.csv" : "/dev"
    let reading = try read(FeedFileOf.path(path, name: "feed.csv"))
    #expect(reading.shown == ["F101"])
  }

  struct Bytes: Sendable, CustomTestStringConvertible {
    /// `X` stands for the bytes.
    let text: String
    let bytes: [UInt8]
    let shown: String
    var testDescription: String { "\(text) \(bytes)" }
  }

  // The header has 102 bytes and a line feed.
  static let invalid: [Bytes] = [
    // Latin-1, a cut character, a lone continuation, an overlong one, a surrogate, beyond Unicode.
    Bytes(text: "E-1,X", bytes: [0xFC, 0x6C], shown: "2:5@107"),
    Bytes(text: "E-1,aX,", bytes: [0xED, 0x95], shown: "2:6@108"),
    Bytes(text: "E-1,X,", bytes: [0x80], shown: "2:5@107"),
    Bytes(text: "E-1,X,", bytes: [0xC0, 0x80], shown: "2:5@107"),
    Bytes(text: "E-1,X,", bytes: [0xED, 0xA0, 0x80], shown: "2:5@107"),
    Bytes(text: "E-1,X,", bytes: [0xF5, 0x80, 0x80, 0x80], shown: "2:5@107"),
    // In a quoted value, behind a line break.
    Bytes(text: "E-1,\"a\nbX\"", bytes: [0xFF], shown: "3:2@111"),
    // At the end of the file, and in a file whose end is missing.
    Bytes(text: "E-1,X", bytes: [0xC3], shown: "2:5@107"),
    Bytes(text: "E-1,X,\"abc", bytes: [0xFF], shown: "2:5@107"),
  ]

  @Test("F102: the first byte that is not UTF-8", arguments: invalid)
  func encoding(_ invalid: Bytes) throws {
    let parts = (Self.header + invalid.text).split(separator: "X").map { Array($0.utf8) }
    let bytes = parts[0] + invalid.bytes + (parts.count > 1 ? parts[1] : [])
    #expect(
      try read(bytes).shown.map { $0.prefix { $0 != "=" } } == [
        "F102 \(invalid.shown) "
          .dropLast()
      ])
  }

  @Test("F102: also in the header")
  func headerEncoding() throws {
    let bytes = Array("earningId,".utf8) + [0xFF] + Array("\n".utf8)
    #expect(try read(bytes).shown == ["F102 1:11@10=\\xFF"])
  }

  static let openQuotes: [(text: String, shown: String)] = [
    ("E-1,\"0048123,CSP\nE-2,x\n", "F112 2:5@107"),
    // The quote that is open, not the first one.
    ("E-1,\"a\"\"b\",\"c\nE-2,d\n", "F112 2:12@114"),
    ("\"", "F112 2:1@103"), ("E-1,\"a\"\"", "F112 2:5@107"),
    // After whole records, and a byte that is no UTF-8 would come later.
    ("\(plainRow),\n\n\"", "F112 4:1@149"),
  ]

  @Test("F112: a quote that is never closed", arguments: openQuotes)
  func open(text: String, shown: String) throws {
    #expect(try read(Array((Self.header + text).utf8)).shown == [shown])
  }

  @Test("F113: nothing at all, or nothing but a header", arguments: ["", "\n\n", "\u{FEFF}"])
  func empty(text: String) throws {
    #expect(try read(Array(text.utf8)).shown == ["F113"])
    #expect(try read(Array((text + Self.header + "\r\n\n").utf8)).shown == ["F113"])
  }

  @Test("F111: a record longer than limits.row", arguments: [200, 199])
  func row(limit: Int) throws {
    var limits = Limits()
    limits.row = limit
    let name = String(repeating: "x", count: 200 - plainRow.utf8.count - 1)
    let text = Self.header + plainRow + ",\n" + plainRow + "," + name + "\n"
    let reading = try read(Array(text.utf8), limits: limits)
    #expect(reading.shown == (limit == 200 ? [] : ["F111 3:1"]))
  }

  @Test("F111: the values of an earning longer than limits.row", arguments: [0, -1])
  func rowBytesOfXML(more: Int) throws {
    let values = plainChildren.replacing(#/<[^>]*>/#, with: "")
    var limits = Limits()
    limits.row = values.utf8.count + more
    let text = xmlFeed("<earning>" + plainChildren + "</earning>")
    let reading = try read(Array(text.utf8), as: "feed.xml", limits: limits)
    #expect(reading.codes == (more == 0 ? [] : ["F111"]))
  }

  @Test("F111 and F112 of a record that is longer than a chunk", arguments: [false, true])
  func longRecord(isClosed: Bool) throws {
    var limits = Limits()
    limits.row = 1 << 20
    let name = String(repeating: "x\n", count: 1_200_000)
    let text = Self.header + plainRow + ",\"" + name + (isClosed ? "\"\n" : "")
    let reading = try read(Array(text.utf8), limits: limits)
    #expect(reading.shown == [isClosed ? "F111 2:1" : "F112 2:45@147"])
  }

  @Test("a compressed feed is read as it is, with the places of what is in it")
  func compressed() throws {
    let text = Self.header + plainRow + ",\n" + plainRow.replacing("EUR", with: "eur") + ",\n"
    let bytes = Array(text.utf8)
    #expect(try read(bytes, as: "feed.csv.gz").shown == read(bytes).shown)
    #expect(try read(bytes, as: "feed.csv.gz").codes == ["R204"])
    let xml = Array(xmlFeed("<earning>" + plainChildren + "</earning><x/>").utf8)
    #expect(try read(xml, as: "feed.xml.gz").shown == read(xml, as: "feed.xml").shown)
    #expect(try read(xml, as: "feed.xml.gz").codes == ["F106"])
  }

  @Test("a compressed feed that is damaged, cut, or expands too much")
  func damaged() throws {
    let directory = try TestDirectory()
    let text = Self.header + plainRow + "," + String(repeating: "x", count: 50_000)
    let path = try directory.write("feed.csv.gz", Array(text.utf8))
    #expect(try read(FeedFileOf.path(path, name: "feed.csv.gz")).codes == [])
    var limits = Limits()
    limits.expansionBytes = 20_000
    let small = FeedFile(path: path, name: "feed.csv.gz", limits: limits)
    #expect(try read(small).shown == ["F111"])
    let bytes = try FeedFileOf.bytes(path)
    for (name, broken) in [
      ("cut.csv.gz", Array(bytes.dropLast(20))), ("none.csv.gz", Array(text.utf8)),
      ("more.csv.gz", bytes + [1, 2, 3]),
    ] {
      // Written under a name that is not compressed again.
      let plain = try directory.write(name + ".tmp", broken)
      let renamed = try FeedFileOf.rename(plain, droppingLast: 4)
      #expect(try read(FeedFileOf.path(renamed, name: name)).shown == ["F101"], "\(name)")
    }
  }
}
