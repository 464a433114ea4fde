import ByteStreams
import Domain

/// Opens a feed and hands out its text as UTF-8, converted where it has another encoding.
struct FeedTextReader: ~Copyable {
  private let feed: FeedFile
  private var source: FeedByteReader
  /// That of the feed, with its byte order once it is settled; nil for UTF-8.
  private(set) var encoding: TextEncoding?
  private var transcoder: Transcoder?
  private var widths: EncodedWidths?
  private var raw: [UInt8] = []
  /// Why nothing more can be converted; what came before it was handed out.
  private(set) var fault: TranscodingFault?
  /// Bytes of the byte order mark of a text that is converted, which is not handed out.
  private(set) var markLength = 0

  /// - Parameter encoding: Nil for UTF-8, which is handed out as it comes, unchecked.
  /// - Throws: ``FeedRefusal`` with F101.
  init(_ feed: FeedFile, encoding: TextEncoding?) throws(FeedRefusal) {
    self.feed = feed
    self.encoding = encoding
    source = try FeedByteReader(feed)
  }

  var isConverted: Bool { encoding != nil }

  /// Fills `buffer` from `start` on, about `count` bytes; 0 only at the end or before a fault.
  ///
  /// - Throws: ``FeedRefusal`` with F101, F102 or F111.
  mutating func read(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(FeedRefusal) -> Int {
    guard let encoding else {
      if buffer.count < start + count {
        buffer += [UInt8](repeating: 0, count: start + count - buffer.count)
      }
      return try source.read(into: &buffer, at: start, count: count)
    }
    guard fault == nil else { return 0 }
    raw = [UInt8](repeating: 0, count: count)
    let read = try source.read(into: &raw, at: 0, count: count)
    var bytes = raw[..<read]
    if transcoder == nil { bytes = bytes.dropFirst(try begin(encoding, bytes)) }
    buffer.removeSubrange(start...)
    do throws(TranscodingFault) {
      try transcoder?.convert(bytes, isLast: read == 0, into: &buffer)
    } catch {
      fault = TranscodingFault(
        offset: error.offset + markLength, byte: error.byte, isCut: error.isCut)
    }
    // A chunk may hold nothing but the beginning of a character.
    guard buffer.count == start, read > 0, fault == nil else { return buffer.count - start }
    return try self.read(into: &buffer, at: start, count: count)
  }

  /// Settles the encoding by the first bytes.
  ///
  /// - Returns: The length of the byte order mark.
  private mutating func begin(
    _ encoding: TextEncoding, _ bytes: ArraySlice<UInt8>
  ) throws(FeedRefusal) -> Int {
    guard let settled = encoding.settled(by: bytes) ?? (bytes.isEmpty ? (encoding, 0) : nil) else {
      throw FeedRefusal(
        Finding(
          .F102, feed: feed.name, line: 1, column: 1, byteOffset: 0,
          message: "neither a byte order mark nor the first character says how UTF-16 is meant"))
    }
    markLength = settled.mark
    self.encoding = settled.encoding
    transcoder = Transcoder(settled.encoding)
    widths = EncodedWidths(settled.encoding)
    guard transcoder != nil else {
      throw FeedRefusal(
        Finding(
          .F101, feed: feed.name,
          message: "this machine has no table for the encoding \(encoding.name)"))
    }
    return settled.mark
  }

  /// How many bytes of the feed a piece of its text takes.
  mutating func width(of text: [UInt8], _ range: Range<Int>) -> Int {
    widths?.width(of: text.span.extracting(range)) ?? range.count
  }

  /// Goes on to a later offset of a text that is not converted.
  ///
  /// - Throws: ``FeedRefusal`` with F101 or F111.
  mutating func skip(to offset: Int) throws(FeedRefusal) {
    try source.skip(to: offset)
  }
}
