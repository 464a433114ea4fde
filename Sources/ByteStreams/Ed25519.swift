import CCrypto

/// Signatures of Ed25519 (RFC 8032), through libcrypto.
package enum Ed25519 {
  /// Whether a message was signed with the private key that belongs to a public one.
  ///
  /// - Parameters:
  ///   - publicKey: 32 bytes; any others have signed nothing.
  ///   - signature: 64 bytes; any others sign nothing.
  package static func isSigned(
    _ message: [UInt8], by publicKey: [UInt8], signature: [UInt8]
  ) -> Bool {
    guard publicKey.count == 32, signature.count == 64 else { return false }
    guard
      let key = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, 32)
    else { return false }
    defer { unsafe EVP_PKEY_free(key) }
    guard let context = unsafe EVP_MD_CTX_new() else {
      preconditionFailure("libcrypto has no memory for a signature")
    }
    defer { unsafe EVP_MD_CTX_free(context) }
    guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
    return unsafe EVP_DigestVerify(context, signature, 64, message, message.count) == 1
  }
}

/// A private key of Ed25519.
@safe package struct Ed25519PrivateKey: ~Copyable {
  private let key: OpaquePointer

  /// Reads a key as openssl writes it (PEM). For one with a passphrase, libcrypto asks on the
  /// terminal.
  ///
  /// - Returns: Nil if the bytes are no private key of Ed25519, or the passphrase is wrong.
  package init?(pem: [UInt8]) {
    guard let size = Int32(exactly: pem.count) else { return nil }
    let read = unsafe pem.withUnsafeBytes { bytes -> OpaquePointer? in
      guard let source = unsafe BIO_new_mem_buf(bytes.baseAddress, size) else { return nil }
      defer { unsafe BIO_free(source) }
      return unsafe PEM_read_bio_PrivateKey(source, nil, nil, nil)
    }
    guard let key = unsafe read else { return nil }
    guard unsafe EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
      unsafe EVP_PKEY_free(key)
      return nil
    }
    unsafe self.key = key
  }

  deinit {
    unsafe EVP_PKEY_free(key)
  }

  /// The 32 bytes of the public key.
  package var publicKey: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 32)
    var count = bytes.count
    let done = unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &count)
    precondition(done == 1 && count == 32, "libcrypto cannot give a public key")
    return bytes
  }

  /// The 64 bytes of a signature; the same message has the same.
  package func sign(_ message: [UInt8]) -> [UInt8] {
    guard let context = unsafe EVP_MD_CTX_new() else {
      preconditionFailure("libcrypto has no memory for a signature")
    }
    defer { unsafe EVP_MD_CTX_free(context) }
    var bytes = [UInt8](repeating: 0, count: 64)
    var count = bytes.count
    let begun = unsafe EVP_DigestSignInit(context, nil, nil, nil, key)
    precondition(begun == 1, "libcrypto has no Ed25519")
    let done = unsafe EVP_DigestSign(context, &bytes, &count, message, message.count)
    precondition(done == 1 && count == 64, "libcrypto cannot sign")
    return bytes
  }
}
