import ByteStreams
import CZlib
import TestSupport
import Testing

@Suite("Byte source of a zip archive")
struct ZipSourceTests {
  private static let expected = Array(
    (0..<9000).map { "E-\($0),P-\($0 % 7),\($0 * 37 % 1000).00\n" }.joined().utf8)

  /// The rows, deflated by zlib.
  private static func file(_ name: String = "feed.csv") throws -> Zip.File {
    var bytes = [UInt8](repeating: 0, count: expected.count)
    var count = uLong(bytes.count)
    let result = unsafe compress2(&bytes, &count, expected, uLong(expected.count), 6)
    try #require(result == Z_OK)
    // Without zlib's own two bytes in front and four at the end.
    let deflated = Array(bytes[2..<(Int(count) - 4)])
    return Zip.File(name, expected, deflated: deflated)
  }

  private func read(
    _ archive: [UInt8], chunk: Int = 1 << 16, limit: ExpansionLimit = ExpansionLimit()
  ) throws -> [UInt8] {
    let directory = try TestDirectory()
    return try contents(directory.write("x.zip", archive), chunk: chunk, limit: limit)
  }

  /// What is said of an archive that is not read.
  private func fault(_ archive: [UInt8]) throws -> String {
    do throws(ByteSourceFault) {
      let directory = try? TestDirectory()
      guard let path = try? directory?.write("x.zip", archive) else { return "not written" }
      _ = try contents(path)
      return "read"
    } catch {
      switch error {
      case .damaged(let what): return "damaged: " + what
      case .unsupported(let what): return "unsupported: " + what
      default: return "\(error)"
      }
    }
  }

  @Test(
    "gives the file in it, stored or deflated, whatever the chunk",
    arguments: [1, 3, 100, 1 << 16, 1 << 20])
  func real(chunk: Int) throws {
    #expect(try read(Zip.archive([Self.file()]), chunk: chunk) == Self.expected)
    let stored = Zip.File("feed.csv", Self.expected)
    #expect(try read(Zip.archive([stored]), chunk: chunk) == Self.expected)
    for content in [[], [1]] as [[UInt8]] {
      #expect(try read(Zip.archive([Zip.File("feed.csv", content)]), chunk: chunk) == content)
    }
  }

  @Test("reads zip64, data descriptors, and comments that look like an end")
  func variants() throws {
    for isLarge in [false, true] {
      for hasDescriptor in [false, true] {
        var file = try Self.file()
        (file.isLarge, file.hasDescriptor) = (isLarge, hasDescriptor)
        #expect(try read(Zip.archive([file], isLarge: isLarge)) == Self.expected)
        let comment = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 1, count: 60_000)
        #expect(try read(Zip.archive([file], comment: comment)) == Self.expected)
      }
    }
  }

  @Test(
    "passes over directories and what systems put beside files",
    arguments: ["feed/", "__MACOSX/._feed.csv", ".DS_Store", "feed/.hidden"])
  func passedOver(name: String) throws {
    let other = Zip.File(name, [])
    #expect(try read(Zip.archive([other, Self.file(), other])) == Self.expected)
    #expect(try fault(Zip.archive([other])) == "unsupported: it holds no file")
  }

  @Test(
    "a name in it is never a path",
    arguments: ["../../x.csv", "/etc/passwd", "..\\x.csv", "a\nb.csv", "\u{0}", "\u{1B}[2J.csv"])
  func names(name: String) throws {
    #expect(try read(Zip.archive([Self.file(name)])) == Self.expected)
  }

  @Test("several files, or none, are not read")
  func several() throws {
    let files = [try Self.file("a.csv"), try Self.file("b.csv")]
    #expect(
      try fault(Zip.archive(files))
        == "unsupported: it holds 2 files, which are feeds of their own")
    #expect(try fault(Zip.archive([])) == "unsupported: it holds no file")
  }

  @Test("encrypted files, patches and other methods are not read", arguments: [0, 5, 6, 13])
  func kinds(bit: UInt16) throws {
    var file = try Self.file()
    file.flags = 1 << bit
    #expect(try fault(Zip.archive([file])).hasPrefix("unsupported: the file in it is "))
    file.flags = 0
    file.method = 9 + bit
    #expect(
      try fault(Zip.archive([file]))
        == "unsupported: the file in it is compressed by method \(file.method); compress it by"
        + " deflate, the usual method")
  }

  @Test("is a fault when it ends too early, wherever that is")
  func truncation() throws {
    let whole = Zip.archive([try Self.file()])
    for count in Array(0..<60) + stride(from: 60, to: whole.count, by: 131) + [whole.count - 1] {
      #expect(try fault(Array(whole[..<count])).hasPrefix("damaged: "), "\(count) bytes")
    }
  }

  @Test("never passes a flipped bit off as the content, and never crashes", arguments: [1, 2])
  func flippedBits(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var file = try Self.file()
    file.isLarge = seed == 2
    let whole = Zip.archive([file], isLarge: seed == 2)
    let directory = try TestDirectory()
    for _ in 0..<600 {
      var damaged = whole
      // Half of them in the directory, which is short.
      let near = Bool.random(using: &generator) ? whole.count : 250
      damaged[whole.count - Int.random(in: 1...near, using: &generator)] ^=
        1 << UInt8.random(in: 0..<8, using: &generator)
      let path = try directory.write("x.zip", damaged)
      if let read = try? contents(path) { #expect(read == Self.expected) }
    }
  }

  @Test("size, checksum and both headers have to agree")
  func lies() throws {
    let other = "damaged: the size or the checksum of its file does not match"
    var file = try Self.file()
    file.checksum ^= 1
    #expect(try fault(Zip.archive([file])) == other)
    for change in [-1, 1] {
      file = try Self.file()
      file.size += change
      #expect(try fault(Zip.archive([file])) == other)
    }
    file = try Self.file()
    file.kept += [0]
    #expect(try fault(Zip.archive([file])) == other)
    file = try Self.file()
    file.localName = Array("head.csv".utf8)
    #expect(
      try fault(Zip.archive([file]))
        == "damaged: the header of its file is not what its directory says")
    #expect(try fault([0] + Zip.archive([Self.file()])).hasPrefix("damaged: "))
  }

  @Test("stops a bomb, and a directory without end")
  func bombs() throws {
    let count = 1 + 258 * 10_000
    let zeros = Zip.File(
      "feed.csv", [UInt8](repeating: 0, count: count),
      deflated: Gzip.deflatedZeros(copies: 10_000))
    let directory = try TestDirectory()
    let path = try directory.write("x.zip", Zip.archive([zeros]))
    #expect(throws: ByteSourceFault.expansionLimit(path)) { try contents(path) }
    let ratio = (count + zeros.kept.count - 1) / zeros.kept.count
    let allowed = ExpansionLimit(ratio: ratio, bytes: count)
    #expect(try contents(path, limit: allowed).count == count)
    let many = (0..<25_000).map { _ in Zip.File("a/", []) }
    #expect(
      try fault(Zip.archive(many))
        == "unsupported: its directory is larger than 1 MiB; send fewer files in it")
  }
}
