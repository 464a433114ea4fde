import CLibXML2

/// Hears what the parser says; everything its callbacks may touch.
///
/// A structure in memory of its own rather than a class: ten million callbacks a second would
/// otherwise spend half their time on counting references and checking exclusive access.
@safe struct XMLListener {
  /// An error by which a document stops being well-formed.
  struct ParserError {
    let code: UInt32
    let message: String
    let offset: Int
  }

  private typealias Parser = UnsafeMutablePointer<_xmlParserCtxt>

  private let limits: XMLLimits
  private var parser: Parser?
  private var names: XMLNameTable

  /// The events of the batch.
  var builder = XMLEventBuilder()
  /// The line feeds of what was given to the parser.
  var lines = XMLLineIndex()
  /// Bytes of an ASCII character in the document.
  var asciiWidth = 1
  /// The length of a byte order mark, which the parser does not see.
  var skipped = 0

  /// Why a callback stopped the parser.
  private(set) var fault: XMLFault?
  /// The first error that the parser itself found.
  private(set) var error: ParserError?
  private(set) var rootClosed = false
  private var depth = 0
  /// The start tag that was read last: an empty element ends where it began.
  private var lastTag = XMLLineIndex.nowhere
  private var lastTagOffset = -1

  init(names: [String], namespace: String, limits: XMLLimits) {
    self.limits = limits
    self.names = XMLNameTable(names: names, namespace: namespace)
  }

  /// Takes the parser, which must live until nil is attached.
  mutating func attach(_ parser: UnsafeMutablePointer<_xmlParserCtxt>?) {
    unsafe self.parser = parser
  }

  /// How far the parser has read, in bytes of the document.
  @inline(__always)
  var offset: Int {
    guard let input = unsafe parser?.pointee.input else { return skipped }
    let inBuffer = unsafe input.pointee.cur - input.pointee.base
    return unsafe skipped + Int(input.pointee.consumed) + inBuffer
  }

  /// The place in the document of an offset in what the parser is given.
  @inline(__always)
  mutating func place(_ offset: Int) -> XMLPlace {
    lines.place(offset)
  }

  private mutating func stop(_ kind: XMLFault.Kind, at place: XMLPlace) {
    fault = XMLFault(kind, at: place)
    unsafe xmlStopParser(parser)
  }

  // MARK: What the parser says

  mutating func startElement(
    _ localName: UnsafePointer<UInt8>?, isUnbound: Bool, _ uri: UnsafePointer<UInt8>?,
    declarations: Int, attributeCount: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    let end = offset
    let start = end - bytesBackToTag()
    let tag = place(start)
    lastTag = tag
    lastTagOffset = start
    depth += 1
    guard depth <= limits.depth else { return stop(.limit(.depth(limits.depth)), at: tag) }
    guard end - start < limits.tag else { return stop(.limit(.tag(limits.tag)), at: tag) }
    guard attributeCount + declarations <= limits.attributes else {
      return stop(.limit(.attributes(limits.attributes)), at: tag)
    }
    let own = unsafe ownAttributes(attributes, attributeCount)
    let isEmpty = unsafe parser?.pointee.input.pointee.cur.pointee == 0x2F
    let index = unsafe names.element(localName, uri, isUnbound: isUnbound)
    let unknownName = unsafe index < 0 ? XMLListener.text(localName) : XMLListener.noText
    unsafe builder.startElement(
      index, Span(_unsafeElements: unknownName), hasAttributes: !own.isEmpty, tag: tag,
      value: place(end + (isEmpty ? 2 : 1)))
    guard let attributes = unsafe attributes else { return }
    for number in own where fault == nil {
      unsafe attribute(attributes.advanced(by: number * 5), tag)
    }
  }

  /// The numbers of the attributes that are not hints where a schema is.
  private func ownAttributes(
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: Int
  ) -> [Int] {
    guard count > 0, let attributes = unsafe attributes else { return [] }
    return (0..<count).filter { number in
      unsafe !names.isSchemaHint(attributes[number * 5], attributes[number * 5 + 2])
    }
  }

  private mutating func attribute(
    _ attribute: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ tag: XMLPlace
  ) {
    // The five are local name, prefix, namespace, and where the value begins and ends.
    guard let start = unsafe attribute[3], let end = unsafe attribute[4] else { return }
    let value = unsafe UnsafeBufferPointer(start: start, count: end - start)
    if unsafe value.contains(0x26) {
      let resolved = unsafe XMLListener.withoutReferences(value)
      return unsafe append(attribute, resolved.span, tag)
    }
    unsafe append(attribute, Span(_unsafeElements: value), tag)
  }

  private mutating func append(
    _ attribute: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ value: Span<UInt8>,
    _ tag: XMLPlace
  ) {
    guard value.count <= limits.value else {
      return stop(.limit(.value(limits.value)), at: tag)
    }
    let index = unsafe attribute[1] == nil ? names.attribute(attribute[0]) : -1
    let unknownName = unsafe index < 0 ? XMLListener.text(attribute[0]) : XMLListener.noText
    unsafe builder.attribute(index, Span(_unsafeElements: unknownName), value, tag: tag)
  }

