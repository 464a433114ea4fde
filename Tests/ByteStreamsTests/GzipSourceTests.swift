import ByteStreams
import TestSupport
import Testing

@Suite("Byte source of gzip data")
struct GzipSourceTests {
  /// What `gzip -9` makes of the twelve rows, with the file's name and time in its header.
  private static let real = bytes(
    "1f8b0808aaa7066b0203666565642e637376002d8ec10dc4201003ffa98558f62eb05040fed77f3547ac3c67"
      + "e491fcdc24dbef6623c8eb39a8836a59a0cc71385a7530cce9b924302dba03f505768be1426b80c3623a8908"
      + "705a9493181b2c8be524f60497c5769299e07e85f8dd22e49f9293ce8274fd01bc62f1e6c8000000")

  private static let rows = (0..<12).map { row in
    let number = row < 10 ? "00\(row)" : "0\(row)"
    return "E-\(number),P-\(row % 3),\(row * 37 % 1000).\(number.dropFirst())\n"
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static let expected = Array(rows.joined().utf8)

  @Test("gives what was compressed, whatever the chunk", arguments: [1, 2, 3, 100, 1 << 16])
  func real(chunk: Int) throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.csv.gz", GzipSourceTests.real)
    #expect(try contents(path, chunk: chunk) == GzipSourceTests.expected)
  }

  @Test(
    "joins the members of a file",
    arguments: [
      [[1, 2, 3], [4]],
      // Empty ones, at the beginning, between and at the end.
      [[], [1], [], [2], []],
      [[]],
      // Larger than what is read at a time, so that a member begins anywhere in it.
      [[UInt8](repeating: 7, count: 131_000), [UInt8](repeating: 8, count: 131_100), [9]],
    ] as [[[UInt8]]], [1, 13, 1 << 16])
  func members(parts: [[UInt8]], chunk: Int) throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.gz", parts.flatMap(Gzip.stored))
    #expect(try contents(path, chunk: chunk) == parts.flatMap { $0 })
  }

  @Test("is a fault when it ends too early, wherever that is", arguments: [1, 1 << 16])
  func truncation(chunk: Int) throws {
    let directory = try TestDirectory()
    let whole = GzipSourceTests.real
    for count in 0..<whole.count {
      let path = try directory.write("x.gz", Array(whole[..<count]))
      #expect(throws: ByteSourceFault.damaged("it ends too early"), "\(count) bytes") {
        try contents(path, chunk: chunk)
      }
    }
  }

  @Test("is a fault when its last member ends too early, wherever that is")
  func truncatedMember() throws {
    let directory = try TestDirectory()
    let first = Gzip.stored([1])
    let last = Gzip.stored([2, 3])
    for count in 1..<last.count {
      let path = try directory.write("x.gz", first + last[..<count])
      #expect(throws: ByteSourceFault.damaged("it ends too early"), "\(count) bytes") {
        try contents(path)
      }
    }
  }

  @Test("never passes a flipped bit off as the content")
  func flippedBits() throws {
    let directory = try TestDirectory()
    // What comes before byte 10 is the header; time and system in it may be anything.
    let harmless = Set(4..<10)
    for place in GzipSourceTests.real.indices where !harmless.contains(place) {
      for bit in 0..<8 {
        var damaged = GzipSourceTests.real
        damaged[place] ^= 1 << UInt8(bit)
        let path = try directory.write("x.gz", damaged)
        // The name, and flags such as "this is text", may change what is said, not the content.
        if let read = try? contents(path) { #expect(read == GzipSourceTests.expected) }
        if place >= damaged.count - 8 {
          #expect(throws: ByteSourceFault.self, "byte \(place)") { try contents(path) }
        }
      }
    }
  }

  @Test(
    "is a fault when other bytes follow its end",
    arguments: [
      ([0, 0], "other bytes follow its end"),
      (Array("more".utf8), "other bytes follow its end"),
      // The first byte of a member, or the first three, but no member.
      ([0x1F, 0x00], "other bytes follow its end"),
      ([0x1F, 0x8B, 9, 0], "other bytes follow its end"),
      // It may have been the beginning of one.
      ([0x1F], "it ends too early"),
    ] as [([UInt8], String)])
  func trailing(rest: [UInt8], fault: String) throws {
    let directory = try TestDirectory()
    for chunk in [1, 2, 1 << 16] {
      let path = try directory.write("x.gz", Gzip.stored([1, 2]) + rest)
      #expect(throws: ByteSourceFault.damaged(fault)) { try contents(path, chunk: chunk) }
    }
  }

  @Test("is a fault when it is something else")
  func noGzip() throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.gz", Array("earningId,amount\n".utf8))
    #expect(throws: ByteSourceFault.damaged("its bytes are not valid gzip data")) {
      try contents(path)
    }
  }

  @Test("stays a fault")
  func repeated() throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.gz", Array(GzipSourceTests.real.dropLast()))
    var source = try ByteSource(path: path, compression: .gzip)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<3 {
      #expect(throws: ByteSourceFault.self) {
        try source.read(into: &buffer, at: 0, count: buffer.count)
      }
    }
  }
}
