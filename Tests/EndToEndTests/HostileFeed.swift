import Foundation
import TestSupport
import Testing

/// A feed that wants to harm, and the finding that it ends in.
struct HostileFeed: Sendable, CustomTestStringConvertible {
  let about: String
  let name: String
  let code: String
  /// Writes it to a path.
  let write: @Sendable (URL) throws -> Void
  var testDescription: String { about }

  init(
    _ about: String, _ name: String, _ code: String,
    _ bytes: @autoclosure @Sendable @escaping () -> [UInt8]
  ) {
    self.about = about
    self.name = name
    self.code = code
    write = { try Data(bytes()).write(to: $0) }
  }

  /// A text and zeros after it which take no room on the disk.
  init(_ about: String, _ name: String, _ code: String, sparse text: String, size: UInt64) {
    self.about = about
    self.name = name
    self.code = code
    write = { url in
      try Data(text.utf8).write(to: url)
      let file = try FileHandle(forWritingTo: url)
      try file.truncate(atOffset: size)
      try file.close()
    }
  }

  private static let header =
    "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount"
  private static let row = "E-1,P-1,CSP,2026-10-05,EUR,10.00"
  private static let root = "<earningsFeed xmlns=\"urn:payout:earnings:1\">"
  private static let earning =
    "<earning><earningId>E-1</earningId><participantId>P-1</participantId>"
    + "<programName>CSP</programName><transactionDate>2026-10-05</transactionDate>"
    + "<transactionCurrency>EUR</transactionCurrency><transactionAmount>1</transactionAmount>"

  /// A CSV feed whose only row ends in these bytes, as a customerName.
  private static func csv(_ value: [UInt8]) -> [UInt8] {
    Array((header + ",customerName\n" + row + ",").utf8) + value + [0x0A]
  }

  /// An XML feed whose only row has these bytes as its customerName.
  private static func xml(_ value: [UInt8], prolog: String = "") -> [UInt8] {
    Array((prolog + root + earning + "<customerName>").utf8) + value
      + Array("</customerName></earning></earningsFeed>".utf8)
  }

  private static func times(_ text: String, _ count: Int) -> [UInt8] {
    Array(repeatElement(Array(text.utf8), count: count).joined())
  }

  static let all = csv + xml + compressed

  private static let csv: [HostileFeed] = [
    HostileFeed("a million columns", "f.csv", "F111", times("a,", 1_000_000)),
    HostileFeed(
      "a row of a million values", "f.csv", "R212", csv(times(",", 1_000_000))),
    HostileFeed(
      "300 MB on one line", "f.csv", "F111", sparse: header + "\n" + row, size: 300 << 20),
    HostileFeed("300 MB of zeros", "f.csv", "F111", sparse: "", size: 300 << 20),
    HostileFeed(
      "a quote that stays open for 16 MB", "f.csv", "F112",
      csv(Array("\"".utf8) + times("text\n", 3_200_000))),
    HostileFeed("only quotes", "f.csv", "F111", times("\"", 4_000_000)),
    HostileFeed("NUL bytes in a value", "f.csv", "R215", csv([0x61, 0, 0, 0x62])),
    HostileFeed("NUL bytes in an empty file", "f.csv", "F103", times("\0", 100_000)),
    HostileFeed("invalid UTF-8", "f.csv", "F102", csv([0xFF, 0xFE])),
    HostileFeed("an overlong form of /", "f.csv", "F102", csv([0xC0, 0xAF])),
    HostileFeed("an overlong NUL", "f.csv", "F102", csv([0xE0, 0x80, 0x80])),
    HostileFeed("a lone surrogate", "f.csv", "F102", csv([0xED, 0xB0, 0x80])),
    HostileFeed(
      "escapes for the terminal", "f.csv", "R215", csv(Array("\u{1B}]0;x\u{7}\u{1B}[2J".utf8))),
    HostileFeed("C1 controls", "f.csv", "R215", csv(Array("\u{9B}31m".utf8))),
    HostileFeed("UTF-16 without a word", "f.csv", "F102", [0xFF, 0xFE] + times("e\0", 100)),
  ]

