import CLibXML2

/// Everything the callbacks of the parser may touch, reached through one opaque pointer.
@safe final class XMLContext {
  let limits: XMLLimits
  private let names: [[UInt8]]
  private let namespace: [UInt8]

  var events = XMLEvents()
  var position = XMLPosition()
  var fault: XMLFault?
  private(set) var depth = 0
  private(set) var rootClosed = false

  /// The innermost element, while it may still turn out to be a leaf.
  private var pending: Element?
  /// Where the text begins that was read since the last event, in `events.bytes`.
  private var textStart = 0
  private var textOffset = 0
  /// Whether libxml2 converts the document, so that its offsets are not those of the file.
  private var isConverted = false

  /// Names met so far: libxml2 gives the same pointers for the same names.
  private var known = [KnownName](repeating: KnownName(), count: 256)

  private struct Element {
    var name: Int32
    var localName: [UInt8]
    var tag: (line: UInt32, column: UInt32, offset: UInt64)
    var value: (line: UInt32, column: UInt32, offset: UInt64)
  }

  private struct KnownName {
    var localName: UInt = 0
    var uri: UInt = 0
    var index: Int32 = -1
  }

  init(names: [String], namespace: String, limits: XMLLimits) {
    self.names = names.map { Array($0.utf8) }
    self.namespace = Array(namespace.utf8)
    self.limits = limits
  }

  /// Begins a new batch; the text of a half-read element moves along.
  func beginBatch() {
    let carried = Array(events.bytes[textStart...])
    events.removeAll()
    events.bytes += carried
    textStart = 0
  }

  private typealias Parser = UnsafeMutablePointer<_xmlParserCtxt>

  private var parser: Parser?

  func attach(_ parser: UnsafeMutablePointer<_xmlParserCtxt>?) {
    unsafe self.parser = parser
  }

  /// How far the parser has read, in bytes of the document.
  private var offset: Int {
    guard let input = unsafe parser?.pointee.input else { return 0 }
    return unsafe Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
  }

  /// Bytes that were given to the parser and not read yet.
  var pendingBytes: Int { isConverted ? 0 : fed - offset }

  /// Bytes that were given to the parser so far.
  var fed = 0

  /// Whether the parser waits for the end of a tag.
  var isInTag: Bool {
    unsafe parser?.pointee.instate == XML_PARSER_START_TAG
  }

  /// Whether nothing of what was given is left to read.
  var isAtEnd: Bool {
    guard let input = unsafe parser?.pointee.input else { return true }
    return unsafe input.pointee.cur >= input.pointee.end
  }

  func updateConversion() {
    unsafe isConverted = parser?.pointee.input?.pointee.buf?.pointee.encoder != nil
  }

  private func place(_ offset: Int) -> (line: UInt32, column: UInt32, offset: UInt64) {
    guard !isConverted else {
      let line = unsafe parser?.pointee.input?.pointee.line ?? 1
      return (UInt32(line), 0, 0)
    }
    return position.place(offset)
  }

  /// Stops the parser; the first fault counts.
  func stop(_ kind: XMLFault.Kind) {
    guard fault == nil else { return }
    fault = makeFault(kind)
    unsafe xmlStopParser(parser)
  }

  func makeFault(_ kind: XMLFault.Kind) -> XMLFault {
    let offset = min(offset, position.total)
    let place = place(offset)
    let exact = place.column > 0
    return XMLFault(
      kind: kind, line: Int(place.line), column: exact ? Int(place.column) : nil,
      byteOffset: exact ? offset : nil)
  }

  // MARK: What the parser says

  func startElement(
    _ localName: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, attributeCount: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    updateConversion()
    flushPending()
    flushText()
    depth += 1
    guard depth <= limits.depth else { return stop(.limit("more than \(limits.depth) levels")) }
    guard attributeCount <= limits.attributes else {
      return stop(.limit("more than \(limits.attributes) attributes"))
    }
    let end = offset
    let tag = place(isConverted ? 0 : position.tagStart(before: end))
    let isEmptyTag = position.byte(at: end) == 0x2F
    let valueOffset = isEmptyTag ? end : end + 1
    let value = place(valueOffset)
    let name = unsafe index(of: localName, uri)
    let text = unsafe name < 0 ? bytes(localName) : []
    let element = Element(name: name, localName: text, tag: tag, value: value)
    textOffset = valueOffset
    guard attributeCount > 0, let attributes = unsafe attributes else {
      pending = element
      return
    }
    append(.open, element, element.tag)
    for number in 0..<attributeCount {
      unsafe appendAttribute(attributes.advanced(by: number * 5), element)
    }
    textStart = events.bytes.count
  }

