import ByteStreams
import Domain
import Feeds
import TestSupport
import Testing

@Suite("Compressed feeds")
struct CompressionTests {
  private static let text =
    requiredColumns + "\n" + plainRow + "\n" + plainRow.replacing("EUR", with: "eur") + "\n"
  private static let xml = xmlFeed("<earning>" + plainChildren + "</earning><x/>")

  /// Writes a file as it is, whatever its name.
  private static func file(
    _ directory: TestDirectory, _ name: String, _ bytes: [UInt8]
  ) throws -> FeedFile {
    let written = try directory.write(name + ".tmp", bytes)
    let path = try FeedFileOf.rename(written, droppingLast: 4)
    return FeedFileOf.path(path, name: name)
  }

  private static func zip(_ name: String, _ text: String) -> [UInt8] {
    Zip.archive([Zip.File(name, Array(text.utf8))])
  }

  static let samples: [(name: String, bytes: [UInt8], plain: String)] = [
    ("feed.csv.gz", Gzip.stored(Array(text.utf8)), "feed.csv"),
    ("feed.csv.zst", Zstd.stored(Array(text.utf8)), "feed.csv"),
    ("feed.xml.zst", Zstd.stored(Array(xml.utf8)), "feed.xml"),
    ("feed.csv.zip", zip("feed.csv", text), "feed.csv"),
    // What is in it says whether it is XML.
    ("feed.zip", zip("a/b.csv", text), "feed.csv"),
    ("feed.zip", zip("../../feed.xml", xml), "feed.xml"),
    ("feed.xml.zip", zip("f.xml", xml), "feed.xml"),
    ("FEED.CSV.ZIP", zip("/etc/passwd", text), "FEED.CSV"),
  ]

  @Test("are read with the places of what is in them", arguments: samples)
  func places(name: String, bytes: [UInt8], plain: String) throws {
    let directory = try TestDirectory()
    let feed = try Self.file(directory, name, bytes)
    let isXML = plain.hasSuffix(".xml")
    let expected = try read(Array((isXML ? Self.xml : Self.text).utf8), as: plain)
    #expect(try read(feed).shown == expected.shown)
    #expect(expected.codes == (isXML ? ["F106"] : ["R204"]))
    #expect(feed.isXML == isXML)
    #expect(feed.uncompressedName == plain)
  }

  @Test("are compressed also under the name that a second feed of a name gets", arguments: samples)
  func second(name: String, bytes: [UInt8], plain: String) throws {
    let directory = try TestDirectory()
    let written = try Self.file(directory, name + "~0123abcd", bytes)
    let feed = FeedFile(
      path: written.path, name: written.name, deliveredAs: name, limits: Limits())
    let isXML = plain.hasSuffix(".xml")
    #expect(try read(feed).codes == (isXML ? ["F106"] : ["R204"]))
    #expect(feed.uncompressedName == plain + "~0123abcd")
  }

  @Test(
    "F101: damaged, cut, or of a kind that is not read",
    arguments: [
      ("feed.csv.zst", Array(text.utf8)), ("feed.csv.zst", Array(Zstd.stored([1]).dropLast())),
      ("feed.csv.zip", Array(text.utf8)),
      ("feed.zip", Array(zip("feed.csv", text).dropLast())), ("feed.zip", Zip.archive([])),
      ("feed.zip", Zip.archive([Zip.File("a.csv", [1]), Zip.File("b.csv", [2])])),
    ] as [(String, [UInt8])])
  func faults(name: String, bytes: [UInt8]) throws {
    let directory = try TestDirectory()
    #expect(try read(Self.file(directory, name, bytes)).shown == ["F101"])
  }

  @Test("F111: bombs")
  func bombs() throws {
    let directory = try TestDirectory()
    let zstd = try Self.file(directory, "feed.csv.zst", Zstd.repeated(0x41, blocks: 100))
    #expect(try read(zstd).shown == ["F111"])
    let zeros = Zip.File(
      "a.csv", [UInt8](repeating: 0, count: 1 + 258 * 10_000),
      deflated: Gzip.deflatedZeros(copies: 10_000))
    let zip = try Self.file(directory, "feed.zip", Zip.archive([zeros]))
    #expect(try read(zip).shown == ["F111"])
  }

  @Test("rejects of compressed feeds are what they are of plain ones", arguments: samples)
  func rejects(name: String, bytes: [UInt8], plain: String) throws {
    guard !plain.hasSuffix(".xml") else { return }
    let directory = try TestDirectory()
    let reading = try read(Self.file(directory, name, bytes))
    var written: [UInt8] = []
    try RejectsFile.write(reading.rejections, of: reading.file) { written += $0 }
    #expect(try String(decoding: written, as: UTF8.self) == FeedsTests.rejects(Self.text))
    #expect(written.count > Self.text.utf8.count)
  }
}
