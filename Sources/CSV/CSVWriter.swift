/// Writes CSV: UTF-8, comma, CRLF, quotes only where they are needed (RFC 4180).
package struct CSVWriter: Sendable {
  /// What was written so far; may be emptied between records.
  package var bytes: [UInt8] = []
  private var atRecordStart = true

  /// Makes a writer that has written nothing.
  package init() {}

  /// Writes a header record.
  package mutating func header(_ names: [String]) {
    for name in names { plain(name) }
    endRecord()
  }

  /// Writes text from outside; what a spreadsheet would take for a formula gets a `'` in front.
  package mutating func text(_ value: Span<UInt8>) {
    append(value, neutralise: neutralised(value))
  }

  /// Writes text from outside, neutralised like ``text(_:)-(Span)``.
  package mutating func text(_ value: String) {
    text(value.utf8.span)
  }

  /// Writes text from outside that stands in an array, neutralised like ``text(_:)-(Span)``.
  package mutating func text(_ bytes: [UInt8], in range: Range<Int>) {
    text(bytes.span.extracting(range))
  }

  /// Writes a number, a date or a code of our own as it is.
  package mutating func plain(_ value: Span<UInt8>) {
    append(value, neutralise: false)
  }

  /// Writes a number, a date or a code of our own as it is.
  package mutating func plain(_ bytes: [UInt8]) {
    plain(bytes.span)
  }

  /// Writes a number, a date or a code of our own as it is.
  package mutating func plain(_ value: String) {
    plain(value.utf8.span)
  }

  /// Writes a fixed word as it is.
  package mutating func plain(_ value: StaticString) {
    plain(value.description)
  }

  /// Writes an empty value.
  package mutating func empty() {
    if !atRecordStart { bytes.append(0x2C) }
    atRecordStart = false
  }

  /// Writes bytes as they are: no quotes, and no comma before or after them.
  package mutating func raw(_ value: Span<UInt8>) {
    bytes.append(addingCapacity: value.count) { output in
      for position in value.indices { output.append(value[position]) }
    }
  }

  /// Writes bytes as they are: no quotes, and no comma before or after them.
  package mutating func raw(_ value: [UInt8]) {
    bytes.append(contentsOf: value)
  }

  /// Ends the record.
  package mutating func endRecord() {
    bytes.append(0x0D)
    bytes.append(0x0A)
    atRecordStart = true
  }

  /// Copies the value and notices on the way whether it needs quotes, which is rare.
  private mutating func append(_ value: Span<UInt8>, neutralise: Bool) {
    let separate = !atRecordStart
    atRecordStart = false
    var needsQuotes = false
    bytes.append(addingCapacity: value.count + 2) { output in
      if separate { output.append(0x2C) }
      if neutralise { output.append(0x27) }
      for position in value.indices {
        let byte = value[position]
        needsQuotes = needsQuotes || CSVWriter.needsQuotes(byte)
        output.append(byte)
      }
    }
    guard needsQuotes else { return }
    bytes.removeLast(value.count + (neutralise ? 1 : 0))
    appendQuoted(value, neutralise: neutralise)
  }

  private mutating func appendQuoted(_ value: Span<UInt8>, neutralise: Bool) {
    bytes.append(addingCapacity: 2 * value.count + 3) { output in
      output.append(0x22)
      if neutralise { output.append(0x27) }
      for position in value.indices {
        if value[position] == 0x22 { output.append(0x22) }
        output.append(value[position])
      }
      output.append(0x22)
    }
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x2C, 0x0D, 0x0A: true
    default: false
    }
  }
}
