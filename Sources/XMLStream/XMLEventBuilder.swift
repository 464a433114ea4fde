/// Turns what a parser says, piece by piece, into events.
///
/// Text is collected at the end of the batch's bytes, behind the name of its element if that is
/// unknown, until it is clear what it is: the text of a leaf, a text event, or nothing.
struct XMLEventBuilder {
  /// The batch.
  var events = XMLEvents()

  /// The innermost element, while it may still turn out to be a leaf.
  private var pending = XMLEventName.none
  private var pendingPlace = XMLPlace(line: 0, column: 0, byteOffset: 0)
  private var isPending = false
  private var textStart = 0
  private var textPlace = XMLPlace(line: 0, column: 0, byteOffset: 0)
  /// Bytes of a half-read element, between two batches.
  private var carried: [UInt8] = []

  /// Whether text is being collected.
  var hasText: Bool { textStart < events.bytes.count }
  /// How much text is being collected, in bytes.
  var textCount: Int { events.bytes.count - textStart }
  /// Whether the innermost element may still be a leaf.
  var mayBeLeaf: Bool { isPending }

  /// Begins a batch with what was carried over.
  mutating func beginBatch() {
    events.removeAll()
    events.bytes.append(contentsOf: carried)
  }

  /// Ends a batch; what is half-read moves over to the next one.
  mutating func endBatch() {
    let start = isPending && pending.index < 0 ? Int(pending.start) : textStart
    carried.removeAll(keepingCapacity: true)
    carried.append(contentsOf: events.bytes[start...])
    events.bytes.removeSubrange(start...)
    textStart -= start
    if isPending, pending.index < 0 {
      pending.start -= UInt32(start)
      pending.end -= UInt32(start)
    }
  }

  /// - Parameters:
  ///   - unknownName: Its name, if `index` is -1.
  ///   - value: Where its text begins, if it has any.
  mutating func startElement(
    _ index: Int32, _ unknownName: Span<UInt8>, hasAttributes: Bool, tag: XMLPlace,
    value: XMLPlace
  ) {
    if isPending { events.append(.open, pending, value: 0..<0, at: pendingPlace) }
    flushText()
    let name = makeName(index, unknownName)
    if hasAttributes {
      events.append(.open, name, value: 0..<0, at: tag)
    } else {
      pending = name
      pendingPlace = tag
    }
    isPending = !hasAttributes
    textStart = events.bytes.count
    textPlace = value
  }

  /// Adds an attribute of the element that was just started.
  mutating func attribute(
    _ index: Int32, _ unknownName: Span<UInt8>, _ value: Span<UInt8>, tag: XMLPlace
  ) {
    let name = makeName(index, unknownName)
    let start = events.bytes.count
    append(value)
    events.append(.attribute, name, value: start..<events.bytes.count, at: tag)
    textStart = events.bytes.count
  }

  /// - Parameters:
  ///   - tag: Where its end tag begins; not used if it is a leaf.
  ///   - next: Where text begins that may follow.
  mutating func endElement(
    _ index: Int32, _ unknownName: Span<UInt8>, tag: XMLPlace, next: XMLPlace
  ) {
    if isPending {
      isPending = false
      events.append(.leaf, pending, value: textStart..<events.bytes.count, at: textPlace)
    } else {
      flushText()
      let name = makeName(index, unknownName)
      events.append(.close, name, value: 0..<0, at: tag)
    }
    textStart = events.bytes.count
    textPlace = next
  }

  /// Collects text.
  @inline(__always)
  mutating func append(_ text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe events.bytes.append(contentsOf: $0) }
  }

  /// Moves the place of the text that may follow, if none was collected yet.
  mutating func moveText(to place: XMLPlace) {
    if !hasText { textPlace = place }
  }

  /// Moves the place of the text that may follow by some bytes of the document, if none was collected.
  mutating func skipText(_ count: Int) {
    guard !hasText, textPlace.column > 0 else { return }
    textPlace.column += UInt32(count)
    textPlace.byteOffset += UInt64(count)
  }

  /// Text beside elements counts only where it is not all white space.
  @inline(__always)
  private mutating func flushText() {
    let end = events.bytes.count
    var index = textStart
    while index < end, XMLEventBuilder.isBlank(events.bytes[index]) { index += 1 }
    if index < end {
      events.append(.text, .none, value: textStart..<end, at: textPlace)
    }
    // Blank text stays where it is, since taking it away costs more than its few bytes.
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  @inline(__always)
  private mutating func makeName(_ index: Int32, _ unknownName: Span<UInt8>) -> XMLEventName {
    guard index < 0 else { return XMLEventName(index: index, start: 0, end: 0) }
    let start = events.bytes.count
    append(unknownName)
    return XMLEventName(index: -1, start: UInt32(start), end: UInt32(events.bytes.count))
  }
}
