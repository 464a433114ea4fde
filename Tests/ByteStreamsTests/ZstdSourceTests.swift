import ByteStreams
import CZstd
import TestSupport
import Testing

@Suite("Byte source of zstd data")
struct ZstdSourceTests {
  private static let expected = Array(
    (0..<4000).map { "E-\($0),P-\($0 % 7),\($0 * 37 % 1000).00\n" }.joined().utf8)

  /// What libzstd makes of the rows, with a checksum.
  private static func real(level: Int32 = 19) throws -> [UInt8] {
    let context = unsafe try #require(ZSTD_createCCtx())
    defer { _ = unsafe ZSTD_freeCCtx(context) }
    _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    var bytes = [UInt8](repeating: 0, count: ZSTD_compressBound(expected.count))
    let count = unsafe ZSTD_compress2(context, &bytes, bytes.count, expected, expected.count)
    try #require(ZSTD_isError(count) == 0)
    return Array(bytes.prefix(count))
  }

  @Test("gives what was compressed, whatever the chunk", arguments: [1, 3, 100, 1 << 16, 1 << 20])
  func real(chunk: Int) throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.csv.zst", ZstdSourceTests.real())
    #expect(try contents(path, chunk: chunk) == ZstdSourceTests.expected)
  }

  @Test(
    "joins the frames of a file, and passes over those that are to be passed over",
    arguments: [1, 13, 1 << 18])
  func frames(chunk: Int) throws {
    let directory = try TestDirectory()
    let long = [UInt8](repeating: 7, count: 300_000)
    let frames = [
      Zstd.stored([]), Zstd.stored([1, 2]), Zstd.skippable([9, 9]), Zstd.stored(long),
      Zstd.repeated(8, blocks: 1), Zstd.stored([]), Zstd.stored([3]), Zstd.skippable([]),
    ]
    let path = try directory.write("x.zst", frames.flatMap { $0 })
    let expected = [1, 2] + long + [UInt8](repeating: 8, count: 1 << 17) + [3]
    #expect(try contents(path, chunk: chunk) == expected)
  }

  @Test("is a fault when it ends too early, wherever that is", arguments: [1, 1 << 16])
  func truncation(chunk: Int) throws {
    let directory = try TestDirectory()
    let whole = Zstd.stored([5]) + (try ZstdSourceTests.real())
    let first = Zstd.stored([5]).count
    let places = Array(0..<40) + stride(from: 40, to: whole.count, by: 97) + [whole.count - 1]
    for count in places where count != first {
      let path = try directory.write("x.zst", Array(whole[..<count]))
      #expect(throws: ByteSourceFault.damaged("it ends too early"), "\(count) bytes") {
        try contents(path, chunk: chunk)
      }
    }
  }

  @Test("never passes a flipped bit off as the content")
  func flippedBits() throws {
    let directory = try TestDirectory()
    let whole = try ZstdSourceTests.real()
    for place in stride(from: 0, to: whole.count, by: 7) {
      var damaged = whole
      damaged[place] ^= 1 << UInt8(place % 8)
      let path = try directory.write("x.zst", damaged)
      #expect(throws: ByteSourceFault.self, "byte \(place)") { try contents(path) }
    }
    let path = try directory.write("x.zst", Array(whole.dropLast()) + [whole[whole.count - 1] ^ 1])
    #expect(throws: ByteSourceFault.damaged("its checksum does not match")) { try contents(path) }
  }

  @Test(
    "is a fault when it is something else, or other bytes follow its end",
    arguments: [
      (Array("earningId,amount\n".utf8), "its bytes are not valid zstd data"),
      (Zstd.stored([1, 2]) + Array("more".utf8), "other bytes follow its end"),
      (Zstd.stored([1, 2]) + [0, 0, 0, 0, 0], "other bytes follow its end"),
    ] as [([UInt8], String)], [1, 1 << 16])
  func others(_ sample: ([UInt8], String), chunk: Int) throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.zst", sample.0)
    #expect(throws: ByteSourceFault.damaged(sample.1)) { try contents(path, chunk: chunk) }
  }

  @Test("takes windows up to 128 MiB, and no larger ones", arguments: [10, 27, 28, 31] as [UInt8])
  func window(log: UInt8) throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.zst", Zstd.stored([1, 2, 3], windowLog: log))
    if log <= 27 {
      #expect(try contents(path) == [1, 2, 3])
    } else {
      let what = "its window is larger than 128 MiB; compress it with --long=27 or less"
      #expect(throws: ByteSourceFault.unsupported(what)) { try contents(path) }
    }
  }

  @Test("stops a bomb, whatever the chunk", arguments: [1000, 1 << 20])
  func bomb(chunk: Int) throws {
    let directory = try TestDirectory()
    let bomb = Zstd.repeated(0, blocks: 100)
    let path = try directory.write("x.zst", bomb)
    #expect(throws: ByteSourceFault.expansionLimit(path)) { try contents(path, chunk: chunk) }
    let count = 100 << 17
    let ratio = (count + bomb.count - 1) / bomb.count
    let allowed = ExpansionLimit(ratio: ratio, bytes: count)
    #expect(try contents(path, chunk: chunk, limit: allowed).count == count)
    let refused = ExpansionLimit(ratio: ratio - 1, bytes: count)
    #expect(throws: ByteSourceFault.expansionLimit(path)) {
      try contents(path, chunk: chunk, limit: refused)
    }
  }
}
