import CSV

/// The slow, obvious twin of the scanner: a state machine that looks at one byte at a time.
struct CSVOracle {
  private enum State {
    case atStart
    case unquoted
    case quoted
    /// Behind a quote that closes the value or is the first of two.
    case afterQuote
  }

  private let text: [UInt8]
  private let dialect: CSVDialect
  private var state = State.atStart
  private var record = ScannedRecord(start: 0, end: 0, line: 0, values: [])
  /// Of the value that is being read: where it was begun, quote included.
  private var rawStart = 0
  private var flags: CSVFieldFlags = []
  private var result = Scanned()

  static func scan(_ text: [UInt8], dialect: CSVDialect = CSVDialect()) -> Scanned {
    var oracle = CSVOracle(text: text, dialect: dialect)
    oracle.run()
    return oracle.result
  }

  private init(text: [UInt8], dialect: CSVDialect) {
    self.text = text
    self.dialect = dialect
  }

  private mutating func run() {
    var position = 0
    while position < text.count {
      let width = state == .quoted ? 0 : lineEnding(at: position)
      if width > 0 {
        endRecord(at: position, next: position + width)
        position += width
      } else {
        read(position)
        position += 1
      }
    }
    if state == .quoted {
      result.openQuote = rawStart
    } else if record.start < text.count {
      endRecord(at: text.count, next: text.count)
    }
    result.end = record.start
    result.lines = lineFeeds(before: record.start)
  }

  private mutating func read(_ position: Int) {
    let byte = text[position]
    if isLoneCarriageReturn(position) { flags.insert(.loneCarriageReturn) }
    switch state {
    case .quoted:
      if byte == dialect.quote { state = .afterQuote }
    case .afterQuote where byte == dialect.quote:
      flags.insert(.hasDoubledQuote)
      state = .quoted
    case .atStart, .unquoted, .afterQuote:
      if byte == dialect.delimiter {
        endValue(at: position)
        rawStart = position + 1
      } else if state == .atStart {
        state = byte == dialect.quote ? .quoted : .unquoted
      } else {
        if state == .afterQuote || byte == dialect.quote { flags.insert(.misplacedQuote) }
        state = .unquoted
      }
    }
  }

  private mutating func endValue(at end: Int) {
    if state == .afterQuote {
      flags.insert(.quoted)
      record.values.append(ScannedValue(start: rawStart + 1, end: end - 1, flags: flags))
    } else {
      flags.remove(.hasDoubledQuote)
      record.values.append(ScannedValue(start: rawStart, end: end, flags: flags))
    }
    flags = []
    state = .atStart
  }

  private mutating func endRecord(at end: Int, next: Int) {
    if end > record.start {
      endValue(at: end)
      record.end = end
      result.records.append(record)
    }
    rawStart = next
    record = ScannedRecord(start: next, end: next, line: lineFeeds(before: next), values: [])
  }

  private func lineEnding(at position: Int) -> Int {
    if text[position] == 0x0A { return 1 }
    return text[position...].starts(with: [0x0D, 0x0A]) ? 2 : 0
  }

  private func isLoneCarriageReturn(_ position: Int) -> Bool {
    text[position] == 0x0D && !text[position...].starts(with: [0x0D, 0x0A])
  }

  private func lineFeeds(before end: Int) -> Int {
    text[..<end].count { $0 == 0x0A }
  }
}
