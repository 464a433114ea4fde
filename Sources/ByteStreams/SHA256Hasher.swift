import CCrypto

/// Works out a SHA-256 digest piece by piece, through libcrypto.
@safe package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  /// Begins with no bytes.
  package init() {
    guard let context = unsafe EVP_MD_CTX_new() else {
      preconditionFailure("libcrypto has no memory for a digest")
    }
    unsafe self.context = context
    let started = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(started == 1, "libcrypto has no SHA-256")
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Appends bytes.
  package mutating func update(_ bytes: Span<UInt8>) {
    let taken = unsafe bytes.withUnsafeBytes { raw in
      unsafe EVP_DigestUpdate(context, raw.baseAddress, raw.count)
    }
    precondition(taken == 1, "libcrypto cannot digest")
  }

  /// Appends a part of an array.
  package mutating func update(_ bytes: [UInt8], _ range: Range<Int>) {
    update(bytes.span.extracting(range))
  }

  /// The digest of all bytes appended.
  package consuming func finish() -> SHA256Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    let finished = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
    }
    precondition(finished == 1, "libcrypto cannot digest")
    return SHA256Digest(bytes: bytes)
  }
}

extension SHA256Digest {
  /// The digest of bytes in memory.
  package static func of(_ bytes: [UInt8]) -> SHA256Digest {
    var hasher = SHA256Hasher()
    hasher.update(bytes.span)
    return hasher.finish()
  }

  /// The digest of a regular file as it is, and its size; a `.gz` is not inflated.
  ///
  /// - Throws: ``FileError``.
  package static func ofFile(_ path: String) throws(FileError) -> (SHA256Digest, bytes: Int) {
    let file = try FileSystem.openRegularFile(path)
    var hasher = SHA256Hasher()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var total = 0
    while true {
      let read = try file.read(into: &buffer, at: 0, count: buffer.count)
      guard read > 0 else { return (hasher.finish(), total) }
      hasher.update(buffer, 0..<read)
      total += read
    }
  }
}