  func endElement() {
    depth -= 1
    if depth == 0 { rootClosed = true }
    if let element = pending {
      pending = nil
      var place = element.value
      if place.column > 0, textStart < events.bytes.count,
        position.isCDATA(at: Int(place.offset))
      {
        place = (place.line, place.column + 9, place.offset + 9)
      }
      appendName(element)
      append(.leaf, element.name, value: textStart..<events.bytes.count, place)
      dropName(element)
    } else {
      flushText()
      let place = (UInt32(0), UInt32(0), UInt64(0))
      append(.close, -1, value: 0..<0, place)
      events.nameStart.append(0)
      events.nameEnd.append(0)
    }
    textStart = events.bytes.count
    textOffset = offset
  }

  func characters(_ text: UnsafePointer<UInt8>?, count: Int) {
    guard let text = unsafe text else { return }
    unsafe events.bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
    if events.bytes.count - textStart > limits.value {
      stop(.limit("a text of more than \(limits.value) bytes"))
    }
  }

  // MARK: Events

  private func flushPending() {
    guard let element = pending else { return }
    pending = nil
    // The name goes behind the text that is waiting, so that the text stays in one piece.
    append(.open, element, element.tag)
  }

  /// Text beside elements counts only where it is not all white space.
  private func flushText() {
    let range = textStart..<events.bytes.count
    let isBlank = events.bytes[range].allSatisfy {
      $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09
    }
    if isBlank {
      // A name of an element may stand behind blank text; it is kept with it.
      textStart = events.bytes.count
    } else {
      append(.text, -1, value: range, place(textOffset))
      events.nameStart.append(0)
      events.nameEnd.append(0)
      textStart = events.bytes.count
    }
  }

  private func append(
    _ kind: XMLEvents.Kind, _ element: Element,
    _ place: (line: UInt32, column: UInt32, offset: UInt64)
  ) {
    let waiting = Array(events.bytes[textStart...])
    events.bytes.removeLast(waiting.count)
    append(kind, element.name, value: 0..<0, place)
    let start = events.bytes.count
    events.bytes += element.localName
    events.nameStart.append(UInt32(start))
    events.nameEnd.append(UInt32(events.bytes.count))
    textStart = events.bytes.count
    events.bytes += waiting
  }

  private var nameRange = 0..<0

  private func appendName(_ element: Element) {
    guard !element.localName.isEmpty else {
      nameRange = 0..<0
      return
    }
    let text = Array(events.bytes[textStart...])
    events.bytes.removeLast(text.count)
    nameRange = textStart..<(textStart + element.localName.count)
    events.bytes += element.localName
    textStart = events.bytes.count
    events.bytes += text
  }

  private func dropName(_ element: Element) {
    events.nameStart.append(UInt32(nameRange.lowerBound))
    events.nameEnd.append(UInt32(nameRange.upperBound))
  }

  private func append(
    _ kind: XMLEvents.Kind, _ name: Int32, value: Range<Int>,
    _ place: (line: UInt32, column: UInt32, offset: UInt64)
  ) {
    events.kinds.append(kind)
    events.names.append(name)
    events.valueStart.append(UInt32(value.lowerBound))
    events.valueEnd.append(UInt32(value.upperBound))
    events.line.append(place.line)
    events.column.append(place.column)
    events.byteOffset.append(place.offset)
  }

  private func appendAttribute(
    _ attribute: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ element: Element
  ) {
    let localName = unsafe attribute[0]
    guard let start = unsafe attribute[3], let end = unsafe attribute[4] else { return }
    let count = unsafe end - start
    guard count <= limits.value else {
      return stop(.limit("an attribute of more than \(limits.value) bytes"))
    }
    let name = unsafe bytes(localName)
    let index = names.firstIndex(of: name).map(Int32.init) ?? -1
    let nameStart = events.bytes.count
    if index < 0 { events.bytes += name }
    let valueStart = events.bytes.count
    unsafe events.bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    append(.attribute, index, value: valueStart..<events.bytes.count, element.tag)
    events.nameStart.append(index < 0 ? UInt32(nameStart) : 0)
    events.nameEnd.append(index < 0 ? UInt32(valueStart) : 0)
  }

  // MARK: Names

  private func index(
    of localName: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?
  ) -> Int32 {
    let address = UInt(bitPattern: localName)
    let uriAddress = UInt(bitPattern: uri)
    let slot = Int((address >> 3 ^ address >> 11 ^ uriAddress >> 4) & 255)
    if known[slot].localName == address, known[slot].uri == uriAddress { return known[slot].index }
    let name = unsafe bytes(localName)
    let isOurs = unsafe bytes(uri) == namespace
    let index = isOurs ? names.firstIndex(of: name).map(Int32.init) ?? -1 : -1
    known[slot] = KnownName(localName: address, uri: uriAddress, index: index)
    return index
  }

  private func bytes(_ text: UnsafePointer<UInt8>?) -> [UInt8] {
    guard let text = unsafe text else { return [] }
    let count = unsafe Int(xmlStrlen(text))
    return unsafe Array(UnsafeBufferPointer(start: text, count: count))
  }
}
