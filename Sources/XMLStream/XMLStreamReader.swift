import CLibXML2

/// Reads a document chunk by chunk through libxml2 and gives batches of flat events.
///
/// A DOCTYPE is refused, whatever it holds, so there are no entities but the five and character
/// references; nothing is ever loaded. Depth, texts, attributes and tags are bounded here, since
/// libxml2 leaves most bounds to whoever handles its events.
@safe package final class XMLStreamReader {
  /// Small enough that the bound on tags is looked at before a tag gets expensive.
  private static let sliceBytes = 1 << 16

  private let context: XMLContext
  private var parser: UnsafeMutablePointer<_xmlParserCtxt>?
  private var hasBegun = false

  /// - Parameters:
  ///   - names: Elements and attributes that are known by index.
  ///   - namespace: Whose elements they are.
  package init(names: [String], namespace: String, limits: XMLLimits) {
    context = XMLContext(names: names, namespace: namespace, limits: limits)
    var handler = unsafe XMLStreamReader.makeHandler()
    let user = unsafe Unmanaged.passUnretained(context).toOpaque()
    unsafe parser = xmlCreatePushParserCtxt(&handler, user, nil, 0, nil)
    unsafe xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
    unsafe context.attach(parser)
  }

  deinit {
    unsafe context.attach(nil)
    unsafe xmlFreeParserCtxt(parser)
  }

  /// Parses the next bytes.
  ///
  /// - Parameters:
  ///   - isLast: The document ends with these bytes.
  ///   - events: What was completed; an element that is half read comes with a later call.
  /// - Throws: ``XMLFault``; nothing can be parsed after one.
  package func parse(
    _ chunk: Span<UInt8>, isLast: Bool, into events: inout XMLEvents
  ) throws(XMLFault) {
    swap(&context.events, &events)
    defer { swap(&context.events, &events) }
    context.beginBatch()
    context.position.append(chunk)
    if !hasBegun, !chunk.isEmpty {
      hasBegun = true
      if context.position.prologHasDoctype() { throw context.makeFault(.doctype) }
    }
    var start = 0
    while start < chunk.count {
      let end = min(start + XMLStreamReader.sliceBytes, chunk.count)
      try feed(chunk.extracting(start..<end), terminate: false)
      start = end
    }
    if isLast { try finish() }
  }

  private func feed(_ slice: Span<UInt8>, terminate: Bool) throws(XMLFault) {
    context.fed += slice.count
    let result = unsafe slice.withUnsafeBytes { raw in
      unsafe xmlParseChunk(
        parser, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count),
        terminate ? 1 : 0)
    }
    try check(result, terminated: terminate)
    if context.pendingBytes > context.limits.tag + slice.count, context.isInTag {
      throw context.makeFault(.limit("a tag of more than \(context.limits.tag) bytes"))
    }
  }

  private func finish() throws(XMLFault) {
    guard context.position.total > 0 else { throw context.makeFault(.endsInTheMiddle) }
    let result = unsafe xmlParseChunk(parser, nil, 0, 1)
    try check(result, terminated: true)
    if !context.rootClosed { throw context.makeFault(.endsInTheMiddle) }
  }

  private func check(_ result: Int32, terminated: Bool) throws(XMLFault) {
    if let fault = context.fault { throw fault }
    let isWellFormed = unsafe parser?.pointee.wellFormed == 1
    guard result != 0 || !isWellFormed else { return }
    let error = unsafe xmlCtxtGetLastError(parser)
    let code = unsafe error?.pointee.code ?? 0
    // Errors of namespaces leave a document well-formed; its elements are then not known.
    if isWellFormed, !terminated { return }
    if isWellFormed, context.rootClosed { return }
    if terminated, !context.rootClosed, context.isAtEnd {
      throw context.makeFault(.endsInTheMiddle)
    }
    var message = "error \(code)"
    if let text = unsafe error?.pointee.message {
      message = unsafe String(cString: text)
      while message.last?.isNewline == true { message.removeLast() }
    }
    let isEncoding =
      code == XML_ERR_INVALID_ENCODING.rawValue || code == XML_I18N_CONV_FAILED.rawValue
      || message.hasPrefix("Input is not proper UTF-8")
    throw context.makeFault(isEncoding ? .invalidEncoding : .notWellFormed(message))
  }

  private static func makeHandler() -> xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.startElementNs = { user, name, _, uri, _, _, count, _, attributes in
      unsafe XMLStreamReader.context(user)?.startElement(
        name, uri, attributeCount: Int(count), attributes)
    }
    unsafe handler.endElementNs = { user, _, _, _ in
      unsafe XMLStreamReader.context(user)?.endElement()
    }
    unsafe handler.characters = { user, text, count in
      unsafe XMLStreamReader.context(user)?.characters(text, count: Int(count))
    }
    unsafe handler.cdataBlock = { user, text, count in
      unsafe XMLStreamReader.context(user)?.characters(text, count: Int(count))
    }
    unsafe handler.internalSubset = { user, _, _, _ in
      unsafe XMLStreamReader.context(user)?.stop(.doctype)
    }
    // Errors are asked for after each chunk; without a handler libxml2 would print them.
    unsafe handler.serror = { _, _ in }
    return unsafe handler
  }

  private static func context(_ user: UnsafeMutableRawPointer?) -> XMLContext? {
    guard let user = unsafe user else { return nil }
    return unsafe Unmanaged<XMLContext>.fromOpaque(user).takeUnretainedValue()
  }
}
