import Glibc

/// Converts a document to UTF-8 before libxml2 sees it.
///
/// libxml2 could do it, but it loses where a bad byte stands and says so on standard error.
@safe final class XMLConverter {
  /// How a conversion ended.
  enum Ending {
    /// All is converted, but for a beginning of a character that is kept.
    case whole
    /// The output is full; convert again, with no new bytes.
    case full
    /// The next bytes mean nothing.
    case invalid
  }

  private let descriptor: iconv_t
  /// Bytes that are not converted yet.
  private var input: [UInt8] = []
  private var inputStart = 0

  /// - Returns: nil if the encoding is not known.
  init?(from encoding: String) {
    guard let opened = unsafe iconv_open("UTF-8", encoding), Int(bitPattern: opened) != -1 else {
      return nil
    }
    unsafe descriptor = opened
  }

  deinit {
    unsafe iconv_close(descriptor)
  }

  /// Whether the document ends in the middle of a character.
  var hasRest: Bool { inputStart < input.count }

  /// Adds bytes to convert.
  func append(_ bytes: Span<UInt8>) {
    input.removeSubrange(..<inputStart)
    inputStart = 0
    unsafe bytes.withUnsafeBufferPointer { unsafe input.append(contentsOf: $0) }
  }

  /// Converts what there is.
  ///
  /// - Parameter output: Is filled from its beginning.
  /// - Returns: How many bytes it has now, and how it ended.
  func convert(into output: inout [UInt8]) -> (count: Int, ending: Ending) {
    var inputLeft = input.count - inputStart
    var outputLeft = output.count
    var failure: Int32 = 0
    unsafe input.withUnsafeMutableBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
        unsafe from = unsafe from?.advanced(by: inputStart)
        var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
        let result = unsafe iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
        if result == -1 { failure = errno }
      }
    }
    inputStart = input.count - inputLeft
    let ending: Ending =
      switch failure {
      case 0, EINVAL: .whole
      case E2BIG: .full
      default: .invalid
      }
    return (output.count - outputLeft, ending)
  }
}
