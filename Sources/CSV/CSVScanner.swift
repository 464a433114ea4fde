/// Finds records and values in a buffer (RFC 4180) and writes down where they stand.
///
/// To the next reader: the scanner copies nothing and keeps nothing between calls. A record is in
/// the index only when its line ending was seen (or the file ends); the caller moves the rest of
/// its buffer to the front, reads on, and scans the unfinished record again. That is what makes
/// chunk boundaries harmless, also inside a quoted value or between CR and LF.
///
/// The loop in `goFromMarkToMark` jumps from mark to mark (delimiter, quote, CR, LF), which `CSVMarks`
/// finds 64 bytes at a time; whatever begins with a quote leaves that path for `CSVQuotedValue`
/// and comes back after it. Windows exist so that room for the worst case, a value per byte, can
/// be made beforehand and appending a value is a store. The state is one small struct, copied to a
/// local: held anywhere else, it would be loaded and stored at each mark.
package struct CSVScanner: Sendable {
  private static let windowBytes = 4096

  private let marks: CSVMarks

  /// Makes a scanner.
  ///
  /// - Precondition: The marks of the dialect are ASCII, differ, and are no line ending.
  package init(_ dialect: CSVDialect) {
    marks = CSVMarks(dialect)
  }

  /// Indexes the whole records of a buffer; empty lines are passed over.
  ///
  /// - Parameters:
  ///   - bytes: Less than 4 GiB, beginning with a record.
  ///   - isLast: Nothing follows, so the last record may lack its line ending.
  ///   - recordLimit: At most so many records; the scan then ends after the last of them.
  ///   - index: Cleared first.
  package func scan(
    _ bytes: Span<UInt8>, isLast: Bool, recordLimit: Int = .max, into index: inout CSVIndex
  ) -> CSVScan {
    precondition(bytes.count <= UInt32.max, "offsets are 32 bits")
    index.removeAll()
    var state = State(isLast: isLast, recordLimit: recordLimit)
    state.isDone = recordLimit < 1
    while !state.isDone, state.position < bytes.count { scanWindow(bytes, &state, &index) }
    if isLast, !state.isDone, state.recordStart < bytes.count {
      index.fieldStart.append(UInt32(truncatingIfNeeded: state.fieldStart))
      index.fieldEnd.append(UInt32(truncatingIfNeeded: bytes.count))
      index.fieldFlags.append(state.flags)
      state.endRecord(at: bytes.count, endingBytes: 0, &index)
    }
    index.removeUnfinishedFields()
    return CSVScan(
      consumed: state.recordStart, linesConsumed: state.recordLine, openQuote: state.openQuote)
  }

  /// Where the scan stands.
  private struct State {
    let isLast: Bool
    let recordLimit: Int
    /// The next byte to look at.
    var position = 0
    var recordStart = 0
    /// Line feeds before the record.
    var recordLine = 0
    /// Line feeds before the value.
    var line = 0
    /// Of the value that was not added yet.
    var fieldStart = 0
    var flags: CSVFieldFlags = []
    /// Values added, those of the unfinished record too.
    var fields = 0
    var openQuote: Int?
    var isDone = false

    init(isLast: Bool, recordLimit: Int) {
      self.isLast = isLast
      self.recordLimit = recordLimit
    }

    @inline(__always)
    mutating func beginField(at start: Int) {
      fields &+= 1
      fieldStart = start
      flags = []
    }

    /// Adds the record whose last value was just added; the next one begins after its ending.
    @inline(__always)
    mutating func endRecord(at end: Int, endingBytes: Int, _ index: inout CSVIndex) {
      fields &+= 1
      index.addRecord(recordStart..<end, line: recordLine, fields: fields)
      beginRecord(at: end &+ endingBytes, lineFeeds: endingBytes > 0 ? 1 : 0)
      isDone = index.recordCount >= recordLimit
    }

    @inline(__always)
    mutating func beginRecord(at start: Int, lineFeeds: Int) {
      recordStart = start
      fieldStart = start
      line &+= lineFeeds
      recordLine = line
      flags = []
    }

    /// Whether LF alone or CRLF ends the line: 1 or 2 bytes.
    @inline(__always)
    func lineEnding(_ bytes: Span<UInt8>, lineFeed place: Int) -> Int {
      place > fieldStart && bytes[place &- 1] == 0x0D ? 2 : 1
    }

    /// A carriage return that ends a buffer with more to come needs no answer: its record is
    /// unfinished either way.
    @inline(__always)
    mutating func passCarriageReturn(_ bytes: Span<UInt8>, at place: Int) {
      let isLone = place &+ 1 == bytes.count ? isLast : bytes[place &+ 1] != 0x0A
      if isLone { flags.insert(.loneCarriageReturn) }
    }

    /// Moves on behind a value that began with a quote.
    ///
    /// - Returns: The next byte to look at.
    mutating func pass(_ value: CSVQuotedValue, open: Int, _ index: inout CSVIndex) -> Int {
      let next = value.end + 1
      line += value.lineFeeds
      switch value.ending {
      case .delimiter:
        beginField(at: next + 1)
        return next + 1
      case .record(let endingBytes):
        endRecord(at: next, endingBytes: endingBytes, &index)
        return next + endingBytes
      case .text:
        // Read on as an unquoted value that began at the quote.
        flags = value.flags.intersection(.loneCarriageReturn).union(.misplacedQuote)
        return next
      case .undecided, .open:
        if isLast { openQuote = open }
        isDone = true
        return next
      }
    }
  }

  /// Scans on to about the end of a window: makes room, then goes from mark to mark.
  private func scanWindow(_ bytes: Span<UInt8>, _ state: inout State, _ index: inout CSVIndex) {
    let end = min(state.position + CSVScanner.windowBytes, bytes.count)
    // The last block of the window may reach past it.
    let room = CSVScanner.windowBytes + CSVMarks.blockBytes
    var (starts, ends, flags): ([UInt32], [UInt32], [CSVFieldFlags]) = ([], [], [])
    // Taken out of the index, so that records can be added to it meanwhile.
    swap(&starts, &index.fieldStart)
    swap(&ends, &index.fieldEnd)
    swap(&flags, &index.fieldFlags)
    starts.append(addingCapacity: room) { starts in
      ends.append(addingCapacity: room) { ends in
        flags.append(addingCapacity: room) { flags in
          goFromMarkToMark(bytes, to: end, &state, &starts, &ends, &flags, &index)
        }
      }
    }
    swap(&starts, &index.fieldStart)
    swap(&ends, &index.fieldEnd)
    swap(&flags, &index.fieldFlags)
  }

  private func goFromMarkToMark(
    _ bytes: Span<UInt8>, to windowEnd: Int, _ kept: inout State,
    _ starts: inout OutputSpan<UInt32>, _ ends: inout OutputSpan<UInt32>,
    _ flags: inout OutputSpan<CSVFieldFlags>, _ index: inout CSVIndex
  ) {
    var state = kept
    defer { kept = state }
    while state.position < windowEnd {
      let base = state.position
      var block = marks.block(bytes, at: base)
      state.position = min(base &+ CSVMarks.blockBytes, bytes.count)
      while block != 0 {
        let place = base &+ block.trailingZeroBitCount
        block &= block &- 1
        let byte = bytes[place]
        if byte == marks.delimiter {
          add(state.fieldStart, place, state.flags, &starts, &ends, &flags)
          state.beginField(at: place &+ 1)
        } else if byte == 0x0A {
          let endingBytes = state.lineEnding(bytes, lineFeed: place)
          let end = place &+ 1 &- endingBytes
          guard end > state.recordStart else {
            state.beginRecord(at: place &+ 1, lineFeeds: 1)
            continue
          }
          add(state.fieldStart, end, state.flags, &starts, &ends, &flags)
          state.endRecord(at: end, endingBytes: endingBytes, &index)
          if state.isDone { return }
        } else if byte == 0x0D {
          state.passCarriageReturn(bytes, at: place)
        } else if place != state.fieldStart {
          state.flags.insert(.misplacedQuote)
        } else {
          let value = CSVQuotedValue(
            bytes, open: place, quote: byte, delimiter: marks.delimiter, isLast: state.isLast)
          if value.isWhole { add(place &+ 1, value.end, value.flags, &starts, &ends, &flags) }
          let next = state.pass(value, open: place, &index)
          if state.isDone { return }
          // What looked like marks inside the value was text.
          block &= UInt64.max << (next &- base)
          state.position = max(state.position, next)
        }
      }
    }
  }

  @inline(__always)
  private func add(
    _ start: Int, _ end: Int, _ flag: CSVFieldFlags, _ starts: inout OutputSpan<UInt32>,
    _ ends: inout OutputSpan<UInt32>, _ flags: inout OutputSpan<CSVFieldFlags>
  ) {
    starts.append(UInt32(truncatingIfNeeded: start))
    ends.append(UInt32(truncatingIfNeeded: end))
    flags.append(flag)
  }
}
