import ByteStreams
import Testing

@Suite("SHA-256")
struct DigestTests {
  @Test(
    "gives the published digests",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      // Its padding needs a block of its own.
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func published(text: String, hex: String) {
    #expect(SHA256Digest.of(Array(text.utf8)).hex == hex)
  }

  @Test("of a file is of its raw bytes, over several reads")
  func file() throws {
    let directory = try TestDirectory()
    let bytes = (0..<3_000_000).map { UInt8($0 % 251) }
    // Were it inflated, a name with .gz would be a fault here.
    let path = try directory.write("x.csv.gz", bytes)
    let (digest, count) = try SHA256Digest.ofFile(path)
    #expect(count == bytes.count)
    #expect(digest == SHA256Digest.of(bytes))
    #expect(
      digest.hex == "4d3870d4655ed773027a713ea136507d22e076248e0e9cc920a996039653b76f")
  }

  @Test("of what is no regular file is an error")
  func noFile() throws {
    let directory = try TestDirectory()
    #expect(throws: FileError.self) { try SHA256Digest.ofFile(directory.path) }
    #expect(throws: FileError.self) { try SHA256Digest.ofFile(directory.path("none")) }
  }

  @Test("gives the same however the bytes are cut", arguments: [1, 7, 63, 64, 65, 1000])
  func pieces(size: Int) {
    let bytes = (0..<1000).map { UInt8($0 % 256) }
    var hasher = SHA256Hasher()
    for start in stride(from: 0, to: bytes.count, by: size) {
      hasher.update(bytes, start..<min(start + size, bytes.count))
    }
    #expect(hasher.finish() == SHA256Digest.of(bytes))
  }

  @Test("comes back from its digits")
  func digits() {
    let digest = SHA256Digest.of([1, 2, 3])
    #expect(SHA256Digest(hex: digest.hex) == digest)
    #expect(SHA256Digest(hex: digest.hex.uppercased()) == digest)
    #expect(digest.bytes.count == 32)
    #expect(digest.hex.hasPrefix("039058"))
    #expect(digest.bytes.starts(with: [0x03, 0x90, 0x58]))
  }

  @Test(
    "does not come from anything else",
    arguments: [
      "", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
      String(repeating: "g", count: 64),
      // A number parser would take the sign.
      String(repeating: "+f", count: 32),
      // 64 characters, and 64 digits among more bytes.
      String(repeating: "0", count: 63) + "é", String(repeating: "0", count: 64) + " ",
    ])
  func noDigits(text: String) {
    #expect(SHA256Digest(hex: text) == nil)
  }

  @Test("is ordered as its digits are")
  func order() {
    let digests = (0..<50).map { SHA256Digest.of([UInt8($0)]) }
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
  }
}
