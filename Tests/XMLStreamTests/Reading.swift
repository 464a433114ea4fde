import XMLStream

/// The names that the documents of the tests know, by index.
let knownNames = ["feed", "earning", "id", "amount", "rows"]

/// A document's events, one readable line each, and how it ended.
struct Reading: Equatable {
  var events: [String] = []
  var fault: XMLFault?
}

/// Which of the optional columns a test looks at.
enum Detail {
  case content, places
}

/// Reads a document that is given in chunks.
func read(
  _ chunks: [[UInt8]], limits: XMLLimits = XMLLimits(depth: 8, value: 4096),
  detail: Detail = .content, reusing events: XMLEvents = XMLEvents()
) -> Reading {
  let reader = XMLStreamReader(names: knownNames, namespace: "urn:x", limits: limits)
  var reading = Reading()
  var events = events
  for (number, chunk) in chunks.enumerated() {
    do throws(XMLFault) {
      try reader.parse(chunk.span, isLast: number == chunks.count - 1, into: &events)
    } catch {
      reading.fault = error
    }
    reading.events += lines(events, detail)
    if reading.fault != nil { break }
  }
  return reading
}

/// Reads a document that is given as one chunk.
func read(
  _ text: String, limits: XMLLimits = XMLLimits(depth: 8, value: 4096), detail: Detail = .content
) -> Reading {
  read([Array(text.utf8)], limits: limits, detail: detail)
}

private func lines(_ events: XMLEvents, _ detail: Detail) -> [String] {
  (0..<events.kinds.count).map { index in
    let value = text(events, events.valueStart[index], events.valueEnd[index])
    let written = text(events, events.nameStart[index], events.nameEnd[index])
    let known = Int(events.names[index])
    let name = known >= 0 ? knownNames[known] + written : "?" + written
    let place = "\(events.line[index]):\(events.column[index])@\(events.byteOffset[index])"
    let head =
      switch events.kinds[index] {
      case .open: "<\(name)>"
      case .close: "</\(name)>"
      case .leaf: "\(name)=\(value)"
      case .text: "\"\(value)\""
      case .attribute: "@\(name)=\(value)"
      }
    return detail == .places ? "\(head) \(place)" : head
  }
}

private func text(_ events: XMLEvents, _ start: UInt32, _ end: UInt32) -> String {
  String(decoding: events.bytes[Int(start)..<Int(end)], as: UTF8.self)
}

/// All ways to give bytes as two chunks, and one byte at a time.
func splits(_ bytes: [UInt8]) -> [[[UInt8]]] {
  (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] } + [bytes.map { [$0] } + [[]]]
}

/// UTF-16 of a text, with a byte order mark.
func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
  ("\u{FEFF}" + text).utf16.flatMap { unit in
    let high = UInt8(unit >> 8)
    let low = UInt8(unit & 0xFF)
    return bigEndian ? [high, low] : [low, high]
  }
}
