import Domain
import Feeds
import XMLStream

/// Reads a statement in XML into lines with the columns of the CSV.
struct StatementXMLReader {
  private static let depthMax = 8
  private static let types = StatementLine.order
  private static let columns = StatementColumn.names
  /// Elements and attributes: the types of lines, the columns, the rest.
  private static let names = types + columns + ["statement", "balance", "line"]

  private let name: String
  private var lines: [StatementLine] = []
  private var fault: Finding?
  private var participant: [UInt8] = []
  private var program: [UInt8] = []
  private var currency: [UInt8] = []
  /// The elements that are open, by their names.
  private var open: [String] = []
  private var values: [[UInt8]] = []
  private var places: [StatementPlace] = []
  private var start = StatementPlace()

  init(name: String) { self.name = name }

  mutating func read(_ bytes: [UInt8]) -> ([StatementLine], Finding?) {
    let parser = XMLStreamReader(
      names: StatementXMLReader.names, namespace: StatementSyntax.namespace,
      limits: XMLLimits(depth: StatementXMLReader.depthMax, value: 1 << 20))
    var events = XMLEvents()
    do throws(XMLFault) {
      try parser.parse(bytes.span, isLast: true, into: &events)
      for event in events.kinds.indices { take(event, events) }
    } catch {
      for event in events.kinds.indices { take(event, events) }
      fault = fault ?? FeedRefusal(error, name: name).finding
    }
    return (lines, fault)
  }

  private mutating func take(_ event: Int, _ events: XMLEvents) {
    guard fault == nil else { return }
    let name = StatementXMLReader.name(event, events)
    let value = Array(
      events.bytes[Int(events.valueStart[event])..<Int(events.valueEnd[event])])
    let place = StatementXMLReader.place(event, events)
    switch events.kinds[event] {
    case .open: begin(name, place)
    case .attribute: attribute(name, value)
    case .leaf where open.count == 3: leaf(name, value, place)
    // A line without anything in it.
    case .leaf:
      begin(name, place)
      end()
    case .text: report("text between the elements", place)
    case .close: end()
    }
  }

  private static func name(_ event: Int, _ events: XMLEvents) -> String {
    let index = Int(events.names[event])
    if index >= 0 { return names[index] }
    let range = Int(events.nameStart[event])..<Int(events.nameEnd[event])
    return String(decoding: events.bytes[range], as: UTF8.self)
  }

  private static func place(_ event: Int, _ events: XMLEvents) -> StatementPlace {
    let column = Int(events.column[event])
    return .init(
      line: Int(events.line[event]), column: column > 0 ? column : nil,
      byteOffset: column > 0 ? Int(events.byteOffset[event]) : nil)
  }

  private mutating func begin(_ name: String, _ place: StatementPlace) {
    let isKnown =
      switch open.count {
      case 0: name == "statement"
      case 1: name == "balance"
      case 2: StatementXMLReader.types.contains(name)
      default: false
      }
    guard isKnown else { return report("the element \(SafeText.shown(name)) is not known", place) }
    open.append(name)
    guard open.count == 3 else { return }
    values = StatementXMLReader.columns.map { _ in [] }
    places = StatementXMLReader.columns.map { _ in place }
    start = place
    values[0] = participant
    values[StatementColumn.lineType] = Array(name.utf8)
    values[StatementColumn.programName] = program
    values[StatementColumn.currency] = currency
  }

  private mutating func attribute(_ name: String, _ value: [UInt8]) {
    switch (open.count, name) {
    case (1, "participantId"): participant = value
    case (2, "programName"): program = value
    case (2, "currency"): currency = value
    case (3, "line"): values[StatementColumn.lineNumber] = value
    default: break
    }
  }

  private mutating func leaf(
    _ name: String, _ value: [UInt8], _ place: StatementPlace
  ) {
    guard let column = StatementXMLReader.columns.firstIndex(of: name) else {
      return report("the element \(SafeText.shown(name)) is not known", place)
    }
    values[column] = value
    places[column] = place
  }

  private mutating func end() {
    guard let name = open.popLast(), open.count == 2, !name.isEmpty else { return }
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for value in values {
      ranges.append(bytes.count..<(bytes.count + value.count))
      bytes += value
    }
    let record = VerifyTable.Record(bytes: bytes, ranges: ranges, number: lines.count + 1)
    lines.append(.init(record: record, places: places, start: start))
  }

  private mutating func report(_ message: String, _ place: StatementPlace) {
    fault = Finding(
      .F106, feed: name, line: place.line, column: place.column, byteOffset: place.byteOffset,
      message: message, remedy: StatementLine.remedy)
  }
}
