/// Finds records and values in a buffer (RFC 4180) and writes down where they stand.
///
/// To the next reader: the scanner copies nothing and keeps nothing between calls. A record is in
/// the index only when its line ending was seen (or the file ends); the caller moves the rest of
/// its buffer to the front, reads on, and scans the unfinished record again. That is what makes
/// chunk boundaries harmless, also inside a quoted value or between CR and LF. Plain values are
/// passed over by one comparison per byte against a table; everything rare is off that path.
package struct CSVScanner: Sendable {
  private let dialect: CSVDialect
  /// 1 for bytes that end or change a plain value: delimiter, quote, CR, LF.
  private let isSpecial: [UInt8]

  package init(_ dialect: CSVDialect) {
    self.dialect = dialect
    var table = [UInt8](repeating: 0, count: 256)
    for byte in [dialect.delimiter, dialect.quote ?? 0x0A, 0x0A, 0x0D] { table[Int(byte)] = 1 }
    isSpecial = table
  }

  /// Indexes the whole records of a buffer.
  ///
  /// - Parameters:
  ///   - isLast: Nothing follows, so the last record may lack its line ending.
  ///   - recordLimit: At most so many records.
  package func scan(
    _ bytes: Span<UInt8>, isLast: Bool, recordLimit: Int = .max, into index: inout CSVIndex
  ) -> CSVScan {
    index.removeAll()
    var scan = CSVScan(consumed: 0, linesConsumed: 0, openQuote: nil)
    var state = Record(start: 0, line: 0)
    while index.recordCount < recordLimit {
      switch record(bytes, isLast: isLast, &state, &index) {
      case .whole(let next):
        scan.consumed = next
        scan.linesConsumed = state.line
        state.start = next
      case .unfinished(let openQuote):
        index.removeUnfinishedFields()
        scan.openQuote = openQuote
        return scan
      case .end:
        return scan
      }
    }
    return scan
  }

  /// Where a record begins, and how many line feeds came before.
  private struct Record {
    var start: Int
    var line: Int
  }

  private enum Outcome {
    case whole(next: Int)
    case unfinished(openQuote: Int?)
    case end
  }

  /// What a value ends with.
  private enum Ending {
    case delimiter
    /// A line ending of so many bytes; 0 at the end of the file.
    case record(Int)
    case unfinished(openQuote: Int?)
  }

  private func record(
    _ bytes: Span<UInt8>, isLast: Bool, _ state: inout Record, _ index: inout CSVIndex
  ) -> Outcome {
    guard state.start < bytes.count else { return .end }
    var position = state.start
    var line = state.line
    while true {
      let ending =
        position < bytes.count && bytes[position] == dialect.quote
        ? quoted(bytes, isLast: isLast, &position, &line, &index)
        : plain(bytes, isLast: isLast, from: position, &position, flags: [], &index)
      switch ending {
      case .delimiter: position += 1
      case .unfinished(let openQuote): return .unfinished(openQuote: openQuote)
      case .record(let width):
        finish(end: position, state, &index)
        state.line = line + (width > 0 ? 1 : 0)
        return .whole(next: position + width)
      }
    }
  }

  /// Adds the record, unless it is an empty line.
  private func finish(end: Int, _ state: Record, _ index: inout CSVIndex) {
    guard end > state.start else {
      index.removeUnfinishedFields()
      return
    }
    index.recordStart.append(UInt32(state.start))
    index.recordEnd.append(UInt32(end))
    index.recordLine.append(UInt32(state.line))
    index.firstField.append(UInt32(index.fieldStart.count))
  }

  /// Reads an unquoted value, or what is left of one whose quotes are in the wrong place.
  private func plain(
    _ bytes: Span<UInt8>, isLast: Bool, from start: Int, _ position: inout Int,
    flags: CSVFieldFlags, _ index: inout CSVIndex
  ) -> Ending {
    var flags = flags
    var cursor = position
    let count = bytes.count
    while true {
      while cursor < count, isSpecial[Int(bytes[cursor])] == 0 { cursor += 1 }
      guard cursor < count else {
        guard isLast else { return .unfinished(openQuote: nil) }
        append(start, cursor, flags, &index)
        position = cursor
        return .record(0)
      }
      let byte = bytes[cursor]
      if byte == dialect.delimiter {
        append(start, cursor, flags, &index)
        position = cursor
        return .delimiter
      }
      if byte == 0x0A {
        append(start, cursor, flags, &index)
        position = cursor
        return .record(1)
      }
      if byte == 0x0D {
        if cursor + 1 == count, !isLast { return .unfinished(openQuote: nil) }
        if cursor + 1 < count, bytes[cursor + 1] == 0x0A {
          append(start, cursor, flags, &index)
          position = cursor
          return .record(2)
        }
        flags.insert(.loneCarriageReturn)
      } else {
        flags.insert(.misplacedQuote)
      }
      cursor += 1
    }
  }

  /// Reads a value that begins with a quote.
  private func quoted(
    _ bytes: Span<UInt8>, isLast: Bool, _ position: inout Int, _ line: inout Int,
    _ index: inout CSVIndex
  ) -> Ending {
    let open = position
    var flags: CSVFieldFlags = .quoted
    var lines = 0
    var cursor = open + 1
    while cursor < bytes.count {
      let byte = bytes[cursor]
      if byte == 0x0A {
        lines += 1
      } else if byte == 0x0D {
        if cursor + 1 < bytes.count ? bytes[cursor + 1] != 0x0A : isLast {
          flags.insert(.loneCarriageReturn)
        }
      } else if byte == dialect.quote {
        guard cursor + 1 < bytes.count, bytes[cursor + 1] == byte else {
          return closed(
            bytes, isLast: isLast, open: open, quote: cursor, flags, lines, &position, &line,
            &index)
        }
        flags.insert(.hasDoubledQuote)
        cursor += 1
      }
      cursor += 1
    }
    return .unfinished(openQuote: isLast ? open : nil)
  }

  /// Decides what stands after a closing quote.
  private func closed(
    _ bytes: Span<UInt8>, isLast: Bool, open: Int, quote: Int, _ flags: CSVFieldFlags,
    _ lines: Int, _ position: inout Int, _ line: inout Int, _ index: inout CSVIndex
  ) -> Ending {
    let next = quote + 1
    guard next < bytes.count else {
      // Another quote may still come.
      guard isLast else { return .unfinished(openQuote: nil) }
      line += lines
      append(open + 1, quote, flags, &index)
      position = next
      return .record(0)
    }
    let byte = bytes[next]
    let ending: Ending? =
      byte == dialect.delimiter
      ? .delimiter
      : byte == 0x0A
        ? .record(1)
        : byte == 0x0D && next + 1 < bytes.count && bytes[next + 1] == 0x0A ? .record(2) : nil
    if byte == 0x0D, next + 1 == bytes.count, !isLast { return .unfinished(openQuote: nil) }
    line += lines
    if let ending {
      append(open + 1, quote, flags, &index)
      position = next
      return ending
    }
    position = next
    let kept: CSVFieldFlags = flags.contains(.loneCarriageReturn) ? .loneCarriageReturn : []
    return plain(
      bytes, isLast: isLast, from: open, &position, flags: kept.union(.misplacedQuote), &index)
  }

  @inline(__always)
  private func append(
    _ start: Int, _ end: Int, _ flags: CSVFieldFlags, _ index: inout CSVIndex
  ) {
    index.fieldStart.append(UInt32(truncatingIfNeeded: start))
    index.fieldEnd.append(UInt32(truncatingIfNeeded: end))
    index.fieldFlags.append(flags)
  }
}

/// Appends a quoted value with its doubled quotes halved.
package func unescape(
  _ bytes: Span<UInt8>, start: Int, end: Int, quote: UInt8, into result: inout [UInt8]
) {
  var position = start
  while position < end {
    let byte = bytes[position]
    result.append(byte)
    let doubled = byte == quote && position + 1 < end && bytes[position + 1] == quote
    position += doubled ? 2 : 1
  }
}
