import ByteStreams
import Domain
import ExactMoney
import XMLStream

/// Reads an XML feed: bytes → the text columns of batches.
///
/// The parser gives events; this is the small machine that knows how a feed is built of them:
/// `earningsFeed` holds any number of `earning` and at most one `controlTotals` after them.
struct XMLFeedReader: ~Copyable {
  private static let chunkBytes = 1 << 18
  private static let rowsPerBatch = 256

  /// The elements and attributes that a feed is made of, after the fields.
  private enum Name: Int32 {
    case earningsFeed, earning, controlTotals, total, feedId, period, rows, currency

    static let names = [
      "earningsFeed", "earning", "controlTotals", "total", "feedId", "period", "rows", "currency",
    ]
  }

  private enum State {
    case beforeRoot, inFeed, inEarning, inControlTotals, inTotal, afterControlTotals, afterRoot
  }

  private let feed: FeedFile
  private var source: FeedByteReader
  private let parser: XMLStreamReader
  private var events = XMLEvents()
  /// The next event to look at.
  private var cursor = 0
  private var buffer: [UInt8]
  private var atEnd = false
  /// What stops the parser; said once the events before it were looked at, since the first fault
  /// in the file counts.
  private var fault: XMLFault?
  private var state = State.beforeRoot
  /// Elements below `earning` that are open, of a malformed row.
  private var depthInEarning = 0
  /// Of the values of the row that is read.
  private var rowBytes = 0
  private var rows = 0
  private var totalCurrency: String?
  private var totalText: String?

  private(set) var feedId: String?
  private(set) var control: ControlTotals?

  /// - Throws: ``FeedRefusal`` with F101.
  init(_ feed: FeedFile) throws(FeedRefusal) {
    self.feed = feed
    source = try FeedByteReader(feed)
    buffer = Array(repeating: 0, count: min(feed.chunkBytes, XMLFeedReader.chunkBytes))
    parser = XMLStreamReader(
      names: EarningField.allCases.map(\.name) + Name.names,
      namespace: "urn:payout:earnings:1",
      limits: XMLLimits(depth: feed.limits.xmlDepth, value: feed.limits.row))
  }

  /// Reads the next rows.
  ///
  /// - Returns: Whether there were any.
  /// - Throws: ``FeedRefusal``.
  mutating func next(_ batch: inout EarningBatch) throws(FeedRefusal) -> Bool {
    batch.removeAll(firstRow: rows)
    while true {
      while cursor < events.kinds.count {
        let event = cursor
        cursor += 1
        try take(event, &batch)
        if batch.count == XMLFeedReader.rowsPerBatch, state != .inEarning {
          rows += batch.count
          return true
        }
      }
      guard try parseMore() else { break }
    }
    rows += batch.count
    return batch.count > 0
  }

  private mutating func parseMore() throws(FeedRefusal) -> Bool {
    if let fault { throw FeedRefusal(fault, name: feed.name) }
    guard !atEnd else { return false }
    let read = try source.read(into: &buffer, at: 0, count: buffer.count)
    atEnd = read == 0
    cursor = 0
    // The events are taken out while the buffer is read: one of the two may be changed at a time.
    var parsed = XMLEvents()
    swap(&parsed, &events)
    defer { swap(&parsed, &events) }
    do throws(XMLFault) {
      try parser.parse(buffer.span.extracting(0..<read), isLast: atEnd, into: &parsed)
    } catch {
      fault = error
    }
    return true
  }

  private mutating func take(
    _ event: Int, _ batch: inout EarningBatch
  ) throws(FeedRefusal) {
    switch state {
    case .beforeRoot: try takeRoot(event)
    case .inFeed: try takeInFeed(event, &batch)
    case .inEarning: try takeInEarning(event, &batch)
    case .inControlTotals: try takeInControlTotals(event)
    case .inTotal: try takeInTotal(event)
    case .afterControlTotals:
      guard events.kinds[event] == .close else {
        throw schemaFault(event, "nothing comes after controlTotals")
      }
      state = .afterRoot
    case .afterRoot: throw schemaFault(event, "nothing comes after the root element")
    }
  }

  private mutating func takeRoot(_ event: Int) throws(FeedRefusal) {
    guard name(event) == .earningsFeed else {
      throw schemaFault(
        event, "the root element is earningsFeed of the namespace urn:payout:earnings:1")
    }
    switch events.kinds[event] {
    case .open: state = .inFeed
    case .leaf where isBlank(event): state = .afterRoot
    default: throw schemaFault(event, "earningsFeed holds earning elements, no text")
    }
  }

  private mutating func takeInFeed(
    _ event: Int, _ batch: inout EarningBatch
  ) throws(FeedRefusal) {
    switch (events.kinds[event], name(event)) {
    case (.attribute, .feedId):
      guard !hasControl(event) else {
        throw schemaFault(event, "the attribute feedId has no control characters")
      }
      feedId = text(event)
    case (.attribute, .period):
      guard Period(text(event)) != nil else {
        throw schemaFault(event, "the attribute period is a month like 2026-10")
      }
    case (.open, .earning):
      beginRow(event, &batch)
      state = .inEarning
      depthInEarning = 0
    case (.leaf, .earning):
      beginRow(event, &batch)
      if !isBlank(event) { batch.flags[batch.count - 1].insert(.malformed) }
    case (.open, .controlTotals):
      control = ControlTotals(rows: nil, sums: nil)
      state = .inControlTotals
    case (.close, _): state = .afterRoot
    case (.attribute, _):
      throw schemaFault(event, "earningsFeed has the attributes feedId and period only")
    case (.leaf, .controlTotals): throw schemaFault(event, "controlTotals needs the attribute rows")
    default: throw schemaFault(event, "earningsFeed holds earning and controlTotals elements only")
    }
  }

