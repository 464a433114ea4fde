/// Looks for a DOCTYPE in front of the root element, whatever else is wrong there.
///
/// libxml2 would stop at the first fault and never see a DOCTYPE that follows it.
struct XMLProlog {
  private enum State {
    case between, lessThan, exclamation, hyphen, doctype, instruction, comment
  }

  private static let doctype = Array("DOCTYPE".utf8)

  private var state = State.between
  /// How many bytes of `DOCTYPE`, or of what ends a comment or instruction, were seen.
  private var matched = 0
  /// The offset of the last `<` between constructs.
  private var opening = 0
  private var offset: Int

  /// The root element has begun, so there is no DOCTYPE any more.
  private(set) var isOver = false
  /// Where the DOCTYPE begins.
  private(set) var doctypeOffset: Int?

  init(offset: Int) {
    self.offset = offset
  }

  /// Looks at the next bytes, at most up to the root element.
  mutating func scan(_ bytes: Span<UInt8>) {
    var index = 0
    while index < bytes.count, !isOver, doctypeOffset == nil {
      take(bytes[index])
      index += 1
      offset += 1
    }
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .between: if byte == 0x3C { open() }
    case .lessThan: takeAfterLessThan(byte)
    case .exclamation, .hyphen: takeAfterExclamation(byte)
    case .doctype:
      guard byte == XMLProlog.doctype[matched] else { return abandon(byte) }
      matched += 1
      if matched == XMLProlog.doctype.count { doctypeOffset = opening }
    case .instruction:
      if byte == 0x3E, matched == 1 { state = .between }
      matched = byte == 0x3F ? 1 : 0
    case .comment:
      if byte == 0x3E, matched == 2 { state = .between }
      matched = byte == 0x2D ? min(matched + 1, 2) : 0
    }
  }

  private mutating func takeAfterLessThan(_ byte: UInt8) {
    matched = 0
    switch byte {
    case 0x21: state = .exclamation
    case 0x3F: state = .instruction
    case 0x3C: open()
    default: isOver = true
    }
  }

  private mutating func takeAfterExclamation(_ byte: UInt8) {
    switch (state, byte) {
    case (.exclamation, 0x2D): state = .hyphen
    case (.hyphen, 0x2D): state = .comment
    case (.exclamation, XMLProlog.doctype[0]):
      state = .doctype
      matched = 1
    default: abandon(byte)
    }
  }

  private mutating func open() {
    opening = offset
    state = .lessThan
  }

  private mutating func abandon(_ byte: UInt8) {
    state = .between
    if byte == 0x3C { open() }
  }
}
