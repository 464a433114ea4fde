import CLibXML2

/// The push parser of libxml2, given UTF-8 only.
///
/// To the next reader: what libxml2 2.9.14 does when it is left alone decides much of this.
/// It converts encodings with the wrong offsets, so it is told not to look at them. It loses its
/// position when it stops, so errors are noted while they are reported. It waits for the `;` of a
/// `&` until the end of the document. At the end, it reads a beginning of a tag or comment as a
/// fault; whether the document was cut is decided from where that fault is.
@safe final class XMLParser {
  /// What the callbacks know; nothing else touches it while the parser runs.
  private let listener: UnsafeMutablePointer<XMLListener>
  /// Bytes of the document so far, with a byte order mark.
  private(set) var total = 0

  private let limits: XMLLimits
  private var parser: UnsafeMutablePointer<_xmlParserCtxt>?

  private static let notAllowed = "a character that XML does not allow"

  /// Longer than any reference that can be resolved.
  private static let referenceBytesMax = 1024

  init(names: [String], namespace: String, limits: XMLLimits) {
    self.limits = limits
    unsafe listener = .allocate(capacity: 1)
    unsafe listener.initialize(
      to: XMLListener(names: names, namespace: namespace, limits: limits))
    var handler = unsafe XMLParser.makeHandler()
    unsafe parser = xmlCreatePushParserCtxt(&handler, listener, nil, 0, nil)
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue
    unsafe xmlCtxtUseOptions(parser, Int32(options))
    unsafe xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8)
    unsafe listener.pointee.attach(parser)
  }

  deinit {
    unsafe xmlFreeParserCtxt(parser)
    unsafe listener.deinitialize(count: 1)
    unsafe listener.deallocate()
  }

  // MARK: What the callbacks know

  /// Whether the end tag of the root was read.
  var rootClosed: Bool { unsafe listener.pointee.rootClosed }

  /// How far the parser has read.
  private var offset: Int { unsafe listener.pointee.offset }

  /// The place of an offset that is not before the line of the last one asked for.
  func place(_ offset: Int) -> XMLPlace {
    unsafe listener.pointee.place(offset)
  }

  /// Lends `events` to the callbacks, for one batch.
  func beginBatch(_ events: inout XMLEvents) {
    unsafe swap(&listener.pointee.builder.events, &events)
    unsafe listener.pointee.builder.beginBatch()
  }

  /// Gives `events` back.
  func endBatch(_ events: inout XMLEvents) {
    unsafe listener.pointee.builder.endBatch()
    unsafe swap(&listener.pointee.builder.events, &events)
  }

  /// Tells that the parser is given other bytes than the file has.
  ///
  /// - Parameters:
  ///   - start: Where those of the file begin, behind a byte order mark.
  ///   - asciiWidth: Bytes of an ASCII character.
  func expectConvertedBytes(from start: Int, asciiWidth: Int) {
    unsafe listener.pointee.lines.expectConverted(from: start)
    unsafe listener.pointee.asciiWidth = asciiWidth
  }

  /// Takes note of what bytes were in the file that are announced later.
  func note(_ runs: [XMLRun]) {
    unsafe listener.pointee.lines.note(runs)
  }

  // MARK: Parsing

  /// Passes over a byte order mark, before anything is fed.
  func skip(_ count: Int) {
    total = count
    unsafe listener.pointee.skipped = count
    unsafe listener.pointee.lines.begin(at: count)
  }

  /// Takes note of the next bytes, which are then fed.
  func announce(_ bytes: Span<UInt8>) {
    unsafe listener.pointee.lines.forget(before: offset)
    unsafe listener.pointee.lines.append(bytes, at: total)
    total += bytes.count
  }

  /// Parses the next bytes: valid UTF-8 that ends neither inside a character nor after a carriage
  /// return, unless the document does.
  ///
  /// - Throws: ``XMLFault``; nothing can be fed after one.
  func feed(_ bytes: Span<UInt8>) throws(XMLFault) {
    unsafe bytes.withUnsafeBytes { raw in
      let start = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = unsafe xmlParseChunk(parser, start, Int32(raw.count), 0)
    }
    try check()
    try checkWaiting()
  }

  /// Parses what is left.
  ///
  /// - Parameter ending: What is wrong if the root is not closed, or if bytes follow it that are
  ///   not even text; nil if the document is whole as far as its bytes can tell.
  /// - Throws: ``XMLFault``.
  func finish(_ ending: XMLFault.Kind?) throws(XMLFault) {
    let waiting = self.waiting("<![CDATA[".utf8.count)
    let endsWithSlash = lastByte == 0x2F
    try checkWaitingSection()
    _ = unsafe xmlParseChunk(parser, nil, 0, 1)
    if let fault = unsafe listener.pointee.fault { throw fault }
    if let error = unsafe listener.pointee.error,
      rootClosed || !isCut(error, waiting, endsWithSlash)
    {
      throw fault(error)
    }
    if let ending { throw XMLFault(ending, at: place(total)) }
    guard rootClosed else { throw XMLFault(.endsInTheMiddle, at: place(total)) }
    try check()
    guard offset >= total else {
      throw XMLFault(
        .notWellFormed("Extra content at the end of the document"),
        at: place(offset))
    }
  }

  private func check() throws(XMLFault) {
    if let fault = unsafe listener.pointee.fault { throw fault }
    if let error = unsafe listener.pointee.error { throw fault(error) }
    // Nothing is known that gets here; a parser that stopped without a word must not pass.
    guard unsafe parser?.pointee.wellFormed == 1, unsafe parser?.pointee.disableSAX == 0 else {
      throw XMLFault(.notWellFormed("the parser stopped"), at: place(total))
    }
  }

  private func fault(_ error: XMLListener.ParserError) -> XMLFault {
    let place = self.place(min(error.offset, total))
    if error.code == XML_ERR_NAME_TOO_LONG.rawValue {
      return XMLFault(.limit(.tag(limits.tag)), at: place)
    }
    // All that is fed is UTF-8, so libxml2 means a character that is not allowed.
    let isCharacter = error.message.hasPrefix("Input is not proper UTF-8")
    let message = isCharacter ? XMLParser.notAllowed : error.message
    return XMLFault(.notWellFormed(message), at: place)
  }

  /// Looks at what the parser did not want to read yet, before it gets long.
  private func checkWaiting() throws(XMLFault) {
    let count = total - offset
    guard count > XMLParser.referenceBytesMax else { return }
    if unsafe parser?.pointee.instate == XML_PARSER_START_TAG {
      guard count <= limits.tag else {
        throw XMLFault(.limit(.tag(limits.tag)), at: place(offset))
      }
    } else if unsafe parser?.pointee.instate == XML_PARSER_CDATA_SECTION {
      guard count <= limits.value + "]]".utf8.count else {
        throw XMLFault(.limit(.value(limits.value)), at: place(offset))
      }
    } else if waiting(1) == [0x26] {
      try finish(nil)
    } else if count > limits.comment + "<!---->".utf8.count {
      throw XMLFault(.limit(.comment(limits.comment)), at: place(offset))
    }
  }

  /// Looks for characters that are not allowed in a CDATA section without end, of which libxml2
  /// reads some more bytes per call, and not the others.
  private func checkWaitingSection() throws(XMLFault) {
    guard unsafe parser?.pointee.instate == XML_PARSER_CDATA_SECTION else { return }
    let rest = waiting(.max)
    let first = rest.indices.first { index in
      switch rest[index] {
      case 0x09, 0x0A, 0x0D: false
      case 0..<0x20: true
      case 0xEF:
        rest[index...].starts(with: [0xEF, 0xBF, 0xBE])
          || rest[index...].starts(with: [0xEF, 0xBF, 0xBF])
      default: false
      }
    }
    guard let first else { return }
    throw XMLFault(.notWellFormed(XMLParser.notAllowed), at: place(offset + first))
  }

  /// The first bytes that the parser did not read yet.
  private func waiting(_ countMax: Int) -> [UInt8] {
    guard let input = unsafe parser?.pointee.input, let current = unsafe input.pointee.cur else {
      return []
    }
    let count = unsafe min(input.pointee.end - current, countMax)
    return unsafe Array(UnsafeBufferPointer(start: current, count: count))
  }

  /// The last byte that was fed, if the parser did not read it yet.
  private var lastByte: UInt8? {
    guard let input = unsafe parser?.pointee.input, let current = unsafe input.pointee.cur,
      let end = unsafe input.pointee.end, unsafe current < end
    else { return nil }
    return unsafe end[-1]
  }

  /// Whether an error at the end of the document is there only because it was cut.
  private func isCut(
    _ error: XMLListener.ParserError, _ waiting: [UInt8], _ endsWithSlash: Bool
  ) -> Bool {
    let unfinished = [
      XML_ERR_DOCUMENT_END, XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_PI_NOT_FINISHED,
      XML_ERR_CDATA_NOT_FINISHED, XML_ERR_TAG_NOT_FINISHED,
    ]
    if unfinished.contains(where: { $0.rawValue == error.code }) { return true }
    if error.offset >= total { return true }
    // What is not allowed in a text is wrong wherever the document ends.
    let isText = [
      XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_ENCODING,
      XML_ERR_MISPLACED_CDATA_END,
    ].contains { $0.rawValue == error.code }
    if isText { return false }
    if offset >= total { return true }
    // The end of an empty tag is missing its `>`.
    if endsWithSlash, error.offset == total - 1 { return true }
    let beginnings = ["<!--", "<![CDATA["]
    return waiting.count > 1 && total - waiting.count <= error.offset
      && beginnings.contains { Array($0.utf8).starts(with: waiting) }
  }

  // MARK: Callbacks

  private static func makeHandler() -> xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.startElementNs = { user, name, prefix, uri, declared, _, count, _, attributes in
      unsafe XMLParser.listener(user)?.pointee.startElement(
        name, isUnbound: prefix != nil && uri == nil, uri, declarations: Int(declared),
        attributeCount: Int(count), attributes)
    }
    unsafe handler.endElementNs = { user, name, prefix, uri in
      unsafe XMLParser.listener(user)?.pointee.endElement(
        name, isUnbound: prefix != nil && uri == nil, uri)
    }
    let characters: charactersSAXFunc = { user, text, count in
      unsafe XMLParser.listener(user)?.pointee.characters(text, count: Int(count))
    }
    unsafe handler.characters = characters
    // Where both are the same, libxml2 does not look whether a text is blank.
    unsafe handler.ignorableWhitespace = characters
    unsafe handler.cdataBlock = { user, text, count in
      unsafe XMLParser.listener(user)?.pointee.cdata(text, count: Int(count))
    }
    unsafe handler.comment = { user, text in
      unsafe XMLParser.listener(user)?.pointee.commentary(text)
    }
    unsafe handler.processingInstruction = { user, _, text in
      unsafe XMLParser.listener(user)?.pointee.commentary(text)
    }
    // The prolog is searched before; this is the second lock on the same door.
    unsafe handler.internalSubset = { user, _, _, _ in
      unsafe XMLParser.listener(user)?.pointee.doctype()
    }
    unsafe handler.serror = { user, error in unsafe XMLParser.listener(user)?.pointee.note(error) }
    return unsafe handler
  }

  private static func listener(
    _ user: UnsafeMutableRawPointer?
  ) -> UnsafeMutablePointer<XMLListener>? {
    unsafe user?.assumingMemoryBound(to: XMLListener.self)
  }
}
