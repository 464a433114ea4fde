import Glibc

/// The C library's converter between two encodings.
@safe struct Iconv: ~Copyable {
  private let descriptor: iconv_t

  /// - Returns: Nil where the C library's tables for one of them are not installed.
  init?(to target: String, from source: String) {
    let opened = unsafe iconv_open(target, source)
    guard unsafe opened != iconv_t(bitPattern: -1), let opened = unsafe opened else { return nil }
    unsafe descriptor = opened
  }

  deinit {
    _ = unsafe iconv_close(descriptor)
  }

  /// What became of a conversion.
  struct Result {
    /// Bytes of the input that were converted.
    var done: Int
    /// Bytes of the output that were written.
    var written: Int
    /// 0 where all was converted; `EINVAL` where the input ends within a character, `EILSEQ` where
    /// a character does not exist, `E2BIG` where the output has no room.
    var error: Int32
  }

  /// Converts the input as far as it goes.
  func convert(_ input: [UInt8], into output: inout [UInt8]) -> Result {
    // `iconv` asks for a pointer that could change its input, and does not.
    var input = input
    let size = output.count
    let length = input.count
    var (left, room) = (length, size)
    var error: Int32 = 0
    unsafe input.withUnsafeMutableBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
        let result = unsafe iconv(descriptor, &from, &left, &to, &room)
        if result == Int(bitPattern: UInt.max) { error = errno }
      }
    }
    return Result(done: length - left, written: size - room, error: error)
  }
}
