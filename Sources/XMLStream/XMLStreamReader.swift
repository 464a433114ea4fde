/// Reads a document chunk by chunk and gives batches of flat events.
///
/// A DOCTYPE is refused, whatever it holds, so there are no entities but the five and character
/// references; nothing is ever loaded. Depth, texts, attributes, tags and comments are bounded
/// here, since libxml2 leaves most bounds to whoever handles its events.
///
/// The encoding is that of the byte order mark or the declaration, else UTF-8. Places are those of the
/// document's own bytes in every encoding.
@safe package final class XMLStreamReader {
  /// Small enough that limits are looked at before what they limit gets expensive.
  private static let sliceBytes = 1 << 16
  /// How far a DOCTYPE is looked for behind another fault of the prolog.
  private static let prologBytesMax = 1 << 20

  private let parser: XMLParser
  private var prolog = XMLProlog(offset: 0)
  private var converter: XMLConverter?
  private var converted: [UInt8] = []
  private var runs: [XMLRun] = []

  /// The first bytes, while they do not tell the encoding.
  private var head: [UInt8] = []
  private var hasEncoding = false
  /// Longer than any comment that is read.
  private let waitingMost: Int
  /// The beginning of a character, or what waits for what follows.
  private var rest: [UInt8] = []
  /// A fault of the prolog, while a DOCTYPE may still follow.
  private var withheld: XMLFault?
  private var failure: XMLFault?

  /// Makes a reader of one document.
  ///
  /// - Parameters:
  ///   - names: Local names of elements and attributes that events give by index.
  ///   - namespace: The namespace of the elements, by default namespace or prefix; attributes
  ///     have none.
  ///   - limits: How much the document may ask for.
  package init(names: [String], namespace: String, limits: XMLLimits) {
    parser = XMLParser(names: names, namespace: namespace, limits: limits)
    waitingMost = limits.comment + "<!---->".utf8.count
  }

  /// Parses the next bytes.
  ///
  /// - Parameters:
  ///   - chunk: At most a gibibyte.
  ///   - isLast: The document ends with these bytes.
  ///   - events: What was completed, also if it throws; an element that is half read comes with
  ///     a later call.
  /// - Throws: ``XMLFault``; a call after that throws the same again.
  package func parse(
    _ chunk: Span<UInt8>, isLast: Bool, into events: inout XMLEvents
  ) throws(XMLFault) {
    precondition(chunk.count <= 1 << 30, "offsets into a batch have 32 bits")
    parser.beginBatch(&events)
    defer { parser.endBatch(&events) }
    if let failure { throw failure }
    do throws(XMLFault) {
      try take(chunk, isLast: isLast)
      if isLast { try finish(.endsInTheMiddle) }
    } catch {
      failure = error
      throw error
    }
  }

  private func take(_ chunk: Span<UInt8>, isLast: Bool) throws(XMLFault) {
    guard !hasEncoding else { return try decode(chunk) }
    unsafe chunk.withUnsafeBufferPointer { unsafe head.append(contentsOf: $0) }
    guard let encoding = XMLEncoding.detect(head, isWhole: isLast) else { return }
    hasEncoding = true
    let start = try begin(encoding)
    let bytes = head
    head = []
    try decode(bytes.span.extracting(min(start, bytes.count)..<bytes.count))
  }

  /// - Returns: How many bytes its mark has.
  private func begin(_ encoding: XMLEncoding) throws(XMLFault) -> Int {
    switch encoding {
    case .utf8(let count):
      parser.skip(count)
      prolog = XMLProlog(offset: count)
      return count
    case .other(let name, let count):
      guard let converter = XMLConverter(from: name) else {
        return try fail(.notWellFormed("the encoding \(name) is not known"))
      }
      self.converter = converter
      converted = Array(repeating: 0, count: XMLStreamReader.sliceBytes)
      parser.expectConvertedBytes(from: count, asciiWidth: converter.asciiWidth)
      return count
    case .contradiction:
      return try fail(.invalidEncoding)
    }
  }

  /// A fault of the declaration still lets a DOCTYPE behind it come first.
  private func fail(_ kind: XMLFault.Kind) throws(XMLFault) -> Int {
    withheld = XMLFault(kind, at: parser.place(0))
    return 0
  }

  // MARK: From bytes of the file to UTF-8

  private func decode(_ bytes: Span<UInt8>) throws(XMLFault) {
    guard let converter else {
      var start = 0
      while start < bytes.count {
        let end = min(start + XMLStreamReader.sliceBytes, bytes.count)
        try validate(bytes.extracting(start..<end))
        start = end
      }
      return
    }
    converter.append(bytes)
    var output: [UInt8] = []
    swap(&output, &converted)
    defer { swap(&output, &converted) }
    while true {
      runs.removeAll(keepingCapacity: true)
      let (count, ending) = converter.convert(into: &output, noting: &runs)
      parser.note(runs)
      try join(output.span.extracting(0..<count)) { text throws(XMLFault) in
        let end = text.count - XMLWaiting.count(text, most: waitingMost)
        try push(text.extracting(0..<end))
        return end
      }
      switch ending {
      case .whole: return
      case .full: continue
      case .invalid: try finish(.invalidEncoding)
      }
    }
  }

  private func validate(_ bytes: Span<UInt8>) throws(XMLFault) {
    try join(bytes) { text throws(XMLFault) in
      var end = text.count
      var isInvalid = false
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: text)
      } catch {
        end = error.byteOffsets.lowerBound
        isInvalid =
          error.kind != .truncatedScalar || error.byteOffsets.upperBound < text.count
      }
      if !isInvalid { end -= XMLWaiting.count(text.extracting(0..<end), most: waitingMost) }
      try push(text.extracting(0..<end))
      if isInvalid {
        rest = []
        try finish(.invalidEncoding)
      }
      return end
    }
  }

  /// Puts what was left over in front of bytes.
  ///
  /// - Parameter body: Returns how many bytes it took; the others are left over.
  private func join(
    _ bytes: Span<UInt8>, _ body: (Span<UInt8>) throws(XMLFault) -> Int
  ) throws(XMLFault) {
    guard !rest.isEmpty else {
      let end = try body(bytes)
      for index in end..<bytes.count { rest.append(bytes[index]) }
      return
    }
    var joined = rest
    unsafe bytes.withUnsafeBufferPointer { unsafe joined.append(contentsOf: $0) }
    let end = try body(joined.span)
    rest = Array(joined[end...])
  }

  /// The bytes of whole characters at the beginning.
  private static func textCount(_ bytes: [UInt8]) -> Int {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return bytes.count
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  // MARK: From UTF-8 to events

  private func push(_ text: Span<UInt8>) throws(XMLFault) {
    guard !text.isEmpty else { return }
    parser.announce(text)
    if !prolog.isOver {
      prolog.scan(text)
      if let offset = prolog.doctypeOffset {
        throw XMLFault(.doctype, at: parser.place(offset))
      }
    }
    if withheld == nil {
      do throws(XMLFault) {
        try parser.feed(text)
        return
      } catch {
        withheld = error
      }
    }
    let isFar = parser.total > XMLStreamReader.prologBytesMax
    if prolog.isOver || isFar, let withheld { throw withheld }
  }

  /// - Parameter ending: What is wrong with bytes that are left over, and with a root that is not
  ///   closed.
  private func finish(_ ending: XMLFault.Kind) throws(XMLFault) {
    if let withheld { throw withheld }
    var isCut = ending == .invalidEncoding
    let left = rest
    rest = []
    // What waited is text; what is no text is a character that is cut.
    let end = XMLStreamReader.textCount(left)
    try push(left.span.extracting(0..<end))
    if end < left.count || converter?.hasRest == true { isCut = true }
    if let withheld { throw withheld }
    guard isCut else { return try parser.finish(nil) }
    try parser.finish(parser.rootClosed ? .invalidEncoding : ending)
  }
}
