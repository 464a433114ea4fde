import ByteStreams
import Testing

@Suite("Signatures of Ed25519")
struct Ed25519Tests {
  /// The first three tests of RFC 8032, section 7.1: public key, message, signature.
  static let published = [
    (
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
        + "b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
        + "1d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
        + "c6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ]

  private func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.utf8.count, by: 2).compactMap { offset in
      UInt8(hex.dropFirst(offset).prefix(2), radix: 16)
    }
  }

  @Test("of others hold, and of nothing else", arguments: published)
  func verify(key: String, message: String, signature: String) {
    let (key, message, signature) = (bytes(key), bytes(message), bytes(signature))
    #expect(Ed25519.isSigned(message, by: key, signature: signature))
    #expect(!Ed25519.isSigned(message + [0], by: key, signature: signature))
    #expect(!Ed25519.isSigned(message, by: key, signature: Array(signature.dropLast())))
    #expect(!Ed25519.isSigned(message, by: Array(key.dropLast()), signature: signature))
    for byte in [0, 31, 32, 63] {
      var changed = signature
      changed[byte] ^= 1
      #expect(!Ed25519.isSigned(message, by: key, signature: changed))
    }
    var other = key
    other[5] ^= 1
    #expect(!Ed25519.isSigned(message, by: other, signature: signature))
  }

  /// The private key of RFC 8410, section 10.3.
  private static let pem = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
    -----END PRIVATE KEY-----

    """

  @Test("of a key that openssl wrote are the same each time")
  func sign() {
    guard let key = Ed25519PrivateKey(pem: Array(Self.pem.utf8)) else {
      Issue.record("it is a key")
      return
    }
    // The public key of the same section.
    #expect(
      key.publicKey
        == bytes("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"))
    let message = Array("payments".utf8)
    let signature = key.sign(message)
    #expect(signature.count == 64 && key.sign(message) == signature)
    #expect(Ed25519.isSigned(message, by: key.publicKey, signature: signature))
    #expect(!Ed25519.isSigned(Array("Payments".utf8), by: key.publicKey, signature: signature))
  }

  @Test(
    "what is no such key is none",
    arguments: [
      "", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", "no key",
      // A key of X25519, which signs nothing.
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----

      """,
    ])
  func noKey(pem: String) {
    if let key = Ed25519PrivateKey(pem: Array(pem.utf8)) {
      Issue.record("a key: \(key.publicKey)")
    }
  }
}
