import CCrypto
import Glibc

/// A SHA-256 digest.
package struct SHA256Digest: Hashable, Comparable, Sendable {
  package let bytes: [UInt8]

  /// Two small hex digits per byte.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The digest with these 64 hex digits, or nil.
  package init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: 64, by: 2) {
      let pair = String(decoding: digits[start..<(start + 2)], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    self.bytes = bytes
  }

  package static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  package static func of(_ bytes: [UInt8]) -> SHA256Digest {
    var hasher = SHA256Hasher()
    hasher.update(bytes, 0..<bytes.count)
    return hasher.finish()
  }

  /// The digest of a file as it is, and its size.
  ///
  /// - Throws: ``FileError``.
  package static func ofFile(_ path: String) throws(FileError) -> (SHA256Digest, bytes: Int) {
    let file = try OpenFile(path, O_RDONLY | O_NONBLOCK)
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

/// Works out a SHA-256 digest piece by piece, through libcrypto.
@safe package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

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

  package mutating func update(_ bytes: [UInt8], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    unsafe bytes.withUnsafeBytes { raw in
      _ = unsafe EVP_DigestUpdate(
        context, raw.baseAddress?.advanced(by: range.lowerBound), range.count)
    }
  }

  package consuming func finish() -> SHA256Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      _ = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
    }
    return SHA256Digest(bytes: bytes)
  }
}
