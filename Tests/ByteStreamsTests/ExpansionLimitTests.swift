import ByteStreams
import TestSupport
import Testing

@Suite("Expansion limit")
struct ExpansionLimitTests {
  /// 1 + 258 · 10,000 zeros: 2.5 MiB in 16 KiB, 158 times.
  private static let bomb = Gzip.zeros(copies: 10_000)
  private static let bombBytes = 1 + 258 * 10_000

  @Test("stops a bomb, whatever the chunk", arguments: [1000, 1 << 16, 1 << 22])
  func ratio(chunk: Int) throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.gz", ExpansionLimitTests.bomb)
    #expect(throws: ByteSourceFault.expansionLimit(path)) { try contents(path, chunk: chunk) }
    #expect(throws: ByteSourceFault.expansionLimit(path)) {
      var source = try ByteSource(path: path, compression: .gzip)
      try source.skip(to: ExpansionLimitTests.bombBytes)
    }
  }

  @Test("is exact, whatever the chunk", arguments: [1000, 1 << 16, 1 << 22])
  func exact(chunk: Int) throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.gz", ExpansionLimitTests.bomb)
    let compressed = ExpansionLimitTests.bomb.count
    let count = ExpansionLimitTests.bombBytes
    let ratio = (count + compressed - 1) / compressed
    let allowed = ExpansionLimit(ratio: ratio, bytes: count)
    #expect(try contents(path, chunk: chunk, limit: allowed).count == count)
    for refused in [
      ExpansionLimit(ratio: ratio - 1, bytes: count),
      ExpansionLimit(ratio: ratio, bytes: count - 1),
    ] {
      #expect(throws: ByteSourceFault.expansionLimit(path)) {
        try contents(path, chunk: chunk, limit: refused)
      }
    }
  }

  @Test("lets small files expand by any ratio, but not past its bytes")
  func small() throws {
    let directory = try TestDirectory()
    // 1,048,513 bytes, just under 1 MiB; 258 more are too many.
    let path = try directory.write("x.gz", Gzip.zeros(copies: 4064))
    let limit = ExpansionLimit(ratio: 1, bytes: 1 << 30)
    #expect(try contents(path, limit: limit).count == 1_048_513)
    let larger = try directory.write("y.gz", Gzip.zeros(copies: 4065))
    #expect(throws: ByteSourceFault.expansionLimit(larger)) { try contents(larger, limit: limit) }
    let few = ExpansionLimit(ratio: 1, bytes: 1_048_512)
    #expect(throws: ByteSourceFault.expansionLimit(path)) { try contents(path, limit: few) }
  }

  @Test("counts over all members of a file")
  func members() throws {
    let directory = try TestDirectory()
    let member = Gzip.zeros(copies: 2000)
    let path = try directory.write("x.gz", member + member + member)
    #expect(throws: ByteSourceFault.expansionLimit(path)) { try contents(path) }
  }

  @Test("does not concern files that are not compressed")
  func plain() throws {
    let directory = try TestDirectory()
    let path = try directory.write("x.csv", [1, 2, 3])
    #expect(try contents(path, limit: ExpansionLimit(ratio: 0, bytes: 0)) == [1, 2, 3])
  }
}