  /// libxml2 gives each `&` in an attribute as `&#38;`, because trees resolve references later.
  private static func withoutReferences(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let reference = Array("&#38;".utf8)
    var resolved: [UInt8] = []
    var index = 0
    while index < value.count {
      let byte = unsafe value[index]
      resolved.append(byte)
      let isReference = unsafe byte == 0x26 && value[index...].starts(with: reference)
      index += isReference ? reference.count : 1
    }
    return resolved
  }

  mutating func endElement(
    _ localName: UnsafePointer<UInt8>?, isUnbound: Bool, _ uri: UnsafePointer<UInt8>?
  ) {
    depth -= 1
    if depth == 0 { rootClosed = true }
    let end = offset
    let none = unsafe XMLListener.noText
    guard !builder.mayBeLeaf else {
      return unsafe builder.endElement(
        -1, Span(_unsafeElements: none), tag: XMLLineIndex.nowhere, next: place(end))
    }
    let start = end - bytesBackToTag()
    let tag = start == lastTagOffset ? lastTag : place(start)
    let index = unsafe names.element(localName, uri, isUnbound: isUnbound)
    let unknownName = unsafe index < 0 ? XMLListener.text(localName) : none
    unsafe builder.endElement(
      index, Span(_unsafeElements: unknownName), tag: tag, next: place(end))
  }

  @inline(__always)
  mutating func characters(_ text: UnsafePointer<UInt8>?, count: Int) {
    guard builder.textCount + count <= limits.value else {
      return stop(.limit(.value(limits.value)), at: place(offset))
    }
    unsafe builder.append(Span(_unsafeElements: UnsafeBufferPointer(start: text, count: count)))
  }

  mutating func cdata(_ text: UnsafePointer<UInt8>?, count: Int) {
    if count > 0 {
      builder.skipText("<![CDATA[".utf8.count * asciiWidth)
      unsafe characters(text, count: count)
    } else {
      // An empty section ends here, and its end is not read yet.
      builder.moveText(to: place(offset + "]]>".utf8.count))
    }
  }

  /// A comment or processing instruction, which is passed over.
  mutating func commentary(_ text: UnsafePointer<UInt8>?) {
    let count = unsafe text == nil ? 0 : Int(xmlStrlen(text))
    guard count <= limits.comment else {
      return stop(.limit(.comment(limits.comment)), at: place(offset))
    }
    builder.moveText(to: place(offset))
  }

  mutating func doctype() {
    stop(.doctype, at: place(offset))
  }

  mutating func note(_ found: UnsafePointer<xmlError>?) {
    guard error == nil, fault == nil, let found = unsafe found,
      unsafe found.pointee.level == XML_ERR_FATAL
    else { return }
    let code = unsafe UInt32(truncatingIfNeeded: found.pointee.code)
    let message = unsafe XMLListener.text(found.pointee.message)
    var place = offset
    // libxml2 stands behind the name of an end tag, and before all of a text.
    if code == XML_ERR_TAG_NAME_MISMATCH.rawValue { place -= bytesBackToTag() }
    if code == XML_ERR_MISPLACED_CDATA_END.rawValue { place += bytesAheadToSectionEnd() }
    error = unsafe ParserError(code: code, message: XMLListener.shown(message), offset: place)
  }

  // MARK: Bytes of the parser

  /// How many bytes before the parser's position the tag begins that it has just read; libxml2
  /// keeps a tag in its buffer until it is through with it, and values hold no `<`.
  private func bytesBackToTag() -> Int {
    guard let input = unsafe parser?.pointee.input, let current = unsafe input.pointee.cur,
      let base = unsafe input.pointee.base
    else { return 0 }
    var back = 1
    let available = unsafe current - base
    while back < available, unsafe current[-back] != 0x3C { back += 1 }
    return min(back, available)
  }

  /// How many bytes after the parser's position `]]>` stands.
  private func bytesAheadToSectionEnd() -> Int {
    guard let input = unsafe parser?.pointee.input, let current = unsafe input.pointee.cur else {
      return 0
    }
    let ahead = unsafe UnsafeBufferPointer(start: current, count: input.pointee.end - current)
    let end = Array("]]>".utf8)
    return ahead.indices.first { unsafe ahead[$0...].starts(with: end) } ?? 0
  }

  private static var noText: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: nil, count: 0)
  }

  private static func text(_ text: UnsafePointer<UInt8>?) -> UnsafeBufferPointer<UInt8> {
    guard let text = unsafe text else { return unsafe noText }
    return unsafe UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text)))
  }

  private static func text(_ text: UnsafeMutablePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
    let bytes = unsafe UnsafeRawPointer(text)?.assumingMemoryBound(to: UInt8.self)
    return unsafe XMLListener.text(bytes)
  }

  /// A message of libxml2 without its line ending; names in it may be long.
  private static func shown(_ message: UnsafeBufferPointer<UInt8>) -> String {
    let bytes = unsafe message.prefix(200)
    let text = unsafe String(decoding: bytes, as: UTF8.self)
    return String(text.prefix { !$0.isNewline })
  }
}
