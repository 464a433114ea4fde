import ByteStreams
import Domain
import XMLStream

/// Reads a bank's XML file and gives elements of some names when they end, with what is in them;
/// the rest is only passed through, so that memory holds one of them at a time.
struct BankElementReader: ~Copyable {
  /// More than any entry of a bank has.
  static let elementsMax = 20_000
  private static let chunkBytes = 1 << 16

  private let file: String
  private let names: [String]
  private let parser: XMLStreamReader
  private var source: ByteSource
  private var buffer = [UInt8](repeating: 0, count: chunkBytes)
  private var open: [BankElement] = []
  private var elements = 0

  /// - Parameters:
  ///   - namespace: That of all elements.
  ///   - names: Those that are known.
  /// - Throws: ``BankRefusal``.
  init(path: String, file: String, namespace: String, names: [String]) throws(BankRefusal) {
    self.file = file
    self.names = names
    parser = XMLStreamReader(
      names: names, namespace: namespace, limits: XMLLimits(depth: 32, value: 1 << 16))
    source = try BankBytes.open(path, file)
  }

  /// Reads all of it.
  ///
  /// - Parameters:
  ///   - units: The names of the elements that are given.
  ///   - take: Told each of them, and the names of the elements around it.
  /// - Throws: ``BankRefusal``, also that of `take`.
  mutating func read(
    units: Set<String>, _ take: (BankElement, [String]) throws(BankRefusal) -> Void
  ) throws(BankRefusal) {
    var isLast = false
    while !isLast {
      let count = try BankBytes.read(&source, &buffer, file)
      isLast = count == 0
      var events = XMLEvents()
      var fault: XMLFault?
      do throws(XMLFault) {
        try parser.parse(buffer.span.extracting(0..<count), isLast: isLast, into: &events)
      } catch {
        fault = error
      }
      for event in events.kinds.indices { try follow(event, events, units, take) }
      if let fault { throw refusal(fault) }
    }
  }

  private mutating func follow(
    _ event: Int, _ events: XMLEvents, _ units: Set<String>,
    _ take: (BankElement, [String]) throws(BankRefusal) -> Void
  ) throws(BankRefusal) {
    switch events.kinds[event] {
    case .open: try begin(event, events)
    case .leaf:
      try begin(event, events)
      open[open.count - 1].text = text(event, events)
      try end(units, take)
    case .close: try end(units, take)
    case .text:
      if !open.isEmpty { open[open.count - 1].text += text(event, events) }
    case .attribute:
      if !open.isEmpty, let name = name(event, events) {
        open[open.count - 1].attributes[name] = text(event, events)
      }
    }
  }

  private mutating func begin(_ event: Int, _ events: XMLEvents) throws(BankRefusal) {
    let column = events.column[event]
    let place = BankPlace(
      line: Int(events.line[event]), column: column > 0 ? Int(column) : nil,
      byteOffset: column > 0 ? Int(events.byteOffset[event]) : nil)
    elements += 1
    guard elements <= BankElementReader.elementsMax else {
      throw BankRefusal(
        .B620, file, place,
        "more than \(BankElementReader.elementsMax) elements in one entry")
    }
    open.append(BankElement(name(event, events) ?? "", place))
  }

  private mutating func end(
    _ units: Set<String>, _ take: (BankElement, [String]) throws(BankRefusal) -> Void
  ) throws(BankRefusal) {
    guard let element = open.popLast() else { return }
    if units.contains(element.name) {
      elements = open.reduce(0) { $0 + 1 + $1.children.count }
      return try take(element, open.map(\.name))
    }
    // What nobody asks for is not kept, nor what stands in none of the elements that are given.
    let isInUnit = open.contains { units.contains($0.name) }
    if isInUnit, !element.name.isEmpty { open[open.count - 1].children.append(element) }
    if !isInUnit { elements = open.count }
  }

  private func name(_ event: Int, _ events: XMLEvents) -> String? {
    let index = Int(events.names[event])
    return index >= 0 ? names[index] : nil
  }

  private func text(_ event: Int, _ events: XMLEvents) -> String {
    let range = Int(events.valueStart[event])..<Int(events.valueEnd[event])
    return String(decoding: events.bytes[range], as: UTF8.self)
  }

  private func refusal(_ fault: XMLFault) -> BankRefusal {
    let what =
      switch fault.kind {
      case .notWellFormed(let message): "it is not well-formed XML: \(message)"
      case .doctype: "a DOCTYPE is not accepted"
      case .endsInTheMiddle: "it ends in the middle: it was cut off on its way"
      case .invalidEncoding: "it has bytes that are not valid in its encoding"
      case .limit(let which): "a limit is exceeded: \(which)"
      }
    let place = BankPlace(line: fault.line, column: fault.column, byteOffset: fault.byteOffset)
    return BankRefusal(.B620, file, place, what)
  }
}

/// Bytes of bank files, their faults as refusals.
enum BankBytes {
  /// - Throws: ``BankRefusal``.
  static func open(_ path: String, _ file: String) throws(BankRefusal) -> ByteSource {
    do throws(ByteSourceFault) {
      return try ByteSource(path: path)
    } catch {
      throw refusal(error, file)
    }
  }

  /// Fills the buffer; 0 only at the end.
  ///
  /// - Throws: ``BankRefusal``.
  static func read(
    _ source: inout ByteSource, _ buffer: inout [UInt8], _ file: String
  ) throws(BankRefusal) -> Int {
    do throws(ByteSourceFault) {
      return try source.read(into: &buffer, at: 0, count: buffer.count)
    } catch {
      throw refusal(error, file)
    }
  }

  private static func refusal(_ fault: ByteSourceFault, _ file: String) -> BankRefusal {
    let what =
      switch fault {
      case .io(let error): error.description
      case .notARegularFile: "it is no regular file"
      case .damaged(let what), .unsupported(let what): what
      case .expansionLimit: "it expands to too much"
      }
    return BankRefusal(.B620, file, nil, what)
  }
}