  private mutating func takeInEarning(
    _ event: Int, _ batch: inout EarningBatch
  ) throws(FeedRefusal) {
    let row = batch.count - 1
    rowBytes += Int(events.valueEnd[event] - events.valueStart[event])
    guard rowBytes <= feed.limits.row else { throw tooLong(batch.place(row)) }
    switch events.kinds[event] {
    case .leaf where depthInEarning == 0:
      let field = Int(events.names[event])
      let known = field >= 0 && field < EarningBatch.fieldCount
      let entry = row * EarningBatch.fieldCount + field
      guard known, batch.valuePlaces[entry].line == 0 else {
        batch.flags[row].insert(.malformed)
        return
      }
      batch.valuePlaces[entry] = valuePlace(event)
      let start = batch.bytes.count
      appendValue(event, &batch.bytes)
      batch.texts[entry].start = UInt32(start)
      batch.texts[entry].end = UInt32(batch.bytes.count)
      noteControls(entry: entry, row: row, &batch)
    case .close where depthInEarning == 0:
      state = .inFeed
    case .open:
      depthInEarning += 1
      batch.flags[row].insert(.malformed)
    case .close:
      depthInEarning -= 1
    case .leaf, .text, .attribute:
      batch.flags[row].insert(.malformed)
    }
  }

  private func noteControls(entry: Int, row: Int, _ batch: inout EarningBatch) {
    let range = Int(batch.texts[entry].start)..<Int(batch.texts[entry].end)
    if range.count > EarningLimits.idBytesMax { batch.flags[row].insert(.suspicious) }
    guard UTF8Check.mayHaveControls(batch.bytes.span.extracting(range)) else { return }
    batch.flags[row].insert(.suspicious)
    if UTF8Check.hasLoneCarriageReturn(batch.bytes.span.extracting(range)) {
      batch.texts[entry].flags.insert(.loneCarriageReturn)
    }
  }

  private func tooLong(_ place: Place) -> FeedRefusal {
    FeedRefusal(
      Finding(
        .F111, feed: feed.name, line: place.line, column: place.column,
        byteOffset: place.byteOffset,
        message: "an earning with values of more than \(feed.limits.row) bytes"))
  }

  private mutating func beginRow(_ event: Int, _ batch: inout EarningBatch) {
    rowBytes = 0
    batch.addRow(valuePlace(event).place, record: 0..<0)
    batch.valuePlaces.append(
      contentsOf: repeatElement(ValuePlace(), count: EarningBatch.fieldCount))
  }

  private mutating func takeInControlTotals(_ event: Int) throws(FeedRefusal) {
    switch (events.kinds[event], name(event)) {
    case (.attribute, .rows):
      let digits = text(event)
      guard (1...18).contains(digits.utf8.count),
        digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let rows = Int(digits)
      else {
        throw schemaFault(event, "the attribute rows is a whole number")
      }
      control?.rows = rows
    case (.open, .total):
      totalCurrency = nil
      totalText = nil
      state = .inTotal
    case (.close, _):
      guard control?.rows != nil else {
        throw schemaFault(event, "controlTotals needs the attribute rows")
      }
      state = .afterControlTotals
    default: throw schemaFault(event, "controlTotals holds total elements only")
    }
  }

  private mutating func takeInTotal(_ event: Int) throws(FeedRefusal) {
    switch (events.kinds[event], name(event)) {
    case (.attribute, .currency): totalCurrency = text(event)
    case (.text, _) where totalText == nil: totalText = text(event)
    case (.close, _):
      guard let code = totalCurrency, let amount = totalText.flatMap({ ExactAmount($0) }),
        code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
        control?.sums?[code] == nil
      else {
        throw schemaFault(event, "a total has a currency, each once, and a decimal")
      }
      var sums = control?.sums ?? [:]
      sums[code] = amount
      control?.sums = sums
      state = .inControlTotals
    default: throw schemaFault(event, "a total has the attribute currency and a decimal")
    }
  }

  private func schemaFault(_ event: Int, _ expected: String) -> FeedRefusal {
    let place = place(event)
    return FeedRefusal(
      Finding(
        .F106, feed: feed.name, line: place.line, column: place.column,
        byteOffset: place.byteOffset, message: "does not follow the schema: \(expected)"))
  }

  private func name(_ event: Int) -> Name? {
    Name(rawValue: events.names[event] - Int32(EarningBatch.fieldCount))
  }

  private func text(_ event: Int) -> String {
    let range = Int(events.valueStart[event])..<Int(events.valueEnd[event])
    return String(decoding: events.bytes[range], as: UTF8.self)
  }

  private func hasControl(_ event: Int) -> Bool {
    let range = Int(events.valueStart[event])..<Int(events.valueEnd[event])
    let value = events.bytes.span.extracting(range)
    return UTF8Check.hasControl(value, identifier: false) || UTF8Check.hasLoneCarriageReturn(value)
  }

  private func appendValue(_ event: Int, _ bytes: inout [UInt8]) {
    let range = Int(events.valueStart[event])..<Int(events.valueEnd[event])
    Packing.append(events.bytes.span.extracting(range), to: &bytes)
  }

  private func isBlank(_ event: Int) -> Bool {
    text(event).utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  private func place(_ event: Int) -> Place {
    valuePlace(event).place
  }

  private func valuePlace(_ event: Int) -> ValuePlace {
    ValuePlace(
      line: events.line[event], column: events.column[event],
      byteOffset: events.byteOffset[event])
  }
}
