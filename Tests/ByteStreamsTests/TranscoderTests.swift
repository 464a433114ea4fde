import ByteStreams
import Testing

@Suite("Other encodings than UTF-8")
struct TranscoderTests {
  static let encodings = TextEncoding.names.filter { $0 != "UTF-16" && $0 != "UTF-8" }

  private struct NoTable: Error {}

  private func transcoder(_ encoding: TextEncoding) throws -> Transcoder {
    guard let transcoder = Transcoder(encoding) else { throw NoTable() }
    return transcoder
  }

  private func text(_ bytes: [UInt8], _ encoding: TextEncoding) throws -> [UInt8]? {
    var transcoder = try transcoder(encoding)
    var text: [UInt8] = []
    do {
      try transcoder.convert(bytes, isLast: true, into: &text)
      return text
    } catch {
      return nil
    }
  }

  /// Every character of one or two bytes, with ASCII around it.
  @Test("a text tells how many bytes it took", arguments: encodings)
  func widths(name: String) throws {
    let encoding = try #require(TextEncoding(name))
    var widths = EncodedWidths(encoding)
    var readable = 0
    for first in UInt8(0)...255 {
      var line: [UInt8] = []
      var parts = 0
      for second in UInt8(0x20)...255 {
        guard try text([first, second], encoding) != nil else { continue }
        line += [first, second]
        parts += 1
      }
      guard parts > 0, let text = try text(line, encoding) else { continue }
      readable += parts
      #expect(widths.width(of: text.span) == line.count, "\(name) \(first)")
    }
    #expect(readable > 90 * 90)
  }

  @Test("the same text, however it is cut", arguments: encodings)
  func cuts(name: String) throws {
    let encoding = try #require(TextEncoding(name))
    let bytes = encoding.encode(Array("a é 한 東 Ж €,b\n".utf8))
    let whole = try #require(try text(bytes, encoding))
    for cut in 0...bytes.count {
      var transcoder = try transcoder(encoding)
      var text: [UInt8] = []
      try transcoder.convert(bytes[..<cut], isLast: false, into: &text)
      try transcoder.convert(bytes[cut...], isLast: true, into: &text)
      #expect(text == whole)
    }
  }

  @Test("a byte that is none of it has its place", arguments: [0, 1, 5, 9])
  func fault(cut: Int) throws {
    var transcoder = try transcoder(try #require(TextEncoding("Shift_JIS")))
    let bytes: [UInt8] = [0x61, 0x93, 0x8C, 0x62, 0xB1, 0x63, 0xFF, 0x64, 0x65]
    var text: [UInt8] = []
    #expect(throws: TranscodingFault(offset: 6, byte: 0xFF, isCut: false)) {
      try transcoder.convert(bytes[..<cut], isLast: false, into: &text)
      try transcoder.convert(bytes[cut...], isLast: true, into: &text)
    }
    #expect(text == Array("a東bｱc".utf8))
  }

  @Test("encodings whose places cannot be told are not taken")
  func notTaken() {
    for name in ["ISO-2022-JP", "UTF-7", "HZ", "windows-1255", "windows-1258", "EBCDIC", ""] {
      #expect(TextEncoding(name) == nil)
    }
  }
}