  private static let xml: [HostileFeed] = [
    HostileFeed("a DOCTYPE", "f.xml", "F107", xml([], prolog: "<!DOCTYPE earningsFeed>")),
    HostileFeed(
      "an entity bomb", "f.xml", "F107",
      xml(
        Array("&z;".utf8),
        prolog: "<!DOCTYPE a [<!ENTITY a \"ha\">"
          + zip(Array("bcdefghijz"), Array("abcdefghij")).map {
            "<!ENTITY \($0) \"" + String(repeating: "&\($1);", count: 10) + "\">"
          }.joined() + "]>")),
    HostileFeed(
      "an external entity", "f.xml", "F107",
      xml(Array("&x;".utf8), prolog: "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>")),
    HostileFeed(
      "a parameter entity after a comment", "f.xml", "F107",
      xml([], prolog: "<!-- x --><?x y?>\n<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://x/\"> %x;]>")),
    HostileFeed("an entity that nobody declared", "f.xml", "F105", xml(Array("&x;".utf8))),
    HostileFeed(
      "a million levels", "f.xml", "F111", Array(root.utf8) + times("<earning>", 1_000_000)),
    HostileFeed("a huge text", "f.xml", "F111", xml(times("text ", 4_000_000))),
    HostileFeed(
      "a huge comment", "f.xml", "F111", xml(Array("<!--".utf8) + times("- ", 9_000_000))),
    HostileFeed(
      "a huge attribute", "f.xml", "F111", Array("<a b='".utf8) + times("text ", 4_000_000)),
    HostileFeed("a huge name", "f.xml", "F111", Array("<".utf8) + times("name", 4_000_000)),
    HostileFeed(
      "200,000 attributes", "f.xml", "F111",
      Array(
        ("<earningsFeed " + (0..<200_000).map { "a\($0)=''" }.joined(separator: " ") + "/>").utf8)),
    HostileFeed(
      "200,000 namespaces", "f.xml", "F111",
      Array(
        ("<earningsFeed " + (0..<200_000).map { "xmlns:a\($0)='b'" }.joined(separator: " ") + "/>")
          .utf8)),
    HostileFeed("NUL bytes", "f.xml", "F105", xml([0x61, 0, 0x62])),
    HostileFeed("invalid UTF-8", "f.xml", "F102", xml([0xFF])),
    HostileFeed("an overlong form", "f.xml", "F102", xml([0xC0, 0xBC])),
    HostileFeed("a lone surrogate", "f.xml", "F102", xml([0xED, 0xA0, 0x80])),
    HostileFeed("a reference to a lone surrogate", "f.xml", "F105", xml(Array("&#xD800;".utf8))),
    HostileFeed("a reference to NUL", "f.xml", "F105", xml(Array("&#0;".utf8))),
    HostileFeed("C1 controls", "f.xml", "R215", xml(Array("&#x9B;31m".utf8))),
    HostileFeed(
      "an inclusion", "f.xml", "R212",
      xml(Array("<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>".utf8))),
    HostileFeed("sparse zeros", "f.xml", "F105", sparse: root, size: 300 << 20),
  ]

  private static let zeros = Zip.File(
    "f.csv", [UInt8](repeating: 0, count: 1 + 258 * 20_000),
    deflated: Gzip.deflatedZeros(copies: 20_000))

  private static func named(_ file: Zip.File, _ name: String) -> Zip.File {
    var file = file
    file.name = Array(name.utf8)
    return file
  }

  private static let compressed: [HostileFeed] = [
    HostileFeed("a gzip bomb", "f.csv.gz", "F111", Gzip.zeros(copies: 20_000)),
    HostileFeed("a zstd bomb of 12 GiB", "f.csv.zst", "F111", Zstd.repeated(0x61, blocks: 100_000)),
    HostileFeed(
      "a zstd frame that asks for 2 GiB", "f.csv.zst", "F101", Zstd.stored([1], windowLog: 31)),
    HostileFeed("a zip bomb", "f.csv.zip", "F111", Zip.archive([zeros])),
    HostileFeed(
      "a zip in a zip", "f.csv.zip", "F101", Zip.archive([Zip.File("f.zip", Zip.archive([zeros]))])),
    HostileFeed(
      "a zip bomb over several files", "f.zip", "F111",
      Zip.archive((0..<20).map { number in named(zeros, "\(number).csv") })),
    HostileFeed(
      "1,001 feeds in a zip", "f.zip", "F101",
      Zip.archive((0..<1001).map { Zip.File("\($0)", []) })),
    HostileFeed(
      "25,000 files in a zip", "f.zip", "F101",
      Zip.archive((0..<25_000).map { Zip.File("\($0)", []) })),
    HostileFeed(
      "a zip with a path out of the workspace", "f.zip", "R215",
      Zip.archive([Zip.File("../../../../tmp/payout-escaped.csv", csv([0]))])),
  ]
}
